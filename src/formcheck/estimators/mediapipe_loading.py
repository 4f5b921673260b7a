"""Loads MediaPipe without matplotlib, which takes as long to load as all the rest of it.

MediaPipe imports matplotlib for one function that plots landmarks, which formcheck never calls. It
is given a stand-in, which loads the real one where somebody does use it. A program that has loaded
matplotlib, or MediaPipe, by itself keeps what it has.
"""

from __future__ import annotations

import importlib
import sys
import threading
from types import ModuleType
from typing import Any

STANDS_IN = ("matplotlib", "matplotlib.pyplot")
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
        stand_ins = []
        if not sys.modules.keys() & {*STANDS_IN, "mediapipe"}:
            stand_ins = [_WhenUsed(name) for name in STANDS_IN]
            vars(stand_ins[0])["pyplot"] = stand_ins[1]
            sys.modules.update({module.__name__: module for module in stand_ins})
        try:
            return importlib.import_module("mediapipe.tasks.python.vision")
        finally:
            _take_away(*stand_ins)
