"""A model's answer → what it says, field by field, with everything left out that is not of the form asked for."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from briefing_lib.extraction.language_model.asking import NoAnswer
from briefing_lib.extraction.language_model.question import STATUSES
from briefing_lib.models import Kind, Modality, Mode, Status

# More than any piece of a document holds.
MOST_ITEMS = 200
MALFORMED = "entries not of the form asked for, dropped"
UNKNOWN_VALUE = "values that are none of those asked for, left out"

_Value = TypeVar("_Value", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class SaidThreat:
    """A threat as the model tells it: words that are yet to be found in the document."""

    quote: str
    act: str
    sender: str
    speaker: str
    target: str
    kind: Kind
    mode: Mode
    modality: Modality
    condition: str
    deadline: str
    issued: str


@dataclass(frozen=True, slots=True)
class SaidOutcome:
    """An outcome as the model tells it; ``threat`` is a place in its list of threats, or None."""

    quote: str
    status: Status
    stated: bool
    act: str
    actor: str
    target: str
    mode: Mode
    when: str
    threat: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """All that an answer tells. A threat that cannot be read is None, so that the places of the others hold."""

    threats: tuple[SaidThreat | None, ...]
    outcomes: tuple[SaidOutcome, ...]


def said_in(answer: str, dropped: Counter[str]) -> Said:
    """Return what an answer says.

    Parameters
    ----------
    dropped
        Counts what is left out, by a description of it.

    Raises
    ------
    NoAnswer
        It is no JSON object with the lists that were asked for, or has more entries than a document can.
    """
    value = _json_of(answer)
    threats, outcomes = value.get("threats"), value.get("outcomes")
    if not isinstance(threats, list) or not isinstance(outcomes, list):
        raise NoAnswer("an answer without the lists that were asked for")
    if len(threats) + len(outcomes) > MOST_ITEMS:
        raise NoAnswer(f"an answer of more than {MOST_ITEMS} entries")
    said = [_threat(one, dropped) for one in threats]
    told = [_outcome(one, dropped) for one in outcomes]
    dropped[MALFORMED] += sum(one is None for one in (*said, *told))
    return Said(tuple(said), tuple(one for one in told if one is not None))


def _json_of(answer: str) -> dict[str, Any]:
    """Return the object in an answer; words around it, such as a fence, are no part of it."""
    start, end = answer.find("{"), answer.rfind("}")
    try:
        value = json.loads(answer[start : end + 1], parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise NoAnswer("an answer that is no JSON") from error
    if not isinstance(value, dict):
        raise NoAnswer("an answer that is no JSON object")
    return value


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _threat(item: object, dropped: Counter[str]) -> SaidThreat | None:
    if not isinstance(item, Mapping) or not _text(item, "quote"):
        return None
    return SaidThreat(
        quote=_text(item, "quote"),
        act=_text(item, "act"),
        sender=_text(item, "sender"),
        speaker=_text(item, "speaker"),
        target=_text(item, "target"),
        kind=_member(item, "kind", Kind, dropped) or Kind.UNCONDITIONAL,
        mode=_member(item, "mode", Mode, dropped) or Mode.UNSPECIFIED,
        modality=_member(item, "modality", Modality, dropped) or Modality.ASSERTED,
        condition=_text(item, "condition"),
        deadline=_text(item, "deadline"),
        issued=_text(item, "issued"),
    )


def _outcome(item: object, dropped: Counter[str]) -> SaidOutcome | None:
    if not isinstance(item, Mapping) or not _text(item, "quote"):
        return None
    status = _member(item, "status", Status, dropped)
    if status not in STATUSES:
        return None
    place = item.get("threat")
    return SaidOutcome(
        quote=_text(item, "quote"),
        status=status,
        stated=item.get("stated") is True,
        act=_text(item, "act"),
        actor=_text(item, "actor"),
        target=_text(item, "target"),
        mode=_member(item, "mode", Mode, dropped) or Mode.UNSPECIFIED,
        when=_text(item, "when"),
        threat=place if isinstance(place, int) and not isinstance(place, bool) and place >= 0 else None,
    )


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return value.strip() if isinstance(value, str) else ""


def _member(item: Mapping[str, Any], name: str, values: type[_Value], dropped: Counter[str]) -> _Value | None:
    value = item.get(name)
    if isinstance(value, str) and value in [one.value for one in values]:
        return values(value)
    dropped[UNKNOWN_VALUE] += value is not None
    return None
