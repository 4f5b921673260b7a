"""Builds `pose_landmarker_full.task`, the pose model formcheck ships.

MediaPipe's Pose Landmarker task wants a bundle: an uncompressed zip of two TFLite models, each with
metadata that says how a picture becomes its input. The wheels of mediapipe 1.x hold no model; the
wheel of 0.10.21 holds both, without that metadata. This script fetches that wheel, checks it, adds
the metadata and zips the two.

The result is the same byte for byte on every machine: the metadata is laid out here instead of by
the flatbuffers package, whose layout may change, and the zip has fixed dates and permissions.

Run `python models/build_bundle.py` to write the bundle, with `--check` to compare only.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flatbuffer import At, Blob, Reader, Table, Value, Writer

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from formcheck.estimators.landmarks_only import zipped

BUNDLE = Path(__file__).with_name("pose_landmarker_full.task")
WHEEL = "mediapipe==0.10.21"
WHEEL_SHA256 = "05dc4a9e593655a79558d05d6227d31018c2537a4bd3362b51e230cf22aecfe3"


@dataclass(frozen=True)
class Member:
    """One model of the bundle.

    Attributes
    ----------
    name : str
        Its name in the bundle; the task looks for exactly these.
    wheel_path : str
        Its path in the wheel.
    sha256 : str
        Of the file in the wheel.
    title : str
        Written into the metadata.
    mean, std : float
        A channel value 0..255 enters the model as `(value - mean) / std`.
    """

    name: str
    wheel_path: str
    sha256: str
    title: str
    mean: float
    std: float


MEMBERS = (
    Member(
        name="pose_detector.tflite",
        wheel_path="mediapipe/modules/pose_detection/pose_detection.tflite",
        sha256="9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
        title="Pose detector",
        mean=127.5,  # enters as -1..1
        std=127.5,
    ),
    Member(
        name="pose_landmarks_detector.tflite",
        wheel_path="mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
        sha256="e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
        title="Pose landmarks detector, full",
        mean=0.0,  # enters as 0..1
        std=255.0,
    ),
)


# --- TFLite models and their metadata --------------------------------------------------------

# Field numbers of TFLite's schema: Model, Buffer, Metadata.
MODEL_VERSION, MODEL_BUFFERS, MODEL_METADATA_BUFFER, MODEL_METADATA = 0, 4, 5, 6
MODEL_REFERENCES = (1, 2, 3, 7)  # operator codes, subgraphs, description, signatures
BUFFER_DATA = 0
METADATA_NAME, METADATA_BUFFER = 0, 1
METADATA_KEY = "TFLITE_METADATA"


def image_metadata(member: Member) -> bytes:
    """Return the metadata of a model whose one input is an RGB picture, as a flatbuffer.

    The numbers are fields and enum values of TFLite's metadata schema.
    """
    rgb = 1
    image_properties, normalization_options = 2, 1
    content: Table = {0: image_properties, 1: {0: rgb}}
    normalization: Table = {0: [member.mean], 1: [member.std]}
    process_unit: Table = {0: normalization_options, 1: normalization}
    tensor: Table = {0: "image", 3: content, 4: [process_unit]}
    subgraph: Table = {2: [tensor]}
    model: Table = {0: member.title, 3: [subgraph], 7: "1.0.0"}
    return Writer(b"M001").finish(model)


def with_metadata(model: bytes, metadata: bytes) -> bytes:
    """Return a TFLite model with new metadata in place of any it had.

    References of a flatbuffer point forward only. So a new root goes in front: it lists the old
    buffers and one more, and refers to all else where it is. The old bytes stay as they are.
    """
    if model[4:8] != b"TFL3":
        raise ValueError("not a TFLite model")
    reader = Reader(model)
    root = reader.follow(0)
    version = reader.field(root, MODEL_VERSION)
    if version is None:
        raise ValueError("a TFLite model without a version")

    def block(shift: int) -> bytes:
        buffers: list[Value] = [At(shift + b) for b in reader.items(root, MODEL_BUFFERS)]
        entries: list[Value] = [
            At(shift + entry)
            for entry in reader.items(root, MODEL_METADATA)
            if reader.text(entry, METADATA_NAME) != METADATA_KEY
        ]
        entries.append({METADATA_NAME: METADATA_KEY, METADATA_BUFFER: len(buffers)})
        buffers.append({BUFFER_DATA: Blob(metadata)})
        new: Table = {MODEL_VERSION: reader.number(version)}
        for field in MODEL_REFERENCES:
            slot = reader.field(root, field)
            if slot is not None:
                new[field] = At(shift + reader.follow(slot))
        new[MODEL_BUFFERS] = buffers
        new[MODEL_METADATA] = entries
        return Writer(b"TFL3").finish(new)

    # The block is as long whatever the shift, which is its own length.
    size = len(block(1 << 20))
    return block(size) + model


# --- the bundle ------------------------------------------------------------------------------


def checked(data: bytes, sha256: str, what: str) -> bytes:
    """Return the data if it has this checksum; end the script if not."""
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise SystemExit(f"{what} has the sha256 {found}, not {sha256}: nothing was written.")
    return data


def fetch_wheel(folder: Path) -> bytes:
    """Download the wheel that holds the models, whatever this machine is."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--only-binary=:all:", "--platform", "manylinux_2_28_x86_64"]
    command += ["--python-version", "3.11", "--implementation", "cp", "--abi", "cp311"]
    command += ["--dest", str(folder), WHEEL]
    if subprocess.run(command, check=False).returncode:
        raise SystemExit(f"pip could not fetch {WHEEL}; is there a network?")
    (wheel,) = folder.glob("mediapipe-*.whl")
    return checked(wheel.read_bytes(), WHEEL_SHA256, wheel.name)


def build(wheel: bytes) -> bytes:
    """Return the bundle made from the wheel's two models."""
    models = []
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        for member in MEMBERS:
            model = checked(archive.read(member.wheel_path), member.sha256, member.wheel_path)
            models.append((member.name, with_metadata(model, image_metadata(member))))
    return zipped(models)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the bundle and write it, or compare it with the one that is there."""
    parser = argparse.ArgumentParser(description="Build the pose model from MediaPipe's wheel.")
    parser.add_argument("--out", type=Path, default=BUNDLE, help="where to write the bundle")
    parser.add_argument("--wheel", type=Path, help="use this wheel instead of fetching it")
    parser.add_argument("--check", action="store_true", help="compare with --out, write nothing")
    options = parser.parse_args(arguments)
    if options.wheel:
        wheel = checked(options.wheel.read_bytes(), WHEEL_SHA256, options.wheel.name)
    else:
        with tempfile.TemporaryDirectory() as folder:
            wheel = fetch_wheel(Path(folder))
    data = build(wheel)
    sha256 = hashlib.sha256(data).hexdigest()
    if options.check:
        same = options.out.is_file() and options.out.read_bytes() == data
        print(f"{sha256}  {options.out}: {'the same' if same else 'DIFFERENT'}")
        return 0 if same else 1
    options.out.write_bytes(data)
    print(f"{sha256}  {options.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
