"""What a notebook can be told: its parameters with their defaults, and values checked against them.

Papermill checks neither names nor types, and its reader of the cell tagged ``parameters`` goes by lines. Here the
cell is parsed as Python, so that a default is the value that the notebook would see.
"""

import ast
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NoReturn

from briefing_lib.errors import NotebookFailed, UnknownParameter

TAG = "parameters"
# How to write a value of each type on a command line.
EXAMPLES: Mapping[type, str] = {
    bool: "true or false",
    int: "a whole number such as 3",
    float: "a number such as 0.5",
    str: "text",
    list: """a JSON list such as '["North", "South"]'""",
    dict: """a JSON object such as '{"key": 1}'""",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a notebook.

    Attributes
    ----------
    default
        The value in the cell, or None where it is no literal.
    source
        The default as the cell writes it.
    """

    name: str
    default: object
    source: str

    def __str__(self) -> str:
        """Return the parameter as an assignment, as the notebook shows it."""
        return f"{self.name}={self.source}"


def parameters_of(notebook: Mapping[str, Any], *, name: str) -> tuple[Parameter, ...]:
    """Return a notebook's parameters in order; none where no cell is tagged ``parameters``.

    Raises
    ------
    NotebookFailed
        The cell is no Python.
    """
    cells = [cell for cell in notebook["cells"] if TAG in cell.get("metadata", {}).get("tags", ())]
    if not cells:
        return ()
    source = "".join(cells[0]["source"])
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise NotebookFailed(f"{name}: the cell tagged {TAG!r} is no Python (line {error.lineno})") from error
    found = (_parameter(node, source) for node in tree.body)
    return tuple({one.name: one for one in found if one}.values())


def chosen(known: Iterable[Parameter], given: Mapping[str, object], *, notebook: str) -> dict[str, Any]:
    """Return the given values, each checked to be of a parameter that the notebook takes and of its default's type.

    Raises
    ------
    UnknownParameter
        The notebook takes no such parameter, or the value is of another type than its default.
    """
    by_name = {parameter.name: parameter for parameter in known}
    for name, value in given.items():
        if name not in by_name:
            _unknown(name, by_name.values(), notebook)
        if not _fits(value, by_name[name].default):
            _mistyped(by_name[name], value)
    return dict(given)


def converted(known: Iterable[Parameter], written: Iterable[tuple[str, str]], *, notebook: str) -> dict[str, Any]:
    """Return values as a person wrote them, by the type of each parameter's default.

    Text stays as it is where the default is text, so that ``2026`` is no number there. Everything else is JSON.

    Raises
    ------
    UnknownParameter
        The notebook takes no such parameter, the value is of another type, or a name is given twice.
    """
    by_name = {parameter.name: parameter for parameter in known}
    values: dict[str, Any] = {}
    for name, text in written:
        if name not in by_name:
            _unknown(name, by_name.values(), notebook)
        if name in values:
            raise UnknownParameter(f"{name!r} is given twice; say it once")
        values[name] = _convert(by_name[name], text)
    return values


def _parameter(node: ast.stmt, source: str) -> Parameter | None:
    """Return what a line ``name = literal`` says; None for anything else, which is no parameter."""
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target, value = node.targets[0], node.value
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        target, value = node.target, node.value
    else:
        return None
    if not isinstance(target, ast.Name):
        return None
    try:
        default = ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError):
        default = None
    written = " ".join((ast.get_source_segment(source, value) or "").split())
    return Parameter(target.id, default, written)


def _convert(parameter: Parameter, text: str) -> object:
    if isinstance(parameter.default, str):
        return text
    try:
        value = json.loads(text, parse_constant=_no_number)
    except ValueError:
        if parameter.default is None:
            return text
        _mistyped(parameter, text)
    if not _fits(value, parameter.default):
        _mistyped(parameter, text)
    return value


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _fits(value: object, default: object) -> bool:
    """Tell whether a value is of a default's type; an int passes for a float, a bool for no number."""
    if default is None:
        return True
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(default, bool) and isinstance(value, bool)
    if isinstance(default, float):
        return isinstance(value, int | float)
    if isinstance(default, list | tuple):
        return isinstance(value, list | tuple)
    return isinstance(value, type(default))


def _unknown(name: str, known: Iterable[Parameter], notebook: str) -> NoReturn:
    held = tuple(known)
    meant = get_close_matches(name, [parameter.name for parameter in held], n=1)
    guess = f"did you mean {meant[0]!r}? " if meant else ""
    takes = f"{guess}it takes {', '.join(map(str, held))}" if held else f"it has no cell tagged {TAG!r}"
    raise UnknownParameter(f"{name!r} is no parameter of {notebook}; {takes}")


def _mistyped(parameter: Parameter, value: object) -> NoReturn:
    kind = list if isinstance(parameter.default, tuple) else type(parameter.default)
    wanted = EXAMPLES.get(kind, kind.__name__)
    raise UnknownParameter(f"{parameter.name!r} cannot be {value!r}; give {wanted} (its default is {parameter.source})")
