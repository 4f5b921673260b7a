"""Finding the model, and refusing what is none."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from formcheck.errors import ModelError
from formcheck.estimators import model
from formcheck.estimators.model import MODEL_NAME, bundled_model, read_model


def test_the_shipped_model_is_found_and_genuine() -> None:
    assert bundled_model().name == MODEL_NAME
    assert len(read_model()) == bundled_model().stat().st_size


def test_an_altered_shipped_model_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    altered = tmp_path / MODEL_NAME
    altered.write_bytes(bundled_model().read_bytes()[:-1] + b"!")
    monkeypatch.setattr(model, "bundled_model", lambda: altered)
    with pytest.raises(ModelError, match=r"damaged or altered: reinstall"):
        read_model()


def test_a_missing_shipped_model_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "MODEL_NAME", "not_there.task")
    with pytest.raises(ModelError, match=r"not_there.task is missing: reinstall"):
        bundled_model()


def test_another_bundle_needs_no_checksum(tmp_path: Path) -> None:
    other = tmp_path / "other.task"
    with zipfile.ZipFile(other, "w") as archive:
        for name in model.MEMBERS:
            archive.writestr(name, b"weights")
    assert read_model(other) == other.read_bytes()


def _zip_of(path: Path, *names: str, compression: int = zipfile.ZIP_STORED) -> None:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name in names:
            archive.writestr(name, b"weights" * 100)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda p: None, r"There is no model '.*': check the path"),
        (lambda p: p.mkdir(), r"is a folder: name a"),
        (lambda p: p.write_bytes(b""), r"is empty: fetch it again"),
        (lambda p: p.write_bytes(b"<html>not found</html>"), r"not a \.task bundle or was cut"),
        (
            lambda p: p.write_bytes(bundled_model().read_bytes()[:5_000_000]),
            r"not a \.task bundle or was cut",
        ),
        (lambda p: _zip_of(p, "hand_detector.tflite"), r"is not a pose landmarker: use"),
        (
            lambda p: _zip_of(p, *model.MEMBERS, compression=zipfile.ZIP_DEFLATED),
            r"is not a pose landmarker: use",
        ),
    ],
    ids=["missing", "folder", "empty", "html", "cut short", "hand", "compressed"],
)
def test_what_is_no_model_is_refused_in_one_sentence(
    tmp_path: Path, make: object, message: str
) -> None:
    path = tmp_path / "my.task"
    assert callable(make)
    make(path)
    with pytest.raises(ModelError, match=message) as caught:
        read_model(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
