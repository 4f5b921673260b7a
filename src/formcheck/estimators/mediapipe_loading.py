"""Loads MediaPipe without matplotlib and sounddevice, which take twice as long as the rest of it.

MediaPipe imports matplotlib for one function that plots landmarks, and sounddevice, which searches
the system for PortAudio, to record sound; formcheck calls neither. It is given stand-ins, which
load the real ones where somebody does use them. A program that has loaded one of them, or
MediaPipe, by itself keeps what it has.
"""

from __future__ import annotations

import importlib
import sys
import threading
from types import ModuleType
from typing import Any

STANDS_IN = ("matplotlib", "matplotlib.pyplot", "sounddevice")
_loading = threading.Lock()


class _WhenUsed(ModuleType):
    """A module that is loaded when something in it is asked for."""

    def __getattr__(self, name: str) -> Any:
        _take_away(self)
        return getattr(importlib.import_module(self.__name__), name)


def _take_away(*modules: ModuleType) -> None:
    for module in modules:
        if sys.modules.get(module.__name__) is module:
            del sys.modules[module.__name__]


def vision_tasks() -> Any:
    """Returns MediaPipe's vision tasks, loaded now or earlier.

    Raises
    ------
    ImportError, OSError
        MediaPipe, or a library it needs, is missing.
    """
    with _loading:
        stand_ins = _stand_ins()
        sys.modules.update(stand_ins)
        try:
            return importlib.import_module("mediapipe.tasks.python.vision")
        finally:
            _take_away(*stand_ins.values())


def _stand_ins() -> dict[str, ModuleType]:
    if "mediapipe" in sys.modules:
        return {}
    wanted = [name for name in STANDS_IN if name.partition(".")[0] not in sys.modules]
    made: dict[str, ModuleType] = {name: _WhenUsed(name) for name in wanted}
    for name, module in made.items():
        package, _, inner = name.rpartition(".")
        if package:
            vars(made[package])[inner] = module
    return made
