"""The one place that knows the order of the stages: reading, extraction, assessment."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from briefing_lib.assessment import cases_of, judging, place_of
from briefing_lib.assessment.decisions import read_decisions
from briefing_lib.assessment.linking import link
from briefing_lib.assessment.reach import Reach, sought_by
from briefing_lib.assessment.review import review
from briefing_lib.assessment.strands import Strand
from briefing_lib.cluster import connected, reading_by
from briefing_lib.collecting import seldom
from briefing_lib.errors import BadDate
from briefing_lib.extraction import RULES, Extractor, Skimmer, extractor_named
from briefing_lib.models import Case, Document, FollowThrough, Reading
from briefing_lib.reading import Origin, OwnFile, origin_at, read_files, read_sources
from briefing_lib.store import Kept, Store, store_of_user
from briefing_lib.workers import Share, Workers, cores, in_this_process, workers_for

# A collection's own names and words, beside its documents.
ACTORS, WORDS = "actors.toml", "words.toml"
# Documents whose extractions are kept in one transaction; of an extractor that is asked one by one, each takes so long,
# or costs so much, that none is to be lost.
KEPT_AT_ONCE, ASKED_AT_ONCE = 500, 1


@seldom()
def follow_through(
    sources: str | Path | Origin,
    *,
    as_of: date | None,
    senders: Collection[str] = (),
    targets: Collection[str] = (),
    extractor: str = RULES,
    jobs: int = 1,
    cluster: Any = None,
) -> FollowThrough:
    """Return each threat that the sources tell of, and what came of it as of a day.

    What is read and extracted is kept in the user's store (`briefing_lib.store.store_of_user`), and not done again; of
    sources at a URL, only what is extracted.

    Parameters
    ----------
    sources
        A collection's folder, or one file, or a URL of either (docs/remote-sources.md); or where its files are, as
        `origin_at` gives it, which then knows of those that were fetched.
    as_of
        Nothing published after this day is used; None for the newest publication date in the sources, never today.
    senders, targets
        Canonical names; where given, only cases with one of these senders (or targets) are kept.
    extractor
        What finds threats and outcomes: a name that `extractor_named` knows.
    jobs
        Processes to share a large collection between; 0 for one a core.
    cluster
        The address of a Dask scheduler, or a ``distributed.Client``, to spread reading and extraction over; needs the
        extra ``cluster``.

    Raises
    ------
    UnknownParameter
        There is no extractor of that name.
    SourcesNotFound
        There is no such folder or file.
    BadDate
        No day is given, and no document carries a date.
    UrlUnavailable
        The sources are at a URL that cannot be used.
    ClusterUnavailable
        The cluster is not there, or not fit.
    BadMetadata
        The collection's own metadata cannot be used as it is.
    BadLexicon
        The collection's own words cannot be used as they are.
    BadDecisions
        The collection's ``decisions.toml`` cannot be used as it is.
    """
    origin = origin_at(sources)
    with connected(cluster) as client, store_of_user() or nullcontext() as store:
        reading = _read(origin, client, store)
        as_of = as_of or _newest_day(reading)
        seen = tuple(document for document in reading.documents if _is_known_by(document, as_of))
        reader = extractor_for(origin, extractor)
        kept = kept_of(seen, reader, store=store, share=partial(workers_for, jobs=jobs or cores(), cluster=client))
        strands = _linked(kept, store, reader.version)
    extractions = [one.extraction for one in kept]
    judge = judging(extractions, as_of=as_of)
    reviewed = review(cases_of(strands, judge), read_decisions(origin), as_of=as_of, judge=judge)
    found = FollowThrough(
        as_of=as_of,
        documents=seen,
        skipped=reading.skipped,
        cases=tuple(sorted(reviewed.cases, key=place_of)),
        collection=reading.name,
        later=len(reading.documents) - len(seen),
        rejected=tuple(reviewed.rejected),
        unfit=reviewed.unfit,
        extractor=reader.name,
        notes=tuple(f"{one.document.path}: {note}" for one in extractions for note in one.notes),
        lasting=all(one.lasting for one in extractions),
    )
    return _between(found, senders, targets)


def _read(origin: Origin, client: Any, store: Store | None) -> Reading:
    # What is fetched from elsewhere is not written to this machine.
    here = partial(read_files, memory=None if origin.is_remote else store)
    return read_sources(origin, by=reading_by(client) if client else here)


@seldom()
def kept_of(
    documents: Sequence[Document],
    reader: Extractor,
    *,
    store: Store | None = None,
    share: Share = in_this_process,
    in_full: bool = False,
) -> list[Kept]:
    """Return what each document says, in order: all of it that can bear on a threat in any of them.

    Documents that hold no threat are read on only where they can bear on one of another; the cases are those that
    reading everything gives.

    Parameters
    ----------
    store
        Where it is kept, and looked up first; None to keep nothing.
    share
        What shares out the work of an extractor: `workers_for`, with its choices made.
    in_full
        Leave nothing out of what is looked up, though it is known to bear on no threat of the documents.
    """
    if store is None:
        return _extracted(documents, [None] * len(documents), reader, store, share)
    version = reader.version
    held = store.find(documents, version, in_full=in_full)
    missing = [at for at, kept in enumerate(held) if kept is None]
    if not missing:
        return _extracted(documents, held, reader, store, share)
    with store.turn(documents, version):
        # Who had the turn before may have found what is missing.
        for at, kept in zip(missing, store.find([documents[at] for at in missing], version, in_full=True), strict=True):
            held[at] = kept
        whole = _extracted(documents, held, reader, store, share)
    if any(whole[at].extraction.threats for at in missing) and any(kept.settled for kept in whole):
        # What bore on no threat so far may bear on a new one.
        return kept_of(documents, reader, store=store, share=share, in_full=True)
    return whole


def _linked(kept: Sequence[Kept], store: Store | None, version: str) -> list[Strand]:
    """Link what was found, and keep of each document what bears on a threat, where that was not known yet."""
    strands = link([one.extraction for one in kept])
    if store:
        _settle(kept, strands, store, version)
    return strands


def _settle(kept: Sequence[Kept], strands: Iterable[Strand], store: Store, version: str) -> None:
    telling: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for strand in strands:
        for document, start, end in strand.told_in:
            telling[document].add((start, end))
    store.settle(kept, telling, version)


def _extracted(
    documents: Sequence[Document], held: Sequence[Kept | None], reader: Extractor, store: Store | None, share: Share
) -> list[Kept]:
    """Extract what is not held yet, and read on where that can bear on a threat."""
    version = reader.version
    missing = [at for at, kept in enumerate(held) if kept is None]
    if not isinstance(reader, Skimmer):
        found = (Kept(reader.extract(documents[at])) for at in missing)
        return _filled(held, missing, found, store, version, at_once=ASKED_AT_ONCE)
    with share(reader) as workers:
        skimmed = map(Kept, workers.skim([documents[at] for at in missing]))
        whole = _filled(held, missing, skimmed, store, version)
        reach = Reach(sought_by(threat for kept in whole for threat in kept.extraction.threats), reader.lexicon)
        return _read_on(whole, reach, workers, store, version)


def _read_on(whole: list[Kept], reach: Reach, workers: Workers, store: Store | None, version: str) -> list[Kept]:
    """Read on where what was left unread can bear on a threat that it was not weighed against yet."""
    open_: dict[str, list[int]] = defaultdict(list)
    for at, kept in enumerate(whole):
        if kept.extraction.unread and kept.weighed != reach.mark:
            open_[kept.weighed].append(at)
    if store and open_:
        store.keep_sought(reach.mark, reach.marks)
    for mark, places in open_.items():
        further = reach.beyond(store.sought_by(mark) if store else frozenset())
        read = workers.read_on([whole[at].extraction for at in places], further)
        whole = _filled(whole, places, (Kept(one, reach.mark) for one in read), store, version)
    return whole


def _filled(
    held: Sequence[Kept | None],
    places: Sequence[int],
    found: Iterable[Kept],
    store: Store | None,
    version: str,
    *,
    at_once: int = KEPT_AT_ONCE,
) -> list[Kept]:
    """Put what was found in its places, and keep it, some at a time, so that a run that is stopped loses little."""
    whole = list(held)
    fresh: list[Kept] = []
    weighed: dict[str, list[Document]] = defaultdict(list)
    for at, kept in zip(places, found, strict=True):
        before, whole[at] = whole[at], kept
        if before is not None and before.weighed and before.extraction is kept.extraction:
            weighed[kept.weighed].append(kept.extraction.document)
            continue
        fresh.append(kept)
        if store and len(fresh) == at_once:
            store.keep(fresh, version)
            fresh = []
    if store:
        store.keep(fresh, version)
        for mark, documents in weighed.items():
            store.weigh(documents, version, mark)
    return [kept for kept in whole if kept is not None]


def extractor_for(sources: str | Path | Origin, name: str) -> Extractor:
    """Return the extractor of a name, with what a collection tells it of its own.

    Raises
    ------
    UnknownParameter
        There is no extractor of that name.
    BadMetadata, BadLexicon
        The collection's own names or words cannot be used as they are.
    """
    origin = origin_at(sources)
    return extractor_named(name, actors=_own(origin, ACTORS), words=_own(origin, WORDS))


def _own(origin: Origin, name: str) -> OwnFile | None:
    """Return a file of a collection's own, or None where it has none; a single file has none."""
    file = origin.own(name) if origin.is_folder else None
    return OwnFile(origin, file) if file else None


def _newest_day(reading: Reading) -> date:
    known = [one.published.end for one in reading.documents if one.published and one.published.end]
    if not known:
        raise BadDate(f"no document in {reading.name} carries a publication date; say as_of, such as 2020-06-24")
    return max(known)


def _is_known_by(document: Document, as_of: date) -> bool:
    """Tell whether a document was out by a day; one without a date is taken as known, and its note says so."""
    published = document.published
    return published is None or published.end is None or published.end <= as_of


def _between(found: FollowThrough, senders: Collection[str], targets: Collection[str]) -> FollowThrough:
    """Leave out the cases of other senders and targets than those wanted; where none are named, all are."""
    cases, rejected = (
        tuple(case for case in part if _is_between(case, senders, targets)) for part in (found.cases, found.rejected)
    )
    left_out = tuple(case for case in found.cases if not _is_between(case, senders, targets))
    return replace(
        found, cases=cases, rejected=rejected, senders=tuple(senders), targets=tuple(targets), left_out=left_out
    )


def _is_between(case: Case, senders: Collection[str], targets: Collection[str]) -> bool:
    wanted_sender = not senders or case.sender.name in senders
    wanted_target = not targets or (case.target is not None and case.target.name in targets)
    return wanted_sender and wanted_target
