"""A webcam's faults: repeatable, and each does what it says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from people.webcam import Webcam

GREY = np.full((48, 64, 3), 0.2, dtype=np.float32)
CLEAN = Webcam(blur_px=0.0, noise=0.0, quality=100)


def test_the_same_seed_takes_the_same_picture_and_another_does_not() -> None:
    camera = Webcam()
    first, again, other = (camera.take(GREY, seed) for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


@pytest.mark.parametrize("noise", [1.0, 4.0])
def test_noise_is_about_as_strong_as_asked_for(noise: float) -> None:
    spread = replace(CLEAN, noise=noise).take(GREY, 1).astype(float).std()
    assert 0.6 * noise < spread < 1.4 * noise


def test_exposure_and_balance_brighten_and_tint() -> None:
    plain = CLEAN.take(GREY, 1)[0, 0].astype(int)
    brighter = replace(CLEAN, exposure=1.3).take(GREY, 1)[0, 0].astype(int)
    redder = replace(CLEAN, balance=(1.2, 0.9)).take(GREY, 1)[0, 0].astype(int)
    assert (brighter > plain).all()
    assert redder[2] > plain[2]
    assert redder[0] < plain[0]


def test_blur_and_compression_soften_an_edge() -> None:
    edge = GREY.copy()
    edge[:, 32:] = 0.8
    sharp = np.abs(np.diff(CLEAN.take(edge, 1)[10, :, 1].astype(int))).max()
    soft = np.abs(np.diff(replace(CLEAN, blur_px=1.0).take(edge, 1)[10, :, 1].astype(int))).max()
    assert soft < 0.6 * sharp
