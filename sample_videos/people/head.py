"""Skin, face and hair."""

from __future__ import annotations

import cv2
import numpy as np

from people.clothes import Outfit
from people.makehuman import Array, base_mesh, mask_picture
from people.mesh import Part, ball, grown, linear, smoothed, triangles
from people.shape import Shape
from people.skin import BONES, skin_weights


def _mask(name: str) -> Array:
    """Values 0 to 1 (n,) of a mask over the skin at the base mesh's vertices."""
    mesh = base_mesh()
    packed = np.frombuffer(mask_picture(name), dtype=np.uint8)
    picture = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE))
    rows, columns = picture.shape
    at = np.empty((len(mesh.vertices), 2))
    at[mesh.quads.ravel()] = mesh.uv[mesh.quad_uv.ravel()]
    column = np.clip(at[:, 0] * columns, 0, columns - 1).astype(int)
    row = np.clip((1.0 - at[:, 1]) * rows, 0, rows - 1).astype(int)
    return np.asarray(picture[row, column] / 255.0)


def _brows(points: Array, joints: dict[str, Array]) -> Array:
    """How much each point lies in an eyebrow, 0 to 1."""
    eye = joints["left_eye"]
    aside = np.abs(points[:, 1]) - eye[1]
    rise = points[:, 2] - eye[2] - 0.021 + 6.0 * np.maximum(aside - 0.008, 0.0) ** 2
    inside = np.exp(-((rise / 0.0035) ** 2)) * (np.abs(aside - 0.002) < 0.021)
    found: Array = inside * (points[:, 0] > eye[0] - 0.02)
    return found


def skin(shape: Shape, outfit: Outfit) -> Part:
    """Return the bare body with its face, and the eyes."""
    mesh = base_mesh()
    points, joints = shape.vertices, shape.joints
    quads = np.concatenate([mesh.faces_of(n) for n in ("body", "helper-l-eye", "helper-r-eye")])
    colours = linear(outfit.skin, len(points))
    lips = 0.6 * _mask("lips")[:, None]
    flushed = colours * np.array([0.86, 0.55, 0.55])
    colours = colours * (1 - lips) + flushed * lips
    brows = 0.85 * _brows(points, joints)[:, None]
    colours = colours * (1 - brows) + linear(outfit.hair, 1) * brows
    gloss = np.full(len(points), 0.22)
    for side in ("l", "r"):
        eye = mesh.groups[f"helper-{side}-eye"]
        middle = points[eye].mean(axis=0)
        way = (points[eye] - middle) / np.linalg.norm(points[eye] - middle, axis=1)[:, None]
        colours[eye] = linear((226, 222, 216), 1)
        colours[eye[way[:, 0] > 0.86]] = linear(outfit.iris, 1)
        colours[eye[way[:, 0] > 0.96]] = linear((12, 10, 10), 1)
        gloss[eye] = 0.8
    return Part(
        vertices=points, weights=skin_weights(), faces=triangles(mesh.quads[quads]),
        colours=colours, gloss=gloss, reach=np.ones(len(points)), gap=np.zeros(len(points)),
    )  # fmt: skip


def _hair_reach(points: Array, joints: dict[str, Array], outfit: Outfit) -> Array:
    """How far above the hair line each point of the head lies, in metres."""
    eye = joints["left_eye"]
    head = points[points[:, 2] > eye[2]]
    back, front = head[:, 0].min(), head[:, 0].max()
    share = (points[:, 0] - back) / (front - back)
    nape = {"cropped": -0.06, "bald": -0.05}.get(outfit.hair_style, -0.085)
    line = np.interp(
        share, [0.0, 0.30, 0.44, 0.58, 0.70, 0.84, 1.0],
        [nape, nape + 0.01, 0.0, 0.012, 0.045, 0.062, 0.068],
    )  # fmt: skip
    reach: Array = points[:, 2] - eye[2] - line
    half = np.abs(head[:, 1][np.abs(head[:, 2] - eye[2] - 0.06) < 0.02]).max()
    ear = (np.abs(points[:, 1]) > half * 0.99) & (points[:, 2] < eye[2] + 0.025)
    reach[ear & (share > 0.3)] = -0.02
    if outfit.hair_style == "bald":
        reach = np.minimum(reach, eye[2] + 0.035 - points[:, 2])
    return reach


def hair(shape: Shape, outfit: Outfit) -> list[Part]:
    """Return the hair on the head, and a bun, a tail or long hair."""
    mesh = base_mesh()
    points = shape.vertices
    faces = triangles(mesh.quads[mesh.faces_of("body")])
    faces = faces[(points[faces, 2] > shape.joints["neck"][2]).all(axis=1)]
    reach = _hair_reach(points, shape.joints, outfit)
    thick = {"cropped": 0.006, "bald": 0.006, "short": 0.014}.get(outfit.hair_style, 0.012)
    out = grown(points, faces, thick)
    share = np.clip(reach / 0.03, 0.15, 1.0)[:, None]
    rest = points + (out - points) * share
    if thick > 0.01:
        rest = np.where(reach[:, None] > 0.01, smoothed(rest, faces, 3), rest)
    strands = 1.0 + 0.22 * np.sin(points[:, 1] * 420.0 + 90.0 * points[:, 0])
    colours = linear(outfit.hair, len(points)) * strands[:, None]
    parts = [
        Part(
            vertices=rest, weights=skin_weights(), faces=faces, colours=colours,
            gloss=np.full(len(points), 0.35), reach=reach, gap=np.zeros(len(points)),
        )
    ]  # fmt: skip
    crown, eye = shape.joints["crown"], shape.joints["left_eye"]
    back = points[points[:, 2] > eye[2]][:, 0].min()
    if outfit.hair_style == "bun":
        parts.append(_lump(np.array([back - 0.008, 0, crown[2] - 0.05]), (0.04,) * 3, outfit))
    if outfit.hair_style in ("tail", "long"):
        wide = 0.028 if outfit.hair_style == "tail" else 0.075
        place = np.array([back + 0.008, 0.0, eye[2] - 0.06])
        parts.append(_lump(place, (0.028, wide, 0.11), outfit))
    return parts


def _lump(centre: Array, radii: tuple[float, float, float], outfit: Outfit) -> Part:
    """Return a lump of hair that moves with the head."""
    vertices, faces = ball(centre, radii)
    weights = np.zeros((len(vertices), len(BONES)), dtype=np.float32)
    weights[:, BONES.index("head")] = 1.0
    return Part(
        vertices=vertices, weights=weights, faces=faces,
        colours=linear(outfit.hair, len(vertices)) * 0.9, gloss=np.full(len(vertices), 0.35),
        reach=np.ones(len(vertices)), gap=np.zeros(len(vertices)),
    )  # fmt: skip
