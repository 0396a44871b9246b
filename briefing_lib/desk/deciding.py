"""`briefing decide` and `briefing decisions`."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from briefing_lib import console
from briefing_lib.desk.clock import now
from briefing_lib.desk.options import AsJson, AsOf, Collection, Debug, Extractor, Quiet, fields, place_of
from briefing_lib.errors import BriefingError, UnknownParameter
from briefing_lib.models import Decision, DecisionKind, FollowThrough


class DecisionsUnfit(BriefingError):
    """Some decisions of a collection are not applied any more."""


def decide(
    collection: Collection,
    case: Annotated[str, typer.Argument(metavar="CASE", help="Its id or its start, or its number in the table.")],
    kind: Annotated[DecisionKind, typer.Argument(metavar="KIND", help="What is decided.")],
    *,
    why: Annotated[str, typer.Option("--why", "-w", help="The reason, in words.")] = "",
    by: Annotated[str, typer.Option("--by", help="Who decides; BRIEFING_ANALYST or your login if not given.")] = "",
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="Of correct; may be repeated.", autocompletion=fields),
    ] = None,
    into: Annotated[str, typer.Option("--into", metavar="CASE", help="Of merge: the case that stays.")] = "",
    part: Annotated[
        list[str] | None, typer.Option("--part", metavar="WORDS", help="Of split: words of a quote that goes.")
    ] = None,
    as_of: AsOf = "",
    extractor: Extractor = "rules",
    as_json: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Decide on a case, as an analyst.

    The decision goes to the collection's decisions.toml with the words that it
    rests on, and counts for as long as the sources say them.
    """
    with console.told(debug=debug):
        from briefing_lib.assessment import deciding
        from briefing_lib.assessment.decisions import add_decision
        from briefing_lib.briefing import analyst

        place = place_of(collection)
        _require(kind, why=why, set_=set_, into=into, part=part)
        found = _table(place, as_of, extractor, quiet=quiet or as_json)
        signed = deciding.Signature(by or analyst(), now(), why)
        made = deciding.decide(found, case, kind, signed, fields=_values(set_ or ()), into=into, parts=part or ())
        path = add_decision(place, made)
        if as_json:
            console.say(console.neutral_json(_plain(made)))
        elif not quiet:
            told = f"{made.case} as of {made.as_of.isoformat()}: {made.kind.value} by {console.neutral(made.by)}"
            console.say(f"{told}, in {console.shown(path)}")


def decisions(
    collection: Collection,
    *,
    export: Annotated[
        Path | None, typer.Option("--export", metavar="DIR", help="Write what was reviewed as a gold set.")
    ] = None,
    as_of: AsOf = "",
    extractor: Extractor = "rules",
    as_json: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """List what analysts decided.

    Ends with 1 where a decision no longer fits: the sources do not say any more what it expects.
    """
    with console.told(debug=debug):
        from briefing_lib.assessment.decisions import read_decisions

        place = place_of(collection)
        found = _table(place, as_of, extractor, quiet=quiet or as_json)
        reasons = {one.decision: one.reason for one in found.unfit}
        rows = [_standing(one, reasons, found) for one in read_decisions(place)]
        if export is not None:
            _export(found, export, quiet=quiet or as_json)
        if as_json:
            console.say(console.neutral_json(rows))
        elif not quiet:
            _list(rows)
        if reasons:
            raise DecisionsUnfit(
                f"{len(reasons)} of {len(rows)} decisions do not fit and were not applied; decide again"
            )


def _table(place: Path, as_of: str, extractor: str, *, quiet: bool) -> FollowThrough:
    from briefing_lib import briefing

    with console.progress(shown=not quiet) as line:
        line.show(f"Reading {place} …")
        return briefing.follow_through(str(place.absolute()), as_of=as_of, extractor=extractor)


def _require(kind: DecisionKind, *, why: str, set_: object, into: str, part: object) -> None:
    """Raise UnknownParameter where an option is missing, before anything is read."""
    own = {
        DecisionKind.CORRECT: (set_, "--set FIELD=VALUE"),
        DecisionKind.MERGE: (into, "--into CASE"),
        DecisionKind.SPLIT: (part, "--part WORDS"),
    }
    given, option = own.get(kind, (True, ""))
    missing = [name for name, value in ((option, given), ("--why REASON", why.strip())) if not value]
    if missing:
        raise UnknownParameter(f"to {kind.value} a case takes {' and '.join(missing)}")


def _values(pairs: Iterable[str]) -> dict[str, str]:
    split = [pair.partition("=") for pair in pairs]
    wrong = [name for name, sign, _ in split if not sign]
    if wrong:
        raise UnknownParameter(f"--set {wrong[0]} has no value; write --set status=suspended")
    return {name.strip(): value.strip() for name, _, value in split}


def _plain(made: Decision) -> dict[str, Any]:
    return {"case": made.case, "kind": made.kind.value, "by": made.by, "at": made.at, "as_of": made.as_of.isoformat(),
            "why": made.why, "fields": dict(made.fields), "into": made.into or None}  # fmt: skip


def _standing(made: Decision, reasons: dict[Decision, str], found: FollowThrough) -> dict[str, Any]:
    state = "not fit" if made in reasons else "fit" if made.as_of <= found.as_of else "later"
    return {**_plain(made), "state": state, "reason": reasons.get(made)}


def _list(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        reason = f" – {row['reason']}" if row["reason"] else ""
        line = f"{row['state']:8}{row['kind']:8}{row['case']}  {row['by']}, {row['at'][:10]}: {row['why']}{reason}"
        console.say(console.neutral(" ".join(line.split("\n"))))
    if not rows:
        console.say("no decisions")


def _export(found: FollowThrough, folder: Path, *, quiet: bool) -> None:
    from briefing_lib.desk.export import export_gold

    many = export_gold(found, folder)
    if not quiet:
        documents = f"{many} document{'' if many == 1 else 's'}"
        console.say(f"{console.shown(folder)}: {documents}; briefing evaluate {console.shown(folder)}")
