"""Playing: never in a frame's way, never late, never silent about silence."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest

from formcheck.errors import SoundError
from formcheck.sound.player import AT_ONCE, BLOCK, RETRY_S, WAITING, Player
from formcheck.sound.speaker import Output
from formcheck.sound.tones import RATE_HZ, Samples, Tone, samples
from tests.sound.outputs import Breaking, Hanging, Recorder, over

CLEAN = samples(Tone.CLEAN)


def level(value: float, length_s: float = 0.1) -> Samples:
    return np.full(round(length_s * RATE_HZ), value, dtype=np.float32)


def test_a_sound_is_played_whole_and_unchanged() -> None:
    device = Recorder()
    with Player(lambda: device, report=pytest.fail) as player:
        assert over(player.play(CLEAN))
    played = device.sound
    assert np.allclose(played[: len(CLEAN)], CLEAN)
    assert len(played) - len(CLEAN) < BLOCK and not played[len(CLEAN) :].any()
    assert device.closed == 1


def test_sounds_are_heard_over_each_other_and_never_too_loud() -> None:
    device = Hanging()
    with Player(lambda: device, report=pytest.fail) as player:
        player.play(level(0.1, 0.02))
        assert device.entered.wait(5)
        playing = [player.play(level(value)) for value in (0.2, 0.3)]
        device.go.set()
        assert all(over(each) for each in playing)
        assert np.allclose(device.blocks[1], 0.5)
        device.go.clear()
        device.entered.clear()
        playing = [player.play(level(0.7)) for _ in range(3)]
        assert device.entered.wait(5)
        device.go.set()
        assert all(over(each) for each in playing)
    assert max(float(np.abs(block).max()) for block in device.blocks) <= 1.0


def test_a_device_that_hangs_for_ten_seconds_costs_no_frame() -> None:
    now_s = 100.0
    device = Hanging()
    player = Player(lambda: device, report=pytest.fail, clock=lambda: now_s)
    player.play(CLEAN)
    assert device.entered.wait(5)
    spent_s = []
    for _ in range(300):  # ten seconds of frames, each with a sound
        begun_s = time.perf_counter()
        last = player.play(CLEAN)
        spent_s.append(time.perf_counter() - begun_s)
        now_s += 1 / 30
    assert np.median(spent_s) < 0.001 and max(spent_s) < 0.1
    device.go.set()
    assert over(last)
    player.close()
    # Ten seconds of tones would take 300 times as long: only the newest were kept.
    assert len(device.blocks) * BLOCK <= (WAITING + 2) * (len(CLEAN) + BLOCK)


def test_a_sound_that_waited_too_long_is_dropped() -> None:
    now_s = 0.0
    device = Hanging()
    with Player(lambda: device, report=pytest.fail, clock=lambda: now_s) as player:
        first = player.play(level(0.1, 0.02))
        assert device.entered.wait(5)
        late = player.play(level(0.7), fresh_s=0.5)
        patient = player.play(level(0.3), fresh_s=60.0)
        now_s = 10.0
        device.go.set()
        assert over(first) and over(late) and over(patient)
    assert max(float(block.max()) for block in device.blocks) == pytest.approx(0.3)


def test_more_than_a_few_at_once_cut_off_the_oldest() -> None:
    device = Hanging()
    with Player(lambda: device, report=pytest.fail) as player:
        first = player.play(level(0.1, 5.0))
        assert device.entered.wait(5)
        rest = [player.play(level(0.05, 0.2)) for _ in range(AT_ONCE)]
        device.go.set()
        assert over(first) and all(over(each) for each in rest)
    assert len(device.blocks) < 5.0 * RATE_HZ / BLOCK / 2


def test_mute_ends_what_is_heard_softly_and_keeps_quiet() -> None:
    device = Recorder(in_real_time=True)
    with Player(lambda: device, report=pytest.fail) as player:
        playing = player.play(level(0.5, 20.0))
        while len(device.blocks) < 3:
            time.sleep(0.01)
        player.muted = True
        player.hush()
        assert over(playing)
        assert player.play(CLEAN).over.is_set()
        player.muted = False
        assert over(player.play(level(0.1, 0.02)))
    steps = np.abs(np.diff(device.sound[: -BLOCK - 1]))
    assert steps.max() < 0.02  # faded, not cut
    assert len(device.sound) < 2 * RATE_HZ


def test_a_machine_without_sound_is_told_once_and_nothing_fails() -> None:
    told: list[str] = []
    tries: list[float] = []
    now_s = 0.0

    def none() -> Output:
        tries.append(now_s)
        raise SoundError("No sound device plays: plug one in.")

    with Player(none, report=told.append, clock=lambda: now_s) as player:
        for later_s in (0.0, 1.0, RETRY_S, 1.0):
            now_s += later_s
            assert over(player.play(CLEAN))
    assert told == ["No sound device plays: plug one in."]
    assert tries == [0.0, RETRY_S + 1.0]  # a head set may have been plugged in meanwhile


def test_a_device_that_is_pulled_out_is_told_once_and_tried_again() -> None:
    told: list[str] = []
    now_s = 0.0
    devices: list[Output] = [Breaking(3), Recorder()]
    with Player(lambda: devices.pop(0), report=told.append, clock=lambda: now_s) as player:
        assert over(player.play(level(0.1, 1.0)))
        now_s = RETRY_S + 1
        kept = devices[0]
        assert over(player.play(CLEAN))
    assert told == ["The sound device is gone (unplugged): plug it in again."]
    assert isinstance(kept, Recorder) and len(kept.sound) >= len(CLEAN)


def test_closing_lets_a_sound_end_but_does_not_wait_for_a_hanging_device() -> None:
    device = Recorder()
    player = Player(lambda: device, report=pytest.fail)
    player.play(CLEAN)
    player.close()
    assert len(device.sound) >= len(CLEAN)
    hanging = Hanging()
    stuck = Player(lambda: hanging, report=pytest.fail)
    stuck.play(CLEAN)
    assert hanging.entered.wait(5)
    begun_s = time.monotonic()
    stuck.close(ring_out_s=0.1)
    assert time.monotonic() - begun_s < 2
    hanging.go.set()


def test_nothing_is_opened_and_no_thread_started_before_the_first_sound() -> None:
    threads = threading.active_count()
    with Player(lambda: pytest.fail("opened"), report=pytest.fail):
        assert threading.active_count() == threads
