"""What is asked for, resolved and checked before anything runs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from briefing_lib.errors import BadDate, NotThere, SourcesNotFound, UnknownParameter
from briefing_lib.extraction import RULES, extractor_named
from briefing_lib.publishing import places, provenance
from briefing_lib.publishing.earlier import last_before
from briefing_lib.publishing.execution import load
from briefing_lib.publishing.parameters import chosen, converted, parameters_of
from briefing_lib.reading import named, not_found, origin_at

FORMATS = ("html", "pdf")
CELL_SECONDS = 600
# The notebook's parameter that names the table of the briefing before, filled in where a person leaves it empty.
PREVIOUS = "previous"
DEFAULT_NOTEBOOK = Path("notebooks") / "3-briefing.ipynb"


@dataclass(frozen=True, slots=True)
class Request:
    """What to render.

    Attributes
    ----------
    sources
        A collection's folder or a file, or a URL of either, or None for the notebook's own default.
    as_of
        The day of the briefing; reaches the notebook where it has a parameter of that name.
    written
        Parameters as a person wrote them, name and text.
    extractor
        What finds threats and outcomes, or an empty string for the notebook's own default.
    formats
        Of ``FORMATS``. The page is always made, since the PDF is made from it.
    output
        The folder that holds a folder for each collection.
    cell_seconds
        How long one cell may take.
    """

    notebook: Path
    as_of: date
    sources: str | Path | None = None
    written: tuple[tuple[str, str], ...] = ()
    extractor: str = ""
    formats: tuple[str, ...] = FORMATS
    output: Path = Path("outputs")
    cell_seconds: int = CELL_SECONDS


@dataclass(frozen=True, slots=True)
class Plan:
    """A request with everything resolved and checked."""

    request: Request
    notebook: Path
    sources: str | Path
    collection: str
    as_of: date
    place: Path
    parameters: dict[str, Any]
    senders: tuple[str, ...]
    targets: tuple[str, ...]
    extractor: str

    def asked(self) -> dict[str, Any]:
        """Return what was asked for, for the record of the run."""
        return {
            "collection": self.collection,
            "as_of": self.as_of.isoformat(),
            "notebook": {"name": self.notebook.name, "sha256": provenance.hash_of(self.notebook)},
            "parameters": self.parameters,
            "formats": list(self.request.formats),
        }


def default_notebook() -> Path:
    """Return the briefing's own notebook: the checkout's, else the one installed with the package.

    Raises
    ------
    NotThere
        Neither is there. The working folder is not searched: a notebook is code, and runs only where it was named.
    """
    package = Path(__file__).resolve().parent.parent
    for root in (package.parent, package):
        if (root / DEFAULT_NOTEBOOK).is_file():
            return root / DEFAULT_NOTEBOOK
    raise NotThere(f"no {DEFAULT_NOTEBOOK.as_posix()} beside the package; name a notebook to render")


def plan_of(request: Request) -> Plan:
    """Resolve and check a request.

    Raises
    ------
    UnknownParameter
        The notebook takes no such parameter, or a value is of the wrong type, or one that a cell of it would refuse.
    SourcesNotFound
        There are no such sources, or no such earlier table.
    BadDate
        The day is none.
    NotThere
        There is no such notebook.
    """
    notebook = request.notebook.absolute()
    known = parameters_of(load(notebook), name=notebook.name)
    defaults = {parameter.name: parameter.default for parameter in known}
    given: dict[str, Any] = {}
    if request.sources is not None:
        asked = named(request.sources)
        given["sources"] = str(asked.absolute() if isinstance(asked, Path) else asked)
    if request.extractor:
        given["extractor"] = request.extractor
    given |= converted(known, request.written, notebook=notebook.name)
    sources = _sources(given.get("sources") or defaults.get("sources"), notebook)
    as_of = _day(given.get("as_of") or request.as_of.isoformat())
    own = {"sources": _named_for(sources, notebook), "as_of": as_of.isoformat()}
    given |= {name: value for name, value in own.items() if name in defaults}
    collection = origin_at(sources).name
    place = places.destination(request.output.absolute(), collection=collection, as_of=as_of)
    if defaults.get(PREVIOUS) == "" and PREVIOUS not in given:
        given[PREVIOUS] = _previous(place, defaults | given, notebook)
    parameters = chosen(known, given, notebook=notebook.name)
    values: dict[str, Any] = defaults | parameters
    _require_usable(values, defaults, notebook)
    return Plan(
        request=request,
        notebook=notebook,
        sources=sources,
        collection=collection,
        as_of=as_of,
        place=place,
        parameters=parameters,
        senders=tuple(values.get("senders") or ()),
        targets=tuple(values.get("targets") or ()),
        extractor=values.get("extractor") or RULES,
    )


def _require_usable(values: dict[str, Any], defaults: dict[str, Any], notebook: Path) -> None:
    """Refuse what one of the notebook's cells would, before a kernel is started for it.

    A name means what it does in the briefing's own notebook where its default does: another notebook's ``marking`` may
    be of another scheme.
    """
    changed = {name: value for name, value in values.items() if value != defaults.get(name)}
    if "marking" in changed or "yardstick" in changed:
        from briefing_lib.assessment.likelihood import yardstick_of
        from briefing_lib.presentation.front import sharing_of

        for name, look_up in (("marking", sharing_of), ("yardstick", yardstick_of)):
            if name in changed and _is_known(defaults.get(name), look_up):
                look_up(changed[name])
    if changed.get("extractor") and defaults.get("extractor") == RULES:
        extractor_named(changed["extractor"])
    previous = changed.get(PREVIOUS)
    if previous and defaults.get(PREVIOUS) == "" and _found(Path(previous), notebook) is None:
        where = f"there is no {previous!r} in the notebook's folder or one above it"
        raise SourcesNotFound(f"{where}; give the full path of a briefing's cases.json as {PREVIOUS!r}")


def _is_known(value: Any, look_up: Callable[[str], object]) -> bool:
    try:
        look_up(value)
    except UnknownParameter:
        return False
    return True


def _previous(place: Path, values: dict[str, Any], notebook: Path) -> str:
    """Return the table of the collection's briefing before this one, as the notebook is told of it, or nothing."""
    found = last_before(
        place,
        senders=values.get("senders") or (),
        targets=values.get("targets") or (),
        extractor=values.get("extractor") or RULES,
    )
    return _named_for(found, notebook) if found else ""


def _named_for(place: str | Path, notebook: Path) -> str:
    """Return a place as the notebook, which runs in its own folder, is told of it: a URL as it is.

    Within a project by a relative path, so that the briefing is the same wherever the project lies, and tells nobody
    where that is.
    """
    if isinstance(place, str):
        return place
    project = notebook.parent.parent
    if place.is_relative_to(notebook.parent):
        return place.relative_to(notebook.parent).as_posix()
    if place.is_relative_to(project):
        return f"../{place.relative_to(project).as_posix()}"
    return str(place)


def _sources(name: object, notebook: Path) -> str | Path:
    """Return the sources' full path or URL; a relative default counts from the notebook's folder or one above it."""
    if not isinstance(name, str) or not name:
        raise SourcesNotFound(f"{notebook.name} names no sources; give --sources with a folder or a file")
    place = named(name)
    if isinstance(place, str):
        return place
    found = _found(place, notebook)
    if found is None:
        raise not_found(place)
    return found


def _found(place: Path, notebook: Path) -> Path | None:
    """Return a path from the notebook's folder or the nearest above it that holds it, as its cells find it."""
    folders = (notebook.parent, *notebook.parent.parents)
    return next((folder / place for folder in folders if (folder / place).exists()), None)


def _day(text: object) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError as error:
        raise BadDate(f"{text!r} is no day; write it as 2020-06-24") from error
