"""What a model is told and asked: the task, the document as data between marks of its own, the form of the answer."""

import hashlib
import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from briefing_lib.models import Kind, Modality, Mode, Status

# What came of a threat; that nothing did yet is said of it by nobody.
STATUSES = tuple(status for status in Status if status is not Status.PENDING)


def question_about(text: str, *, schema_is_sent: bool) -> tuple[str, str, Mapping[str, Any] | None]:
    """Return the instructions, the text between its marks, and the form of the answer where it is sent apart.

    The marks hold a digest of the text, so that no text can contain its own.
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    begin, end = f"[document {digest}]", f"[end of document {digest}]"
    told = (files(__package__) / "instructions.txt").read_text(encoding="utf-8")
    instructions = told.format(begin=begin, end=end).strip()
    if not schema_is_sent:
        instructions += f" It must be of this JSON Schema:\n{json.dumps(SCHEMA)}"
    return instructions, f"{begin}\n{text}\n{end}", SCHEMA if schema_is_sent else None


def _of(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _one_of(values: Any) -> dict[str, Any]:
    return {"type": "string", "enum": [value.value for value in values]}


_TEXT = {"type": "string"}
_THREAT = _of(
    quote=_TEXT,
    act=_TEXT,
    sender=_TEXT,
    speaker=_TEXT,
    target=_TEXT,
    kind=_one_of(Kind),
    mode=_one_of(Mode),
    modality=_one_of(Modality),
    condition=_TEXT,
    deadline=_TEXT,
    issued=_TEXT,
)
_OUTCOME = _of(
    quote=_TEXT,
    status=_one_of(STATUSES),
    stated={"type": "boolean"},
    act=_TEXT,
    actor=_TEXT,
    target=_TEXT,
    mode=_one_of(Mode),
    when=_TEXT,
    threat={"type": "integer"},
)
SCHEMA = _of(threats={"type": "array", "items": _THREAT}, outcomes={"type": "array", "items": _OUTCOME})
