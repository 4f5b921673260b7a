"""Inject every fault and print what survived: tests/hostile/faults.py [--quick] [NAME...]."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

from tests.hostile.fault import NotHere  # noqa: E402
from tests.hostile.injected import FAULTS  # noqa: E402


def main() -> int:
    """Print a row for each fault; return 1 if something did not survive one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only faults with one of these in their name")
    parser.add_argument("--quick", action="store_true", help="only what takes a moment")
    asked = parser.parse_args()
    broken = 0
    print("| fault | what survived | seconds |\n|---|---|---|")
    for fault in FAULTS:
        named = not asked.names or any(part in fault.name for part in asked.names)
        if not named or (asked.quick and fault.slow):
            continue
        begin_s = time.perf_counter()
        try:
            said = fault.inject()
        except NotHere as reason:
            said = f"not tried: {reason}"
        # Whatever came of it is the finding, and the others are still wanted.
        except Exception as error:  # noqa: BLE001
            broken += 1
            said = "NOT: " + " ".join(f"{type(error).__name__}: {error}".split())
        print(f"| {fault.name} | {said} | {time.perf_counter() - begin_s:.0f} |", flush=True)
    print(f"\n{broken} not survived" if broken else "\nall survived")
    return min(broken, 1)


if __name__ == "__main__":
    sys.exit(main())
