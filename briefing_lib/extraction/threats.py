"""A document's sentences → the threats in them: who threatens whom, of what, when, on what condition."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing_lib.extraction.actors import OWN, YOURS, Cast, Party
from briefing_lib.extraction.candidates import ENOUGH, Candidate, aims_of, candidates_in
from briefing_lib.extraction.details import (
    act_words,
    condition_words,
    content_lemmas,
    deadline_of,
    evidence_of,
    issued_of,
    kind_of,
)
from briefing_lib.extraction.framing import governor_of
from briefing_lib.extraction.grammar import subject_of
from briefing_lib.extraction.lexicon import WEAK, Lexicon, load_lexicon
from briefing_lib.extraction.statements import Statements, Voice, sentence_speaker, statements_in
from briefing_lib.models import Actor, ActorType, Modality, Mode, Passage, Threat

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


@dataclass(frozen=True, slots=True)
class Reader:
    """What finding threats in a document needs: its cast, its voice, the word lists."""

    cast: Cast
    voice: Voice
    lexicon: Lexicon


def find_threats(passage: Passage, doc: "Doc", reader: Reader) -> Iterator[Threat]:
    """Yield the threats that a passage tells of, in order; one a frame, however many acts it names.

    Parameters
    ----------
    passage
        A paragraph; its offset places the parse in the document.
    doc
        The passage's parse.
    reader
        What is known of the document.
    """
    statements = statements_in(doc, reader.cast, passage.start, reader.voice, reader.lexicon)
    for sentence in doc.sents:
        found = [
            pair
            for candidate in candidates_in(sentence, reader.lexicon, own_words=set(statements.own))
            if (pair := _threat(candidate, sentence, passage, statements, reader)) is not None
        ]
        yield from (threat for _, threat in _apart(found))


def _apart(found: list[tuple[Candidate, Threat]]) -> list[tuple[Candidate, Threat]]:
    """Keep one threat of each stretch of words: the explicit frame before the announced one."""
    kept: list[tuple[Candidate, Threat]] = []
    for candidate, threat in sorted(found, key=lambda pair: (-pair[0].points, pair[1].passage.start)):
        if not any(_is_same_frame(candidate, threat, *other) for other in kept):
            kept.append((candidate, threat))
    return sorted(kept, key=lambda pair: pair[1].passage.start)


def _is_same_frame(candidate: Candidate, threat: Threat, other: Candidate, kept: Threat) -> bool:
    if candidate.head == other.head or (
        candidate.head in other.head.subtree and other.frame in {"threaten", "ultimatum"}
    ):
        return True
    start, end = max(threat.passage.start, kept.passage.start), min(threat.passage.end, kept.passage.end)
    shorter = min(threat.passage.end - threat.passage.start, kept.passage.end - kept.passage.start)
    return (end - start) * 2 >= shorter


def _threat(
    candidate: Candidate, sentence: "Span", passage: Passage, statements: Statements, reader: Reader
) -> tuple[Candidate, Threat] | None:
    """Return the candidate's threat, or None where it has too few points or nobody who can threaten."""
    cast, offset = reader.cast, passage.start
    party = _sender_party(candidate, sentence, statements, cast, offset)
    if party is None or not _may_send(party, candidate):
        return None
    if candidate.act is not None and candidate.act.neutral and not _depends_on_another(candidate, party, cast, offset):
        return None
    if not _is_own_act(candidate, party, statements, cast, offset, reader.lexicon):
        return None
    if candidate.frame == "against" and _warns_its_own(candidate, party, cast, offset):
        return None
    if _is_told_by_another(candidate, party, cast, offset, reader.lexicon):
        return None
    target = _target(candidate, party, sentence, passage, cast)
    points = candidate.points
    act = candidate.act
    if (
        act is not None
        and not act.refusal
        and (act.cost == WEAK or candidate.frame == "decide")
        and _is_aimed(candidate, party, cast, offset)
    ):
        points += 1
    if (
        candidate.act is not None
        and candidate.act.military
        and candidate.act.cost == WEAK
        and _is_again(candidate, reader.lexicon)
    ):
        points += 1
    if candidate.frame == "none" and _continues_speech(candidate, party, sentence, cast, offset, reader.lexicon):
        points += 1
    if points < ENOUGH:
        return None
    own = candidate.actor is not None and candidate.act is not None and not candidate.act.borne
    doer = cast.party(candidate.actor, offset) if own and candidate.actor is not None else None
    sender, speaker = _sender(party, target, sentence, cast, offset, statements, doer)
    if sender is None:
        return None
    deadline_words, deadline = deadline_of(candidate, sentence, passage)
    threat = Threat(
        sender=sender,
        target=target,
        speaker=speaker,
        act=act_words(candidate, passage),
        kind=kind_of(candidate),
        mode=candidate.act.mode if candidate.act else Mode.UNSPECIFIED,
        modality=_modality(candidate),
        condition=condition_words(candidate, passage),
        deadline_words=deadline_words,
        deadline=deadline,
        issued=issued_of(candidate, sentence, passage, is_voice=statements.voice.party is not None),
        terms=content_lemmas(candidate),
        passage=evidence_of(candidate, sentence, passage),
        reasons=candidate.reasons,
    )
    return candidate, threat


def _may_send(party: Party, candidate: Candidate) -> bool:
    """Tell whether a party can threaten: a watcher cannot; "Vienna's note" can where it is said to say something."""
    if (
        party.role == "thing"
        and candidate.sender is not None
        and load_lexicon().holds("frames.bill.nouns", str(candidate.sender.lemma_).lower())
    ):
        return party.actor is not None
    if party.role == "thing" and party.actor is not None:
        return candidate.frame in {"say", "announce", "vow", "warn"} and candidate.sender is not None
    return party.may_threaten


def _is_again(candidate: Candidate, lexicon: Lexicon) -> bool:
    """Tell whether a military act undoes restraint: troops sent back, exercises resumed, posts set up again."""
    assert candidate.act is not None
    return any(lexicon.holds("frames.again.words", t.lower_) for t in candidate.act.head.subtree)


def _continues_speech(
    candidate: Candidate, party: Party, sentence: "Span", cast: Cast, offset: int, lexicon: Lexicon
) -> bool:
    """Tell whether a sentence goes on with what the one before it reports: "…, the army said. It will …"."""
    if sentence.start == 0 or candidate.actor is None:
        return False
    before = sentence.doc[sentence.start - 1].sent
    speaker = sentence_speaker(before, cast, offset, lexicon)
    return speaker is not None and _same_side(party, speaker, cast)


def _warns_its_own(candidate: Candidate, party: Party, cast: Cast, offset: int) -> bool:
    """Tell whether a warning goes to the warner's own people or to those whom it is to protect."""
    if candidate.target is None:
        return False
    whom = cast.party(candidate.target, offset)
    return whom.role == "victims" or (whom.actor is not None and _same_side(whom, party, cast))


def _is_told_by_another(candidate: Candidate, party: Party, cast: Cast, offset: int, lexicon: Lexicon) -> bool:
    """Tell whether a plan is only what another says of the planner ("Britain warned that Russia was about to …")."""
    if candidate.frame not in {"intend", "ready", "announce", "hint"} or candidate.head.pos_ == "NOUN":
        return False
    above = governor_of(candidate.head, lexicon)
    if above is None or above.frame not in {"say", "warn", "announce"} or above.token.pos_ != "VERB":
        return False
    teller = subject_of(above.token)
    if teller is None:
        return False
    whose = cast.party(teller, offset)
    if whose.role == "newsroom" or whose.actor is None or whose.role == "thing":
        return False
    return not _same_side(whose, party, cast) and not _speaks_for(whose, party, lexicon)


def _depends_on_another(candidate: Candidate, party: Party, cast: Cast, offset: int) -> bool:
    """Tell whether an act hangs on what somebody else does: "it would send its ships back if the other drilled"."""
    condition = candidate.condition
    if candidate.frame in {"threaten", "ultimatum"}:
        return True
    if condition is None or candidate.frame not in {"say", "announce", "vow", "warn", "own", "none", "hint"}:
        return False
    doc = candidate.head.doc
    if condition.compels and doc[condition.start].lower_ == "unless":
        return True
    subject = next((t for t in doc[condition.start : condition.end] if t.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or subject.lower_ in OWN:
        return False
    if subject.lower_ in YOURS:
        return True
    whose = cast.party(subject, offset)
    if whose.actor is not None and whose.role != "thing":
        return not _same_side(whose, party, cast)
    return condition.compels


def _modality(candidate: Candidate) -> Modality:
    if candidate.condition is not None:
        return Modality.CONDITIONAL
    return Modality.ASSERTED if candidate.firm else Modality.POSSIBLE


# --- who --------------------------------------------------------------------------------------------------------------


def _sender_party(
    candidate: Candidate, sentence: "Span", statements: Statements, cast: Cast, offset: int
) -> Party | None:
    token = candidate.sender
    speaker = statements.speaker_of(candidate.head)
    if token is None:
        return speaker
    party = cast.party(token, offset)
    if party.role == "own":
        return speaker
    if candidate.frame == "own" and speaker is not None and party.role in {"thing", "yours"}:
        return speaker
    return party


def _is_own_act(
    candidate: Candidate, party: Party, statements: Statements, cast: Cast, offset: int, lexicon: Lexicon
) -> bool:
    """Tell whether the act is the sender's own, not what he fears or foretells of somebody else."""
    actor = candidate.actor
    if candidate.act is None or actor is None or candidate.act.borne:
        return True
    if candidate.frame in {"threaten", "ultimatum", "against", "warn_of", "as_warned"}:
        return True
    if actor.lower_ in OWN:
        return True
    doer = cast.party(actor, offset)
    if _speaks_for(party, doer, lexicon):
        return True
    if doer.role in {"pronoun", "own"} and candidate.frame not in {"none"} and doer.actor is None:
        return True
    if doer.actor is not None and doer.role != "thing":
        return _same_side(doer, party, cast)
    if _is_subject_of_passive(candidate):
        return True
    return lexicon.holds("frames.instrument.nouns", str(actor.lemma_).lower())


def _speaks_for(party: Party, doer: Party, lexicon: Lexicon) -> bool:
    """Tell whether a speaker of no known country speaks for the doer: a president, a union for its members."""
    unknown = (
        party.actor is None or not party.certain or (party.actor.type is ActorType.PERSON and not party.actor.home)
    )
    if doer.actor is not None and party.role in {
        "heads",
        "officials",
        "spokespersons",
        "name",
        "unlisted",
        "collectives",
    }:
        of_a_union = (
            doer.actor.type is ActorType.ORGANISATION
            and not doer.actor.home
            and party.role in {"officials", "name", "unlisted", "heads"}
        )
        if unknown or of_a_union:
            return doer.role not in {"thing", "observers", "pronoun"} and doer.actor.type is not ActorType.PERSON
    members = party.speaker.lower().split()[-1:] if party.speaker else []
    return bool(members) and lexicon.holds("frames.watcher.members", members[0]) and doer.role in {"groups", "victims"}


def _is_subject_of_passive(candidate: Candidate) -> bool:
    return candidate.act is not None and any(c.dep_ in {"auxpass"} for c in candidate.act.head.children)


def _same_side(doer: Party, party: Party, cast: Cast) -> bool:
    if party.actor is None or doer.actor is None:
        return True
    mine = {party.actor.name, cast.home_of(party.actor).name, party.actor.home} - {""}
    return bool(mine & {doer.actor.name, cast.home_of(doer.actor).name, doer.actor.home})


def _is_aimed(candidate: Candidate, party: Party, cast: Cast, offset: int) -> bool:
    """Tell whether the act is directed at somebody else's person, land or goods."""
    assert candidate.act is not None
    if candidate.act.head.pos_ not in {"VERB", "AUX"}:
        return False
    for token in aims_of(candidate.act.head):
        whom = cast.party(token, offset)
        if whom.actor is not None and not _same_side(whom, party, cast):
            return True
    return False


def _sender(
    party: Party,
    target: Actor | None,
    sentence: "Span",
    cast: Cast,
    offset: int,
    statements: Statements,
    doer: Party | None,
) -> tuple[Actor | None, str]:
    """Return the sender and who spoke for it: the state of its officials, unless the quarrel is within that state."""
    actor = party.actor
    speaker = statements.voice.speaker if party is statements.voice.party else party.speaker
    if doer is not None and doer.actor is not None and _speaks_for(party, doer, load_lexicon()):
        return cast.home_of(doer.actor), speaker
    if actor is None and party.role == "pronoun":
        return None, speaker
    if actor is None:
        actor = _unnamed_sender(target, sentence, cast, offset)
        return actor or (Actor(speaker, ActorType.PERSON, speaker) if speaker else None), speaker
    home = cast.home_of(actor)
    if home.name == actor.name:
        return actor, "" if party.role == "name" and speaker in {actor.surface, actor.name} else speaker
    if target is not None and target.home == actor.home and target.type is not ActorType.GROUP:
        return actor, "" if party.role == "name" else speaker
    if actor.type is ActorType.GROUP:
        return actor, ""
    return replace(home, surface=actor.surface), speaker or actor.name


def _unnamed_sender(target: Actor | None, sentence: "Span", cast: Cast, offset: int) -> Actor | None:
    """Return whom an official without a country speaks for: the other state of the sentence, else of the passage."""
    start, end = offset + sentence.start_char, offset + sentence.end_char
    for low in (start, offset, max(0, offset - 2000)):
        others = [a for a in cast.others_than(target, low, end) if a.type is not ActorType.PERSON]
        if others:
            return min(others, key=lambda a: -cast.counts[a.name]) if low != start else others[-1]
    return None


# --- to whom ----------------------------------------------------------------------------------------------------------


def _target(candidate: Candidate, party: Party, sentence: "Span", passage: Passage, cast: Cast) -> Actor | None:
    """Return whom the threat is made to: named by the grammar, else by the act, else the nearest other actor."""
    offset = passage.start
    for token in _target_tokens(candidate, sentence):
        if token.lower_ in OWN | YOURS:
            continue
        whom = cast.party(token, offset)
        if whom.actor is not None and _may_be_threatened(whom, token) and not _is_own(whom, party, cast):
            return _as_target(whom, party, cast)
    start, end = offset + sentence.start_char, offset + sentence.end_char
    actor = party.actor
    for low, high in ((start, end), (passage.start, passage.end), (max(0, passage.start - 1500), passage.start)):
        others = cast.others_than(actor, low, high)
        if others:
            return others[0] if low == start else max(others, key=lambda a: cast.counts[a.name])
    others = cast.others_than(actor, 0, len(cast.document.text))
    return max(others, key=lambda a: cast.counts[a.name]) if others else None


def _may_be_threatened(whom: Party, token: "Token") -> bool:
    """Tell whether a party is somebody: an unlisted name counts where the parser takes it for a person or body."""
    if whom.role in {"newsroom", "observers"}:
        return False
    assert whom.actor is not None
    return whom.role != "unlisted" or token.ent_type_ in {"PERSON", "ORG", "NORP"}


def _is_own(whom: Party, party: Party, cast: Cast) -> bool:
    if whom.actor is None or party.actor is None:
        return False
    if whom.role == "thing" and whom.actor.name == party.actor.name:
        return True
    if whom.actor.type is ActorType.GROUP or (
        whom.actor.home and whom.actor.name != party.actor.name and whom.role == "name"
    ):
        return False
    return _same_side(whom, party, cast)


def _as_target(whom: Party, party: Party, cast: Cast) -> Actor:
    assert whom.actor is not None
    actor = whom.actor
    if actor.type is ActorType.GROUP:
        return actor
    home = cast.home_of(actor)
    sender_home = cast.home_of(party.actor).name if party.actor else ""
    return actor if home.name == sender_home else replace(home, surface=actor.surface)


def _target_tokens(candidate: Candidate, sentence: "Span") -> Iterator["Token"]:
    if candidate.target is not None:
        yield candidate.target
    if candidate.act is not None and candidate.act.head.pos_ in {"VERB", "AUX"}:
        verb = candidate.act.head
        for token in aims_of(verb):
            yield token
            yield from (t for t in token.subtree if t.dep_ in {"poss", "pobj", "compound", "amod"} and t != token)
        for inner in verb.subtree:
            if inner.dep_ in {"pobj", "dobj"} and inner.head.head != verb:
                yield inner
    elif candidate.act is not None:
        noun = candidate.act.head
        yield from (t for t in noun.subtree if t.dep_ in {"pobj", "poss", "compound", "amod", "appos"})
    condition = candidate.condition
    if condition is not None:
        clause = sentence.doc[condition.start : condition.end]
        yield from (t for t in clause if t.dep_ in {"nsubj", "nsubjpass"})
        yield from (t for t in clause if t.dep_ in {"poss", "compound", "amod"} and t.pos_ in {"PROPN", "ADJ", "NOUN"})
