"""Contact sheet of all bodies in all start postures: ``python -m people.sheet FILE.png``."""

from __future__ import annotations

import argparse
from dataclasses import replace

import cv2
import numpy as np

from people.acting import Acting
from people.body import bodies
from people.contacts import posed
from people.person import Person
from people.render import Studio
from people.rooms import ROOMS
from people.scenario import Scenario
from people.table import CAMERAS
from people.wardrobe import OUTFITS, dressed
from people.webcam import Picture, Webcam

#: Exercise whose start posture is shown, and where the camera stands.
_POSTURES = (
    ("standing-hip-flexion", 12.0), ("standing-hip-flexion", -65.0), ("supine-marching", 82.0),
    ("straight-leg-raise", -82.0), ("front-support-hip-flexion", 80.0),
    ("hanging-leg-raises", 70.0),
)  # fmt: skip


def start_posture(name: str, number: int, column: int, size_px: tuple[int, int]) -> Picture:
    """Draw one body in one start posture, in clothes and a room by their number."""
    exercise, yaw_deg = _POSTURES[column]
    camera = replace(CAMERAS[exercise], yaw_deg=yaw_deg, roll_deg=float(number * 3 % 5))
    acting = Acting(
        Scenario(name=name, exercise=exercise, script="L", camera=camera, body=name, seed=number)
    )
    outfit = OUTFITS[(number + 2 * column) % len(OUTFITS)]
    room = list(ROOMS.values())[(number + column) % len(ROOMS)]
    bar_m = acting.channels(0.0)["bar"] if acting.manner.support == "bar" else None
    person = Person(bodies()[name], dressed(name, outfit))
    studio = Studio(person, camera, room, Webcam(), size_px, bar_m)
    return studio.shoot(posed(acting.body, acting.pose(0.5)), number)


def main() -> None:
    """Draw the sheet into the file that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", help="picture to write, such as sheet.png")
    parser.add_argument("--width", type=int, default=320, help="of each picture, in pixels")
    arguments = parser.parse_args()
    size_px = (arguments.width, arguments.width * 3 // 4)
    rows = [
        np.hstack([start_posture(name, n, column, size_px) for column in range(len(_POSTURES))])
        for n, name in enumerate(bodies())
    ]
    cv2.imwrite(arguments.file, np.vstack(rows))


if __name__ == "__main__":
    main()
