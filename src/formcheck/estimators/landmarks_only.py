"""The pose model without its silhouette, for measures that need none.

The landmark network computes a silhouette whether anybody asks for it or not; that costs a third of
a frame. The network's weights stay as they are: another root of the file, 1.3 kB, leaves out the
operators that only the silhouette needs. It ships as a file of its own, and the model is put
together in memory in 30 ms, so nothing is stored twice and nothing has to be written.

Landmarks and visibilities are the same to the last bit (`tests/estimators/test_landmarks_only.py`).
How the root is made: `models/build_landmarks_only.py`.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence

ALIGNMENT = 64
"""Weights start on such a boundary, both in their own file and in the bundle: the task maps the
bundle into memory and hands these addresses to vector instructions."""

LANDMARKS_MEMBER = "pose_landmarks_detector.tflite"


def zipped(models: Sequence[tuple[str, bytes]]) -> bytes:
    """Returns an uncompressed zip of named files, each starting on a multiple of `ALIGNMENT`.

    The same files give the same bytes everywhere: dates and permissions are fixed.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in models:
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            header = 30 + len(name) + 4
            padding = -(out.tell() + header) % ALIGNMENT
            # 0xD935 is the extra field that Android's zipalign pads with.
            info.extra = struct.pack("<HH", 0xD935, padding) + bytes(padding)
            archive.writestr(info, data)
    return out.getvalue()


def without_silhouette(bundle: bytes, root: bytes) -> bytes:
    """Returns a pose landmarker bundle whose landmark network has another root in front.

    Parameters
    ----------
    bundle : bytes
        The bundle formcheck ships.
    root : bytes
        The root for this very network: its references are distances in bytes.
    """
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[LANDMARKS_MEMBER] = root + members[LANDMARKS_MEMBER]
    return zipped(list(members.items()))
