"""Native chatter is dropped, all else on standard error arrives."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from formcheck.estimators.mediapipe_quiet import quiet_native_logs

CHATTER = (
    b"INFO: Created TensorFlow Lite XNNPACK delegate for CPU.\n"
    b"WARNING: Logging before InitGoogle() is written to STDERR\n"
    b"WARNING: [model_load.cc:402] Sparsity tensors may not yet be fully supported.\n"
    b"INFO: [environment.cc:36] Creating LiteRT environment with options\n"
    b"W0000 00:00:1795375786.852759   22638 inference_feedback_manager.cc:121] Feedback manager\n"
    b"I1122 10:20:30.000001   22638 gl_context.cc:369] GL version\n"
)


def test_chatter_is_dropped_and_the_rest_handed_on(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet_native_logs():
        os.write(2, CHATTER)
        os.write(2, b"E0000 00:00:1795375786.852759 22638 graph.cc:1] broken\nno newline")
    os.write(2, b"after\n")
    assert capfd.readouterr().err == (
        "E0000 00:00:1795375786.852759 22638 graph.cc:1] broken\nno newlineafter\n"
    )


def test_standard_error_is_back_after_an_exception(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ZeroDivisionError), quiet_native_logs():
        os.write(2, CHATTER + b"kept\n")
        raise ZeroDivisionError
    os.write(2, b"W0000 00:00:00 not in a block\n")
    assert capfd.readouterr().err == "kept\nW0000 00:00:00 not in a block\n"


def test_blocks_may_be_nested(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet_native_logs():
        with quiet_native_logs():
            os.write(2, CHATTER + b"inner\n")
        os.write(2, CHATTER + b"outer\n")
    assert capfd.readouterr().err == "inner\nouter\n"


def test_threads_lose_nothing_and_leave_no_descriptor(capfd: pytest.CaptureFixture[str]) -> None:
    def work(name: int) -> None:
        for turn in range(20):
            with quiet_native_logs():
                os.write(2, CHATTER + f"{name}-{turn}\n".encode())

    before = os.dup(2)
    os.close(before)
    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = capfd.readouterr().err.split()
    assert sorted(lines) == sorted(f"{name}-{turn}" for name in range(4) for turn in range(20))
    after = os.dup(2)
    os.close(after)
    assert after == before


def test_tracebacks_and_prints_of_python_arrive_in_order() -> None:
    code = (
        "import os, sys\n"
        "from formcheck.estimators.mediapipe_quiet import quiet_native_logs\n"
        "print('before', file=sys.stderr)\n"
        "with quiet_native_logs():\n"
        f"    os.write(2, {CHATTER!r})\n"
        "    print('inside', end=' ', file=sys.stderr)\n"
        "    raise SystemExit('the end')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)
    assert done.returncode == 1
    assert done.stderr == "before\ninside the end\n"


def test_it_works_without_a_standard_error() -> None:
    code = (
        "import os; os.close(2)\n"
        "from formcheck.estimators.mediapipe_quiet import quiet_native_logs\n"
        "with quiet_native_logs(): print('inside')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "inside\n"
