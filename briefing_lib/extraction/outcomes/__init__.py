"""What came of a threat: statements about threats and plans, and plain reports of acts done, not done or undone."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from briefing_lib.extraction.acts import noun_class
from briefing_lib.extraction.announced import is_done_as_said
from briefing_lib.extraction.candidates import aims_of
from briefing_lib.extraction.conditions import conditions_in
from briefing_lib.extraction.details import anchor_of, content_terms
from briefing_lib.extraction.explicit import demanded_by_deadline
from briefing_lib.extraction.extractor import Told
from briefing_lib.extraction.framing import is_at_distance
from briefing_lib.extraction.lexicon import Lexicon
from briefing_lib.extraction.outcomes.clauses import (
    Found,
    clause_of,
    deed_words,
    doer_in,
    is_partial,
    named_words,
)
from briefing_lib.extraction.outcomes.deeds import deed_of
from briefing_lib.extraction.outcomes.pointing import referent
from briefing_lib.extraction.outcomes.reported import reported_by_verb
from briefing_lib.extraction.outcomes.said_of import presupposed, stated_by_noun
from briefing_lib.extraction.outcomes.stated import stated_by_adjective, stated_by_verb
from briefing_lib.extraction.scene import Reader
from briefing_lib.extraction.statements import Statements, statements_in
from briefing_lib.models import (
    Actor,
    ActorType,
    DateRange,
    Deed,
    Document,
    Mode,
    Outcome,
    Passage,
    PassageKind,
    Status,
    Threat,
)
from briefing_lib.reading import find_dates, resolve_date

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Parse, Stretch, Token

__all__ = ["find_outcomes"]

# A statement about one of these says what the sender did; the others say what the target did, or nobody.
_OF_SENDER = frozenset(
    {Status.CARRIED_OUT, Status.PARTLY_CARRIED_OUT, Status.SUSPENDED, Status.WITHDRAWN, Status.NOT_CARRIED_OUT}
)


def find_outcomes(
    passage: Passage,
    doc: "Parse",
    reader: Reader,
    threats: Sequence[Threat],
    *,
    may_bear: Callable[[Told], bool] | None = None,
) -> Iterator[Outcome]:
    """Yield what a passage says came of threats, in order.

    Parameters
    ----------
    threats
        The threats of the document so far, this passage's included: what "that threat" can point at.
    may_bear
        Where it says no, an outcome is left out before it is asked who did it; None to leave out none.
    """
    statements: Statements | None = None
    for sentence in doc.sents:
        low, high = passage.start + sentence.start_char, passage.start + sentence.end_char
        threatens = any(t.passage.start < high and low < t.passage.end for t in threats)
        blocked = {i for c in conditions_in(sentence, reader.lexicon) for i in range(c.start, c.end)}
        days: list[tuple[int, DateRange]] | None = None
        for token in sentence:
            if token.i in blocked:
                continue
            for found in _at(token, reader.lexicon):
                if found.announced and (threatens or blocked):
                    continue
                if may_bear is not None and not may_bear(_told(found, sentence, reader.lexicon)):
                    continue
                if statements is None:
                    statements = statements_in(doc, reader.cast, passage.start, reader.voice, reader.lexicon)
                if days is None:
                    days = _days_in(sentence, passage)
                outcome = _outcome(found, sentence, passage, reader, statements, threats, days)
                if outcome is not None:
                    yield outcome


def _told(found: Found, sentence: "Stretch", lexicon: Lexicon) -> Told:
    return Told(_terms_of(found), found.status, found.stated, _mode_in(found, lexicon), sentence.text)


def _at(token: "Token", lexicon: Lexicon) -> Iterator[Found]:
    if token.pos_ in {"VERB", "AUX"}:
        if token.dep_ in {"amod", "compound", "aux", "auxpass"} or is_at_distance(token, lexicon):
            return
        if is_done_as_said(token) and not _is_meanwhile(token):
            status = Status.PARTLY_CARRIED_OUT if is_partial(token, lexicon) else Status.CARRIED_OUT
            yield Found(token, status, True, doer_in(token), None, "done as it was threatened", deed=token)
            return
        stated = stated_by_verb(token, lexicon)
        if stated is not None:
            yield stated
            return
        if any(demanded_by_deadline(token, lexicon)):
            return  # "gave it until Friday to leave" tells the ultimatum again
        reported = reported_by_verb(token, lexicon)
        if reported is not None:
            yield reported
    elif token.pos_ == "ADJ":
        kept = stated_by_adjective(token, lexicon)
        if kept is not None:
            yield kept
    elif token.pos_ == "NOUN":
        yield from stated_by_noun(token, lexicon)
        taken = presupposed(token, lexicon)
        if taken is not None:
            yield taken


def _is_meanwhile(verb: "Token") -> bool:
    """Tell whether "as they warned that …" tells of another warning at the same time, not of this act foretold."""
    clauses = [c for c in verb.children if c.dep_ == "advcl" and any(g.lower_ == "as" for g in c.children)]
    return any(
        g.dep_ in {"ccomp", "xcomp"} and g.i > c.i for c in clauses for g in c.children if g.pos_ == "VERB"
    ) and not any(g.lemma == "do" for c in clauses for g in c.subtree)


# --- who, to whom, when -----------------------------------------------------------------------------------------------


def _outcome(
    found: Found,
    sentence: "Stretch",
    passage: Passage,
    reader: Reader,
    statements: Statements,
    threats: Sequence[Threat],
    days: list[tuple[int, DateRange]],
) -> Outcome | None:
    """Return the outcome with its parties, or None where its words mean something only beside a threat and none is."""
    offset = passage.start
    actor = _resolved(found.actor, statements, reader, offset)
    threat = referent(found, sentence, passage, threats, actor, reader)
    if threat is None and found.stated and actor is None and found.status in _OF_SENDER:
        threat = _of_speaker(found, statements, passage, threats, reader)
    if found.stated and (found.near or found.within) and threat is None:
        return None
    if threat is not None and found.near and _is_condition_met(found, threat):
        return None
    if threat is not None and found.actor is not None and found.actor.pos_ in {"PRON", "DET"}:
        actor = threat.target if found.status is Status.TARGET_COMPLIED else threat.sender
    if found.announced and not found.stated and found.actor is not None and actor is None:
        return None  # nobody knows whose word it is
    terms = _terms_of(found)
    deed = deed_of(found, reader.lexicon)
    if not found.stated and found.deed is not None and not _says_enough(found, actor, terms, deed):
        return None
    start, end = clause_of(found.head, sentence)
    span = sentence.doc[start:end]
    low, high = offset + span.start_char, offset + span.end_char
    return Outcome(
        status=found.status,
        passage=Passage(passage.document, low, high, PassageKind.CLAUSE),
        stated=found.stated,
        actor=actor,
        target=_aimed_at(found, actor, reader, offset, low, high),
        terms=terms,
        mode=_mode_in(found, reader.lexicon),
        refers_to=threat,
        on=_nearest(_of_own_clause(days, found.head), found.head.idx, passage.document),
        reasons=(found.reason,),
        deed=deed,
    )


def _is_condition_met(found: Found, threat: Threat) -> bool:
    """Tell whether "it was put off" is said of what a threat depends on ("if the vote was put off"), by its verb."""
    if found.status not in {Status.SUSPENDED, Status.WITHDRAWN} or found.about is None:
        return False
    return f" {found.head.lower_} " in f" {threat.condition.lower()} "


def _of_speaker(
    found: Found, statements: Statements, passage: Passage, threats: Sequence[Threat], reader: Reader
) -> Threat | None:
    """Return the one threat so far of whoever says "the order is cancelled", where that is all that is said of it."""
    if found.near or found.about is None or any(True for _ in found.about.children if _.dep_ in {"compound", "prep"}):
        return None
    party = statements.speaker_of(found.head)
    if party is None or party.actor is None:
        return None
    side = reader.cast.home_of(party.actor).name
    place = passage.start + found.head.idx
    mine = [t for t in threats if t.passage.start < place and side in {t.sender.name, t.sender.home}]
    return mine[0] if len(mine) == 1 else None


def _mode_in(found: Found, lexicon: Lexicon) -> Mode:
    if found.act is not None:
        return found.act.mode
    return Mode.UNSPECIFIED if found.state is not None else _mode_of(found.about, lexicon)


def _says_enough(found: Found, actor: Actor | None, terms: tuple[str, ...], deed: Deed | None) -> bool:
    """Tell whether a plain report names somebody, or enough of what was done, to be compared with anything."""
    costly = found.act is not None and bool(found.act.cost)
    if deed is not None and deed.undergoers and found.status is Status.NOT_CARRIED_OUT:
        return True  # "nothing was signed"
    if deed is not None and bool(deed.doer or deed.undergoers) and bool(deed.lasts or deed.again):
        return True
    if deed is not None and deed.doer and not (found.actor is not None and found.actor.pos_ == "PRON"):
        return True
    return actor is not None or costly or len(terms) > 1


def _terms_of(found: Found) -> tuple[str, ...]:
    words: Iterable[Token]
    if found.state is not None and found.about is not None:
        words = (found.state, *named_words(found.about))
    elif found.deed is not None:
        words = deed_words(found.deed)
    elif found.about is not None:
        words = named_words(found.about)
    elif found.stated:
        return ()
    else:
        words = deed_words(found.head)
    return content_terms(words)


def _mode_of(about: "Token | None", lexicon: Lexicon) -> Mode:
    kind = noun_class(about, lexicon) if about is not None else None
    return kind.mode if kind else Mode.UNSPECIFIED


def _resolved(token: "Token | None", statements: Statements, reader: Reader, offset: int) -> Actor | None:
    if token is None:
        return None
    party = reader.cast.party(token, offset)
    if party.role == "own":
        speaker = statements.speaker_of(token)
        party = speaker if speaker is not None else party
    if party.actor is None or party.role == "newsroom":
        return None
    return party.actor


_OWN = frozenset({"its", "his", "her"})


def _aimed_at(found: Found, actor: Actor | None, reader: Reader, offset: int, low: int, high: int) -> Actor | None:
    cast = reader.cast
    verb = found.head
    mine = {actor.name, cast.home_of(actor).name} if actor else set()
    aims = aims_of(verb) if verb.pos_ == "VERB" else iter(())
    # "Called off its strike": whose it is who calls it off.
    own = found.about is not None and any(c.dep_ == "poss" and c.lower_ in _OWN for c in found.about.children)
    near = [*aims, *([found.about] if found.about is not None else [])]
    near = [token for token in near if not (own and token == found.about)]
    for token in near:
        party = cast.party(token, offset)
        # "The army's plans": a body that nothing tells apart is nobody's other side.
        unknown = (
            party.role in {"collectives", "thing"} and party.actor is not None and party.actor.type is ActorType.GROUP
        )
        if party.actor is not None and not unknown and cast.home_of(party.actor).name not in mine:
            return cast.home_of(party.actor)
    # Who stands before the verb acts too, or is where it happens; who stands after it may be whom it is done to.
    beside = {offset + t.idx for c in verb.subtree if c.dep_ == "relcl" for t in c.subtree}
    start = max(low, offset + verb.idx)
    names = {cast.home_of(m.entry.actor).name for m in cast.within(start, high) if m.start not in beside}
    others = [one for one in cast.others_than(actor, start, high) if one.name in names]
    return others[0] if others else None


def _days_in(sentence: "Stretch", passage: Passage) -> list[tuple[int, DateRange]]:
    """Return the days that a sentence names, each with its place in the parse, none later than publication."""
    document = passage.document
    published = document.published.end if document.published else None
    day = anchor_of(passage, sentence) if published is not None else None
    found = []
    for mention in find_dates(sentence.text):
        dates = resolve_date(mention.words, published=day)
        if dates is not None and (day is None or dates.start is None or dates.start <= day):
            found.append((sentence.start_char + mention.start, _not_after(dates, day)))
    return found


def _not_after(dates: DateRange, day: date | None) -> DateRange:
    if day is not None and dates.end is not None and dates.end > day:
        return replace(dates, end=day)
    return dates


def _of_own_clause(days: list[tuple[int, DateRange]], head: "Token") -> list[tuple[int, DateRange]]:
    """Leave out the days of relative clauses: "the strike that was to start on Monday was called off on Thursday"."""
    inner = {
        t.idx for c in head.subtree if c.dep_ in {"relcl", "acl"} and c != head for t in c.subtree if t.i != head.i
    }
    return [(place, day) for place, day in days if place not in inner]


def _nearest(days: list[tuple[int, DateRange]], place: int, document: Document) -> DateRange | None:
    """Return the day that stands nearest to a word in its sentence, else that of publication."""
    return min(days, key=lambda pair: abs(pair[0] - place))[1] if days else document.published
