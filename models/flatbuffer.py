"""Flatbuffers, as much of them as adding metadata to a TFLite model takes.

A table is a dict from field number to value. Its layout is fixed here, so the bytes are the same
with every version of every package.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

# Weights of the models start on such a boundary, both in their own file and in the bundle: the task
# maps the bundle into memory and hands these addresses to vector instructions.
ALIGNMENT = 64


@dataclass(frozen=True)
class At:
    """Something already in the file, at this absolute position after the new block is in front."""

    position: int


@dataclass(frozen=True)
class Blob:
    """A vector of bytes, aligned like a model's weights."""

    data: bytes


Scalar: TypeAlias = int
Table: TypeAlias = "dict[int, Value]"
Value: TypeAlias = "Scalar | str | Blob | At | Sequence[float] | Sequence[Value] | Table"


class Writer:
    """Lays a flatbuffer out front to back, so that every reference points forward."""

    def __init__(self, identifier: bytes) -> None:
        self.out = bytearray(4) + identifier

    def finish(self, root: Table) -> bytes:
        """Write the root table and all it refers to; padded to `ALIGNMENT`."""
        self._refer(0, root)
        self._pad(ALIGNMENT)
        return bytes(self.out)

    def _pad(self, multiple: int, ahead: int = 0) -> None:
        self.out += bytes(-(len(self.out) + ahead) % multiple)

    def _refer(self, slot: int, value: Value) -> None:
        position = value.position if isinstance(value, At) else self._write(value)
        struct.pack_into("<I", self.out, slot, position - slot)

    def _write(self, value: Value) -> int:
        if isinstance(value, dict):
            return self._write_table(value)
        if isinstance(value, str):
            return self._write_bytes(value.encode() + b"\0", length=len(value.encode()), multiple=4)
        if isinstance(value, Blob):
            return self._write_bytes(value.data, length=len(value.data), multiple=ALIGNMENT)
        if isinstance(value, Sequence):
            return self._write_list(value)
        raise TypeError(f"{value!r} can't be referred to")

    def _write_bytes(self, data: bytes, *, length: int, multiple: int) -> int:
        self._pad(multiple, ahead=4)
        position = len(self.out)
        self.out += struct.pack("<I", length) + data
        return position

    def _write_list(self, items: Sequence[Value | float]) -> int:
        self._pad(4)
        position = len(self.out)
        self.out += struct.pack("<I", len(items)) + bytes(4 * len(items))
        for slot, item in enumerate(items, start=1):
            if isinstance(item, float):
                struct.pack_into("<f", self.out, position + 4 * slot, item)
            elif isinstance(item, int):
                struct.pack_into("<i", self.out, position + 4 * slot, item)
            else:
                self._refer(position + 4 * slot, item)
        return position

    def _write_table(self, fields: Table) -> int:
        # Every field takes four bytes, a byte-sized one too: readers go by the vtable's offsets.
        offsets = [0] * (max(fields) + 1)
        for number, field in enumerate(sorted(fields), start=1):
            offsets[field] = 4 * number
        vtable = struct.pack(
            f"<{2 + len(offsets)}H", 4 + 2 * len(offsets), 4 + 4 * len(fields), *offsets
        )
        self._pad(4, ahead=len(vtable))
        self.out += vtable
        position = len(self.out)
        self.out += struct.pack("<i", len(vtable)) + bytes(4 * len(fields))
        for field, value in fields.items():
            if isinstance(value, int):
                struct.pack_into("<I", self.out, position + offsets[field], value)
            else:
                self._refer(position + offsets[field], value)
        return position


class Reader:
    """Finds its way in a flatbuffer that is already there."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def number(self, position: int) -> int:
        """Return the unsigned 32-bit number at a position."""
        return int(struct.unpack_from("<I", self.data, position)[0])

    def follow(self, position: int) -> int:
        """Return where the reference at a position points to."""
        return position + self.number(position)

    def field(self, table: int, field: int) -> int | None:
        """Return the position of a table's field, None where it is left out."""
        vtable = table - int(struct.unpack_from("<i", self.data, table)[0])
        if 4 + 2 * field >= struct.unpack_from("<H", self.data, vtable)[0]:
            return None
        offset = int(struct.unpack_from("<H", self.data, vtable + 4 + 2 * field)[0])
        return table + offset if offset else None

    def items(self, table: int, field: int) -> list[int]:
        """Return where the items of a table's list of tables are."""
        slot = self.field(table, field)
        if slot is None:
            return []
        start = self.follow(slot)
        return [self.follow(start + 4 * i) for i in range(1, self.number(start) + 1)]

    def integers(self, table: int, field: int) -> list[int]:
        """Return a table's list of signed 32-bit numbers, empty where it is left out."""
        slot = self.field(table, field)
        if slot is None:
            return []
        start = self.follow(slot)
        return list(struct.unpack_from(f"<{self.number(start)}i", self.data, start + 4))

    def text(self, table: int, field: int) -> str:
        """Return a table's string field, empty where it is left out."""
        slot = self.field(table, field)
        if slot is None:
            return ""
        start = self.follow(slot)
        return self.data[start + 4 : start + 4 + self.number(start)].decode()
