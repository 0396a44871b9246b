"""A program of the folder ``docs``, as a module to test."""

import importlib.util
from pathlib import Path
from types import ModuleType


def a_program(path: Path) -> ModuleType:
    """Import a file that is in no package."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
