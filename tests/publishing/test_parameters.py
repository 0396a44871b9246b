from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_lib.errors import NotebookFailed, UnknownParameter
from briefing_lib.publishing.parameters import chosen, converted, parameters_of

CELL = """\
title = "a = b"  # heading of the page
count: int = 3
share = 0.5
draft = False
senders = ["North"]  # keep only these
limits = {"a": 1}
nothing = None
later = print  # no literal
first, second = 1, 2
"""


def known(source: str = CELL) -> Any:
    cell = {"cell_type": "code", "source": source, "metadata": {"tags": ["parameters"]}}
    return parameters_of({"cells": [{"cell_type": "markdown", "source": "", "metadata": {}}, cell]}, name="n.ipynb")


def test_a_default_is_the_value_that_the_notebook_would_see() -> None:
    """One that holds an equals sign, which papermill's own reader drops, is read too; what is no literal is None."""
    assert {parameter.name: parameter.default for parameter in known()} == {
        "title": "a = b",
        "count": 3,
        "share": 0.5,
        "draft": False,
        "senders": ["North"],
        "limits": {"a": 1},
        "nothing": None,
        "later": None,
    }


def test_a_notebook_without_the_cell_has_none() -> None:
    assert parameters_of({"cells": []}, name="n.ipynb") == ()


def test_a_cell_that_is_no_python_is_told() -> None:
    with pytest.raises(NotebookFailed, match=r"n\.ipynb.*line 1"):
        known("this is = no python =")


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("title", "2026", "2026"),
        ("title", "true", "true"),
        ("title", "", ""),
        ("title", '"quoted"', '"quoted"'),
        ("count", "-7", -7),
        ("share", "2", 2),
        ("draft", "true", True),
        ("senders", '["South", "North"]', ["South", "North"]),
        ("senders", "[]", []),
        ("limits", '{"b": [1]}', {"b": [1]}),
        ("nothing", "12", 12),
        ("nothing", "plain words", "plain words"),
    ],
)
def test_a_value_is_read_by_its_defaults_type(name: str, text: str, value: object) -> None:
    got = converted(known(), [(name, text)], notebook="n.ipynb")
    assert got == {name: value}
    assert type(got[name]) is type(value)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("count", "three"),
        ("count", "3.5"),
        ("count", "true"),
        ("share", "NaN"),
        ("share", "half"),
        ("draft", "1"),
        ("draft", "yes"),
        ("senders", "North"),
        ("senders", '"North"'),
        ("limits", "[1]"),
    ],
)
def test_a_value_of_another_type_is_refused_with_an_example(name: str, text: str) -> None:
    with pytest.raises(UnknownParameter, match=rf"'{name}' cannot be .*; give .* \(its default is"):
        converted(known(), [(name, text)], notebook="n.ipynb")


def test_an_unknown_name_lists_the_known_ones_with_their_defaults() -> None:
    with pytest.raises(
        UnknownParameter,
        match=r"'cuont' is no parameter of n\.ipynb; did you mean 'count'\? it takes title=\"a = b\", count=3",
    ):
        converted(known(), [("cuont", "3")], notebook="n.ipynb")


def test_a_name_given_twice_is_refused() -> None:
    with pytest.raises(UnknownParameter, match="twice"):
        converted(known(), [("count", "1"), ("count", "2")], notebook="n.ipynb")


def test_values_from_code_are_checked_like_those_from_a_command_line() -> None:
    assert chosen(known(), {"count": 4, "share": 1}, notebook="n.ipynb") == {"count": 4, "share": 1}
    with pytest.raises(UnknownParameter, match="'title' cannot be 4"):
        chosen(known(), {"title": 4}, notebook="n.ipynb")


@given(st.text())
def test_any_text_reaches_a_text_parameter_unchanged(text: str) -> None:
    assert converted(known(), [("title", text)], notebook="n.ipynb") == {"title": text}
