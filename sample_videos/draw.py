"""Draw the sample videos, and the scenarios that do not ship, from their scripts."""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from people.clip import shoot
from people.scenario import Scenario
from people.shipped import SHIPPED
from people.table import SCENARIOS

HERE = Path(__file__).resolve().parent


def _size(text: str) -> tuple[int, int]:
    width, height = (int(part) for part in text.lower().split("x"))
    return width, height


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="scenarios; none means every one that ships")
    parser.add_argument("--list", action="store_true", help="list the scenarios and stop")
    parser.add_argument("--all", action="store_true", help="draw the whole table")
    parser.add_argument("--split", choices=["tuning", "test"], help="of the table, one split")
    parser.add_argument("--exercise", help="of the table, one exercise")
    parser.add_argument("--sample", type=int, help="of the table, so many rows of all exercises")
    parser.add_argument("--seed", type=int, default=1, help="which rows --sample takes")
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write to")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--size", type=_size, help="WIDTHxHEIGHT in pixels, even numbers")
    parser.add_argument("--fps", type=int, help="frames per second")
    return parser.parse_args()


def sampled(rows: list[Scenario], number: int, seed: int) -> list[Scenario]:
    """Draw rows by lot, as many of each exercise as of another, as far as they go."""
    chance = random.Random(seed)
    piles: dict[str, list[Scenario]] = defaultdict(list)
    for row in rows:
        piles[row.exercise].append(row)
    for pile in piles.values():
        chance.shuffle(pile)
    turns = [pile[n] for n in range(max(map(len, piles.values()))) for pile in piles.values()
             if n < len(pile)]  # fmt: skip
    return turns[:number]


def chosen(arguments: argparse.Namespace) -> list[Scenario]:
    """Return the scenarios that the command line asks for."""
    if arguments.names:
        return [SCENARIOS[name] for name in arguments.names]
    table = arguments.all or arguments.split or arguments.sample or arguments.exercise
    if not table:
        return list(SHIPPED)
    rows = [row for row in SCENARIOS.values() if row not in SHIPPED]
    if arguments.split:
        rows = [row for row in rows if row.split == arguments.split]
    if arguments.exercise:
        rows = [row for row in rows if row.exercise == arguments.exercise]
    return sampled(rows, arguments.sample, arguments.seed) if arguments.sample else rows


def _draw(folder: Path, ships: bool, scenario: Scenario) -> str:
    begin = time.perf_counter()
    path = shoot(scenario, folder, ships=ships)
    return f"{path}  {path.stat().st_size / 1e3:.0f} kB  {time.perf_counter() - begin:.0f} s"


def main() -> int:
    """Draw what the command line names."""
    arguments = _arguments()
    if unknown := [name for name in arguments.names if name not in SCENARIOS]:
        print(f"no scenario named {', '.join(unknown)}; see --list", file=sys.stderr)
        return 2
    rows = chosen(arguments)
    if arguments.list:
        for row in SCENARIOS.values():
            mark = "*" if row in SHIPPED else " "
            print(f"{mark} {row.split:6} {row.name:58} {row.about or row.script}")
        print("* ships")
        return 0
    changes = {"size_px": arguments.size, "fps": arguments.fps}
    wanted = {name: value for name, value in changes.items() if value}
    rows = [replace(row, **wanted) for row in rows]
    ships = not wanted and all(row.name in {s.name for s in SHIPPED} for row in rows)
    draw = partial(_draw, arguments.out, ships)
    if arguments.jobs == 1:
        for row in rows:
            print(draw(row), flush=True)
        return 0
    with ProcessPoolExecutor(arguments.jobs) as pool:
        for line in pool.map(draw, rows):
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
