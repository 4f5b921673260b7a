"""Try all that must not get in, and print a table: tests/web/refusals.py [--quick] [NAME...]."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

from tests.hostile.fault import NotHere  # noqa: E402
from tests.web.live_server import live_server  # noqa: E402
from tests.web.trials import TRIALS  # noqa: E402


def main() -> int:
    """Print a row for each trial; return 1 if something got through."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only trials with one of these in their name")
    parser.add_argument("--quick", action="store_true", help="only what takes a moment")
    asked = parser.parse_args()
    through = 0
    print("| tried | what came of it | seconds |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, live_server(Path(folder)) as server:
        for trial in TRIALS:
            named = not asked.names or any(part in trial.name for part in asked.names)
            if not named or (asked.quick and trial.slow):
                continue
            begin_s = time.perf_counter()
            try:
                said = trial.attempt(server)
            except NotHere as reason:
                said = f"not tried: {reason}"
            # Whatever came of it is the finding, and the others are still wanted.
            except Exception as error:  # noqa: BLE001
                through += 1
                said = "NOT REFUSED: " + " ".join(f"{type(error).__name__}: {error}".split())
            seconds = time.perf_counter() - begin_s
            print(f"| {trial.name} | {said} | {seconds:.0f} |", flush=True)
    print(f"\n{through} got through" if through else "\nnothing got through")
    return min(through, 1)


if __name__ == "__main__":
    sys.exit(main())
