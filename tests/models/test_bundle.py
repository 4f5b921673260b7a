"""The shipped model is what its README says, and what the script builds."""

from __future__ import annotations

import hashlib
import importlib
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from formcheck.estimators.landmarks_only import ALIGNMENT, LANDMARKS_MEMBER, without_silhouette
from formcheck.estimators.model import (
    LANDMARKS_ONLY_NAME,
    LANDMARKS_ONLY_SHA256,
    MEMBERS,
    MODEL_NAME,
    MODEL_SHA256,
)

MODELS = Path(__file__).resolve().parents[2] / "models"
BUNDLE = MODELS / MODEL_NAME


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(MODELS))
    return importlib.import_module("build_bundle")


@pytest.fixture
def metadata_size(build: Any) -> dict[str, int]:
    """How much each model grew: a new root with metadata stands in front of the original."""
    sizes = {}
    with zipfile.ZipFile(BUNDLE) as archive:
        for member in build.MEMBERS:
            data = archive.read(member.name)
            starts = [n for n in range(ALIGNMENT, 8192, ALIGNMENT)]
            sizes[member.name] = next(
                n for n in starts if hashlib.sha256(data[n:]).hexdigest() == member.sha256
            )
    return sizes


def test_file_readme_and_code_agree_on_the_checksum() -> None:
    data = BUNDLE.read_bytes()
    readme = (MODELS / "README.md").read_text(encoding="utf-8")
    assert hashlib.sha256(data).hexdigest() == MODEL_SHA256
    assert f"| `{MODEL_NAME}` | {len(data)} | `{MODEL_SHA256}` |" in readme


def test_readme_and_code_agree_on_the_model_without_its_silhouette() -> None:
    root = (MODELS / LANDMARKS_ONLY_NAME).read_bytes()
    whole = without_silhouette(BUNDLE.read_bytes(), root)
    readme = (MODELS / "README.md").read_text(encoding="utf-8")
    assert hashlib.sha256(whole).hexdigest() == LANDMARKS_ONLY_SHA256
    assert f"| {len(whole)} | `{LANDMARKS_ONLY_SHA256}` |" in readme
    sha256 = hashlib.sha256(root).hexdigest()
    assert f"| `{LANDMARKS_ONLY_NAME}` | {len(root)} | `{sha256}` |" in readme


def test_the_script_makes_the_shipped_root(
    build: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    builder = importlib.import_module("build_landmarks_only")
    made = tmp_path / "made.root"
    assert builder.main(["--out", str(made)]) == 0
    assert LANDMARKS_ONLY_SHA256 in capsys.readouterr().out
    assert made.read_bytes() == (MODELS / LANDMARKS_ONLY_NAME).read_bytes()
    made.write_bytes(b"another")
    assert builder.main(["--out", str(made), "--check"]) == 1


def test_only_the_silhouette_is_left_out(build: Any) -> None:
    flatbuffer = importlib.import_module("flatbuffer")
    builder = importlib.import_module("build_landmarks_only")
    with zipfile.ZipFile(BUNDLE) as archive:
        model = archive.read(LANDMARKS_MEMBER)
    counts, outputs = [], []
    for data in (model, builder.root_without_silhouette(model) + model):
        reader = flatbuffer.Reader(data)
        (graph,) = reader.items(reader.follow(0), builder.MODEL_SUBGRAPHS)
        counts.append(len(reader.items(graph, builder.GRAPH_OPERATORS)))
        outputs.append(reader.integers(graph, builder.GRAPH_OUTPUTS))
    assert counts == [332, 286]
    assert [was == now for was, now in zip(*outputs, strict=True)] == [
        True,
        True,
        False,
        True,
        True,
    ]


def test_readme_names_the_wheel_and_its_members(build: Any) -> None:
    readme = (MODELS / "README.md").read_text(encoding="utf-8")
    assert build.WHEEL_SHA256 in readme
    for member in build.MEMBERS:
        assert f"| `{member.wheel_path}` | `{member.name}` | `{member.sha256}` |" in readme


def test_members_hold_the_original_models_unchanged(
    build: Any, metadata_size: dict[str, int]
) -> None:
    assert set(metadata_size) == MEMBERS
    assert all(0 < size < 8192 for size in metadata_size.values())


def test_the_script_builds_the_shipped_bytes(build: Any, metadata_size: dict[str, int]) -> None:
    with zipfile.ZipFile(BUNDLE) as archive:
        models = [
            (
                member.name,
                build.with_metadata(
                    archive.read(member.name)[metadata_size[member.name] :],
                    build.image_metadata(member),
                ),
            )
            for member in build.MEMBERS
        ]
    assert build.zipped(models) == BUNDLE.read_bytes()


def test_models_lie_uncompressed_on_a_boundary(build: Any) -> None:
    data = BUNDLE.read_bytes()
    with zipfile.ZipFile(BUNDLE) as archive:
        for info in archive.infolist():
            assert info.compress_type == zipfile.ZIP_STORED
            start = data.index(archive.read(info)[:64], info.header_offset)
            assert start % ALIGNMENT == 0


def test_new_metadata_takes_the_place_of_the_old(build: Any) -> None:
    flatbuffer = importlib.import_module("flatbuffer")
    with zipfile.ZipFile(BUNDLE) as archive:
        model = archive.read("pose_detector.tflite")
    again = build.with_metadata(model, b"other metadata")
    reader = flatbuffer.Reader(again)
    entries = reader.items(reader.follow(0), build.MODEL_METADATA)
    names = [reader.text(entry, build.METADATA_NAME) for entry in entries]
    assert names.count(build.METADATA_KEY) == 1
    assert b"other metadata" in again


def test_a_file_that_is_no_model_is_refused(build: Any) -> None:
    with pytest.raises(ValueError, match="not a TFLite model"):
        build.with_metadata(BUNDLE.read_bytes()[:4096].ljust(8192, b"\0"), b"")


def test_a_wheel_with_another_checksum_ends_the_script(
    build: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wheel = tmp_path / "mediapipe-0.10.21.whl"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mediapipe/modules/pose_detection/pose_detection.tflite", b"no model")
    wheel.write_bytes(buffer.getvalue())
    out = tmp_path / "out.task"
    with pytest.raises(SystemExit, match="has the sha256"):
        build.main(["--wheel", str(wheel), "--out", str(out)])
    assert not out.exists()
