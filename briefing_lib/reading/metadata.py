"""What is known of a document beside its text: ``sources.toml``, sidecars, the file's own metadata, its name."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from briefing_lib.errors import BadMetadata
from briefing_lib.models import DateRange
from briefing_lib.reading.extracted import Metadata, first_text, plain
from briefing_lib.reading.limits import Limits
from briefing_lib.reading.origins import Origin, OwnFile
from briefing_lib.reading.publication import parse_published
from briefing_lib.reading.toml_files import line_of, parse_toml, read_toml_text

CONFIGURATION = "sources.toml"
# The table of `sources.toml` that is of no document.
LIMITS = "limits"
_FIELDS = tuple(one.name for one in fields(Metadata))
_ALIASES = {
    "published": ("published", "date", "publication_date"),
    "publisher": ("publisher", "source"),
    "licence": ("licence", "license"),
    "author": ("author", "authors"),
}
_KNOWN = frozenset(_FIELDS) | {name for names in _ALIASES.values() for name in names}
# The Admiralty code: reliability of the source A to F, credibility of the information 1 to 6 (AJP-2.1).
_GRADE = re.compile(r"[A-F][1-6]")
_DATED_NAME = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?|\d{8})(?:[-_. ]+(.*))?")
# A page of fields.
_LARGEST_SIDECAR = 100_000


class BadField(Exception):
    """A field of a table of metadata that cannot be used: its name and what is wrong with it."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(name, problem)
        self.name = name
        self.problem = problem


def metadata_from(values: Mapping[str, object], *, strict: bool = False) -> Metadata:
    """Return what a table of values says of a document.

    Parameters
    ----------
    strict
        Raise for a value that cannot be used, or a name that looks like a misspelt field; otherwise leave it out.
        Other unknown names are left alone: they are the user's own notes.

    Raises
    ------
    BadField
        In strict mode.
    """
    if strict:
        _check_names(values)
    said = {name: first_text(values, *_ALIASES.get(name, (name,))) for name in _FIELDS if name != "published"}
    authors = next((value for key in ("author", "authors") if isinstance(value := values.get(key), list)), [])
    if authors:
        said["author"] = plain(", ".join(str(name) for name in authors if isinstance(name, str))) or None
    if said["grade"] and not _GRADE.fullmatch(said["grade"]):
        if strict:
            raise BadField("grade", f"{said['grade']!r} is no Admiralty grade; write A to F and 1 to 6, such as B2")
        said["grade"] = None
    return Metadata(published=_published(values, strict=strict), **said)


def _published(values: Mapping[str, object], *, strict: bool) -> DateRange | None:
    for name in _ALIASES["published"]:
        value = values.get(name)
        if value is None or value == "":
            continue
        published = parse_published(value)
        if published is None and strict:
            raise BadField(name, f"{str(value)[:100]!r} is no date; write 2020-06-24, 2020-06 or 2020")
        return published
    return None


def _check_names(values: Mapping[str, object]) -> None:
    for name, value in values.items():
        if name not in _KNOWN:
            near = difflib.get_close_matches(name[:50], _KNOWN, n=1, cutoff=0.8)
            if near:
                raise BadField(name, f"no such field; did you mean {near[0]!r}?")
        elif name not in _ALIASES["published"] and not isinstance(value, (str, list, type(None))):
            raise BadField(name, f"must be text in quotes, not {str(value)[:100]}")


def unread_date(values: Mapping[str, object]) -> tuple[str, ...]:
    """Return a note on a publication date that is given and is no date; none where there is nothing to note."""
    given = next((value for name in _ALIASES["published"] if (value := values.get(name)) not in (None, "")), None)
    if given is None or _published(values, strict=False) is not None:
        return ()
    return (f"its date {plain(str(given))[:50]!r} is no date that is understood; write 2020-06-24, 2020-06 or 2020",)


def merge(*sources: Metadata) -> Metadata:
    """Return, for each field, what the first of the sources that says anything says."""
    said = {name: next((v for s in sources if (v := getattr(s, name)) is not None), None) for name in _FIELDS}
    return Metadata(**said)


def metadata_of_name(stem: str) -> Metadata:
    """Return what a file's name tells: ``2020-06-24-strait-closed`` gives the day and "Strait closed"."""
    match = _DATED_NAME.fullmatch(stem)
    published = parse_published(match.group(1)) if match else None
    rest = (match.group(2) or "") if match and published else stem
    words = plain(re.sub(r"[-_]+", " ", rest))
    return Metadata(title=(words[:1].upper() + words[1:]) or None, published=published)


def read_sidecar(file: OwnFile) -> Metadata:
    """Return what the ``.toml`` beside a document says of it.

    Raises
    ------
    BadMetadata
        The file is malformed, or says something that cannot be used; the message names the line.
    """
    text = read_toml_text(file, file.name, largest=_LARGEST_SIDECAR)
    try:
        return metadata_from(parse_toml(text, file.name), strict=True)
    except BadField as bad:
        raise BadMetadata(f"{file.name}, line {line_of(text, bad.name)}: {bad.name}: {bad.problem}") from bad


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a collection's ``sources.toml`` says: of each document, by its path in the collection; and its limits."""

    documents: Mapping[str, Metadata]
    limits: Limits = field(default_factory=Limits)


def read_configuration(origin: Origin) -> Configuration:
    """Return what the collection's ``sources.toml`` says.

    Raises
    ------
    BadMetadata
        The file is malformed, or says something that cannot be used; the message names the line.
    """
    file = origin.own(CONFIGURATION)
    if file is None:
        return Configuration({})
    text = read_toml_text(OwnFile(origin, file), CONFIGURATION)
    known: dict[str, Metadata] = {}
    limits = Limits()
    for key, values in parse_toml(text, CONFIGURATION).items():
        if not isinstance(values, dict):
            line = line_of(text, key)
            raise BadMetadata(f'{CONFIGURATION}, line {line}: {key!r} is no table; write ["path/of/document.txt"]')
        try:
            if key == LIMITS:
                limits = _limits_from(values)
            else:
                known[key] = metadata_from(values, strict=True)
        except BadField as bad:
            line = line_of(text, key, bad.name)
            raise BadMetadata(f"{CONFIGURATION}, line {line}, {key!r}: {bad.name}: {bad.problem}") from bad
    return Configuration(known, limits)


def _limits_from(values: Mapping[str, object]) -> Limits:
    known = [one.name for one in fields(Limits)]
    numbers: dict[str, int] = {}
    for name, value in values.items():
        if name not in known:
            raise BadField(name, f"no such limit; these are: {', '.join(known)}")
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise BadField(name, f"must be a whole number of 1 or more, not {str(value)[:100]}")
        numbers[name] = value
    return Limits(**numbers)
