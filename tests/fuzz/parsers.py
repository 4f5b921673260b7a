"""Every reader of a file under damaged bytes: they are flipped, cut, doubled and put in."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from tests.fuzz.properties import Property, examples_of
from tests.fuzz.readers import READERS, Reader, reads_or_says_why, whole

_SENTENCE = "damaged anywhere: it is read, or refused in one sentence"


def damaged(data: bytes, seed: int, hits: int) -> bytes:
    """Return the bytes with some flipped, cut out, doubled, put in or cut off."""
    random_ = random.Random(seed)
    damage = bytearray(data)
    for _ in range(hits):
        at = random_.randrange(len(damage) + 1)
        length = random_.choice((1, 1, 2, 8, 200))
        match random_.randrange(5):
            case 0 if at < len(damage):
                damage[at] ^= 1 << random_.randrange(8)
            case 1:
                del damage[at : at + length]
            case 2:
                damage[at:at] = random_.randbytes(length)
            case 3:
                damage[at:at] = damage[at : at + length]
            case _:
                damage = damage[:at] if random_.random() < 0.2 else damage
    return bytes(damage)


def _bytes_property(reader: Reader) -> Property:
    def check(seed: int, hits: int) -> None:
        data = random.Random(seed).randbytes(hits * 50) if hits > 7 else whole(reader)
        reads_or_says_why(reader, damaged(data, seed, hits))

    run = examples_of(check, seed=st.integers(0, 2**32 - 1), hits=st.integers(1, 8))
    return Property(name=f"bytes: {reader.name}", holds=_SENTENCE, run=run, quick=12, deep=1500)


PROPERTIES = tuple(_bytes_property(reader) for reader in READERS)
