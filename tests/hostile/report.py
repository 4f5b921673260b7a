"""Try every bad input and print what became of it: python tests/hostile/report.py [NAME...]."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

from tests.hostile.case import run_case, sentence  # noqa: E402
from tests.hostile.catalogue import CASES  # noqa: E402


def main() -> int:
    """Print a row for each case; return 1 if one went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only cases with one of these in their name")
    asked = parser.parse_args().names
    tried = wrong = 0
    print("| input | exit | what is said | as it must be |\n|---|---|---|---|")
    for name, case in CASES.items():
        if asked and not any(part in name for part in asked):
            continue
        ended, broken = run_case(case)
        tried, wrong = tried + 1, wrong + bool(broken)
        said = sentence(ended).replace("|", "/")
        verdict = f"NO: {'; '.join(broken)}" if broken else "yes"
        print(f"| {name} | {ended.code} | {said} | {verdict} |".replace("\n", "\\n"), flush=True)
    print_reported(asked)
    print(f"\n{tried} inputs, {wrong} not as they must be")
    return min(wrong, 1)


def print_reported(asked: list[str]) -> None:
    """Print what others have reported of tools like this one: before, and after."""
    print("\n| report | tried | before | after |\n|---|---|---|---|")
    for name, case in CASES.items():
        if not case.before or (asked and not any(part in name for part in asked)):
            continue
        ended, broken = run_case(case)
        words = case.words or (case.told,)
        after = "NO" if broken else f"exit {ended.code}: {' ... '.join(words)}"
        line = " ".join(part.replace("{}/", "") for part in case.line)
        print(f"| {case.name} | `formcheck {line}` | {case.before} | {after} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
