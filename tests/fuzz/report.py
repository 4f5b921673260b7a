"""Fuzz everything and print what was tried: python tests/fuzz/report.py [--deep] [NAME...]."""

from __future__ import annotations

import argparse
import sys
import warnings
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

from tests.fuzz.catalogue import PROPERTIES  # noqa: E402
from tests.fuzz.properties import DEEP, QUICK  # noqa: E402


def main() -> int:
    """Try every property asked for; return 1 if one does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only properties with one of these in their name")
    parser.add_argument("--deep", action="store_true", help="hundreds to thousands of examples")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    broken = 0
    print("| property | what holds | examples | seconds | held |\n|---|---|---|---|---|")
    for name, each in PROPERTIES.items():
        if asked.names and not any(part in name for part in asked.names):
            continue
        try:
            examples, spent_s = each.tried(DEEP if asked.deep else QUICK)
            print(f"| {name} | {each.holds} | {examples} | {spent_s:.0f} | yes |", flush=True)
        # Whatever an example raised is the finding, and the others are still wanted.
        except Exception as error:  # noqa: BLE001
            broken += 1
            # hypothesis adds the example that breaks it as a note.
            words = [type(error).__name__, str(error), *getattr(error, "__notes__", ())]
            said = " ".join(" ".join(words).split())
            print(f"| {name} | {each.holds} | | | NO: {said} |", flush=True)
    print(f"\n{broken} do not hold" if broken else "\nall hold")
    return min(broken, 1)


if __name__ == "__main__":
    sys.exit(main())
