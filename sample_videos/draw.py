"""Draw the sample videos, and the scenarios that do not ship, from their scripts."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path

from mannequin.catalogue import SCENARIOS, SHIPPED
from mannequin.clip import shoot

HERE = Path(__file__).resolve().parent


def _size(text: str) -> tuple[int, int]:
    width, height = (int(part) for part in text.lower().split("x"))
    return width, height


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="scenarios; none means every one that ships")
    parser.add_argument("--list", action="store_true", help="list the scenarios and stop")
    parser.add_argument("--all", action="store_true", help="draw every scenario")
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write to")
    parser.add_argument("--size", type=_size, help="WIDTHxHEIGHT in pixels, even numbers")
    parser.add_argument("--fps", type=int, help="frames per second")
    return parser.parse_args()


def main() -> int:
    """Draw what the command line names."""
    arguments = _arguments()
    shipped = [scenario.name for scenario in SHIPPED]
    if arguments.list:
        for name, scenario in SCENARIOS.items():
            print(f"{'*' if name in shipped else ' '} {name:34} {scenario.about}")
        print("* ships")
        return 0
    names = list(SCENARIOS) if arguments.all else arguments.names or shipped
    if unknown := [name for name in names if name not in SCENARIOS]:
        print(f"no scenario named {', '.join(unknown)}; see --list", file=sys.stderr)
        return 2
    for name in names:
        changes = {"size_px": arguments.size, "fps": arguments.fps}
        wanted = {key: value for key, value in changes.items() if value}
        begin = time.perf_counter()
        path = shoot(replace(SCENARIOS[name], **wanted), arguments.out)
        taken = time.perf_counter() - begin
        print(f"{path}  {path.stat().st_size / 1e3:.0f} kB  {taken:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
