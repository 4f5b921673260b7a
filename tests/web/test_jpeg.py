from __future__ import annotations

import pytest

from formcheck.web.jpeg import MOST_BYTES, MOST_PIXELS, PictureError, check, decoded
from tests.web.rig import jpeg

WHOLE = jpeg(64, 48)


def resized(data: bytes, width: int, height: int) -> bytes:
    """Writes another size into the frame header, as a decompression bomb does."""
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + height.to_bytes(2, "big") + width.to_bytes(2, "big") + data[at + 4 :]


def test_a_picture_is_read_with_its_size() -> None:
    assert check(WHOLE) == (64, 48)
    assert decoded(WHOLE).shape == (48, 64, 3)
    assert check(jpeg(2000, 2000)) == (2000, 2000)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no JPEG"),
        (b"GIF89a" + bytes(100), "no JPEG"),
        (WHOLE[:-40], "cut short"),
        (WHOLE[:2] + b"\xff\xd9", "no scan"),
        (WHOLE[:100] + b"\xff\xd9", "no scan"),
        (jpeg(progressive=True), "baseline"),
        (resized(WHOLE, 60_000, 60_000), "60000 x 60000"),
        (resized(WHOLE, MOST_PIXELS // 1000 + 1, 1000), "pixels"),
        (resized(WHOLE, 0, 48), "no size"),
        (bytes(MOST_BYTES + 1), "bytes"),
        (WHOLE[:2] + WHOLE[WHOLE.index(b"\xff\xc0") :][:19] + WHOLE[2:], "one frame"),
    ],
)
def test_anything_else_is_refused_before_it_is_decoded(
    data: bytes, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("it was decoded")

    monkeypatch.setattr("cv2.imdecode", never)
    with pytest.raises(PictureError, match=says):
        decoded(data)
