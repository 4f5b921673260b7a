"""Builds `pose_landmarks_only.root`: the landmark network without its silhouette.

The third of the network's five outputs is the silhouette. The new root gives that place to the
fourth, a heat map that the landmarks need anyway, and lists only the operators that the remaining
outputs depend on. The task splits the outputs by their places and reads the third only if masks are
asked for, so it does not notice. Tensors, weights and all other bytes of the model follow
unchanged. (Tied to a landmark output instead, that one comes out as NaN.)

Run `python models/build_landmarks_only.py` to write the root, with `--check` to compare only.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from build_bundle import BUNDLE
from flatbuffer import At, Reader, Table, Writer
from formcheck.estimators.landmarks_only import LANDMARKS_MEMBER, without_silhouette

ROOT = Path(__file__).with_name("pose_landmarks_only.root")
SILHOUETTE, HEATMAP = 2, 3
"""Places among the outputs."""

# Field numbers of TFLite's schema: Model, SubGraph, Operator.
MODEL_VERSION, MODEL_SUBGRAPHS = 0, 2
MODEL_REFERENCES = (1, 3, 4, 6, 7)  # operator codes, description, buffers, metadata, signatures
GRAPH_OUTPUTS, GRAPH_OPERATORS = 2, 3
GRAPH_REFERENCES = (0, 1, 4)  # tensors, inputs, name
OPERATOR_INPUTS, OPERATOR_OUTPUTS = 1, 2


def needed_operators(reader: Reader, operators: Sequence[int], outputs: Sequence[int]) -> list[int]:
    """Return those of some operators that outputs depend on, in the same order."""
    makers = {
        tensor: operator
        for operator in operators
        for tensor in reader.integers(operator, OPERATOR_OUTPUTS)
    }
    needed, waiting = set(), list(outputs)
    while waiting:
        maker = makers.get(waiting.pop())
        if maker is not None and maker not in needed:
            needed.add(maker)
            waiting += reader.integers(maker, OPERATOR_INPUTS)
    return [operator for operator in operators if operator in needed]


def root_without_silhouette(model: bytes) -> bytes:
    """Return what goes in front of the landmark network."""
    reader = Reader(model)
    root = reader.follow(0)
    (graph,) = reader.items(root, MODEL_SUBGRAPHS)
    version = reader.field(root, MODEL_VERSION)
    outputs = reader.integers(graph, GRAPH_OUTPUTS)
    outputs[SILHOUETTE] = outputs[HEATMAP]
    operators = needed_operators(reader, reader.items(graph, GRAPH_OPERATORS), outputs)

    def block(shift: int) -> bytes:
        def kept(table: int, fields: Sequence[int]) -> Table:
            slots = {field: reader.field(table, field) for field in fields}
            return {f: At(shift + reader.follow(s)) for f, s in slots.items() if s is not None}

        smaller = kept(graph, GRAPH_REFERENCES)
        smaller[GRAPH_OUTPUTS] = outputs
        smaller[GRAPH_OPERATORS] = [At(shift + operator) for operator in operators]
        new = kept(root, MODEL_REFERENCES)
        new[MODEL_VERSION] = reader.number(version) if version is not None else 0
        new[MODEL_SUBGRAPHS] = [smaller]
        return Writer(b"TFL3").finish(new)

    # The block is as long whatever the shift, which is its own length.
    return block(len(block(1 << 20)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the root and write it, or compare it with the one that is there."""
    parser = argparse.ArgumentParser(description="Take the silhouette out of the pose model.")
    parser.add_argument("--out", type=Path, default=ROOT, help="where to write the root")
    parser.add_argument("--check", action="store_true", help="compare with --out, write nothing")
    options = parser.parse_args(arguments)
    bundle = BUNDLE.read_bytes()
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        root = root_without_silhouette(archive.read(LANDMARKS_MEMBER))
    sha256 = hashlib.sha256(without_silhouette(bundle, root)).hexdigest()
    if options.check:
        same = options.out.is_file() and options.out.read_bytes() == root
        print(f"{sha256}  the bundle with {options.out}: {'the same' if same else 'DIFFERENT'}")
        return 0 if same else 1
    options.out.write_bytes(root)
    print(f"{sha256}  the bundle with {options.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
