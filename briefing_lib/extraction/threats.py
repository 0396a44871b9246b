"""A document's sentences → the threats in them: who threatens whom, of what, when, on what condition."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefing_lib.extraction.actors import Party
from briefing_lib.extraction.candidates import ENOUGH, Candidate, aims_of
from briefing_lib.extraction.conditions import ANYBODY
from briefing_lib.extraction.details import (
    act_words,
    condition_words,
    content_lemmas,
    deadline_of,
    evidence_of,
    issued_of,
    kind_of,
)
from briefing_lib.extraction.grammar import SUBJECTS, is_passive, modals_of, prepositional
from briefing_lib.extraction.lexicon import WEAK
from briefing_lib.extraction.scene import Reader, Scene
from briefing_lib.extraction.senders import (
    acting_party,
    continues_speech,
    is_own_act,
    may_send,
    sender_of,
    sender_party,
)
from briefing_lib.extraction.spotting import candidates_in
from briefing_lib.extraction.statements import statements_in
from briefing_lib.extraction.targets import target_of
from briefing_lib.models import Modality, Mode, Passage, Threat

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Parse

__all__ = ["Reader", "find_threats"]


def find_threats(passage: Passage, doc: "Parse", reader: Reader) -> Iterator[Threat]:
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
            if (pair := _threat(Scene(candidate, sentence, passage, statements, reader))) is not None
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
    beside = candidate.head.dep_ == "conj" and any(c.dep_ in SUBJECTS for c in candidate.head.children)
    inside = candidate.head in other.head.subtree and not beside  # "Ruritania threatened war, and Graustark vowed …"
    if candidate.head == other.head or (inside and other.frame in {"threaten", "ultimatum"}):
        return True
    start, end = max(threat.passage.start, kept.passage.start), min(threat.passage.end, kept.passage.end)
    shorter = min(threat.passage.end - threat.passage.start, kept.passage.end - kept.passage.start)
    return (end - start) * 2 >= shorter


def _threat(scene: Scene) -> tuple[Candidate, Threat] | None:
    """Return the candidate's threat, or None where it has too few points or nobody who can threaten."""
    party = sender_party(scene)
    if party is None or not may_send(scene, party):
        return None
    party = acting_party(scene, party)
    if not is_own_act(scene, party):
        return None
    if scene.candidate.points + _bonus(scene, party) < ENOUGH or _is_in_play(scene):
        return None
    if scene.candidate.frame == "threaten" and scene.candidate.act is None and _threatens_a_thing(scene):
        return None
    if _details_a_plan(scene):
        return None
    target = target_of(scene, party)
    sender, speaker = sender_of(scene, party, target)
    if sender is None:
        return None
    candidate, passage = scene.candidate, scene.passage
    deadline_words, deadline = deadline_of(candidate, scene.sentence, passage)
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
        issued=issued_of(candidate, scene.sentence, passage, scene.statements.voice),
        terms=content_lemmas(candidate),
        passage=evidence_of(candidate, scene.sentence, passage),
        reasons=candidate.reasons,
    )
    return candidate, threat


def _bonus(scene: Scene, party: Party) -> int:
    """Return the points that the parties add: an act aimed at somebody, restraint undone, speech that goes on."""
    candidate, act, points = scene.candidate, scene.candidate.act, 0
    if act is not None and not act.refusal and (act.cost == WEAK or candidate.frame == "decide"):
        points += _is_aimed(scene, party)
    if act is not None and act.military and act.cost == WEAK:
        points += _is_again(scene)
    if act is not None and act.cost == WEAK and act.vague and not act.borne:
        points += bool(_OWN_CAUSE.search(scene.sentence.text) or _OWN_TIME.search(scene.sentence.text))
    elif act is not None and act.cost == WEAK and (act.military or act.refusal) and candidate.frame == "own":
        points += _speaks_of_an_enemy(scene, party)
    if candidate.frame == "none":
        points += max(continues_speech(scene, party), _hangs_on_another(scene, party))
    return points


def _threatens_a_thing(scene: Scene) -> bool:
    """Tell whether what is threatened, with nothing said of how, is a thing: "it threatens the savings of the old"."""
    token = scene.candidate.target
    if token is None or scene.candidate.head.pos_ != "VERB":
        return False
    whom = scene.party(token)
    return whom.role == "thing" and whom.actor is None and scene.candidate.condition is None


# What is announced as a whole, before its details are told.
_PLANS = {"plan", "proposal", "scheme", "outline", "draft", "programme", "program"}


def _details_a_plan(scene: Scene) -> bool:
    """Tell whether a sentence only details the plan of the one before: "The plan would … Rockets would be …"."""
    candidate, sentence = scene.candidate, scene.sentence
    if sentence.start == 0 or candidate.condition is not None or candidate.frame not in {"say", "none"}:
        return False
    if candidate.act is None or "would" not in modals_of(candidate.act.head) or not is_passive(candidate.act.head):
        return False
    before = sentence.doc[sentence.start - 1].sent
    return any(t.dep_ in {"nsubj", "nsubjpass"} and t.lemma in _PLANS for t in before)


def _is_in_play(scene: Scene) -> bool:
    """Tell whether a blow is one of a match or a poll: "we will crush them" where a coach or a candidate speaks."""
    act = scene.candidate.act
    if act is None or not (act.mode is Mode.VIOLENCE or act.vague) or scene.candidate.condition is not None:
        return False
    return act.head.pos_ == "VERB" and scene.reader.is_contest


# What a state says it defends when it will not say how, and when it will not say when (the idiom of diplomatic notes).
_OWN_CAUSE = re.compile(
    r"\b(?:safeguard|defend|defence|defense|protect|uphold|preserv)\w*\b[^.;]{0,60}"
    r"\b(?:sovereignty|security|interests?|rights?|dignity|integrity)\b",
    re.I,
)
_OWN_TIME = re.compile(
    r"\bat (?:the|a|an) (?:appropriate|right|proper|suitable|due) (?:time|place|moment)\b"
    r"|\bof (?:its|our|their) (?:own )?choosing\b",
    re.I,
)


def _speaks_of_an_enemy(scene: Scene, party: Party) -> bool:
    """Tell whether a statement names the other side in the same paragraph."""
    if scene.statements.voice.party is None:
        return False
    start, end = scene.passage.start, scene.passage.end
    return bool(scene.cast.others_than(party.actor, start, end)) if party.actor is not None else False


def _is_aimed(scene: Scene, party: Party) -> bool:
    """Tell whether the act is directed at somebody else's person, land or goods."""
    act = scene.candidate.act
    if act is None or act.head.pos_ not in {"VERB", "AUX"}:
        return False
    direct = list(aims_of(act.head))
    measures = [
        *direct,
        *(inner for noun in direct for inner in prepositional(noun, "of")),
    ]  # "a round of sanctions on"
    # "The bonus of anyone who walks out".
    if any(t.lower_ in ANYBODY and any(c.dep_ == "relcl" for c in t.children) for t in measures):
        return True
    near = ("on", "against", "with")
    for token in (*direct, *(inner for noun in measures for inner in prepositional(noun, *near))):
        whom = scene.party(token)
        if whom.actor is not None and not scene.same_side(whom, party):
            return True
    return False


def _hangs_on_another(scene: Scene, party: Party) -> bool:
    """Tell whether a costly act hangs on what another named actor does: "Kyiv may stop the transit if Budapest …"."""
    act, condition = scene.candidate.act, scene.candidate.condition
    if act is None or act.neutral or act.refusal or condition is None or party.actor is None:
        return False
    clause = scene.sentence.doc[condition.start : condition.end]
    subject = next((t for t in clause if t.dep_ in {"nsubj", "nsubjpass"}), None)
    whose = scene.party(subject) if subject is not None else None
    return whose is not None and whose.actor is not None and whose.role == "name" and not scene.same_side(whose, party)


def _is_again(scene: Scene) -> bool:
    """Tell whether a military act undoes restraint: troops sent back, exercises resumed, posts set up again."""
    act = scene.candidate.act
    return act is not None and any(scene.lexicon.holds("frames.again.words", t.lower_) for t in act.head.subtree)


def _modality(candidate: Candidate) -> Modality:
    if candidate.condition is not None:
        return Modality.CONDITIONAL
    return Modality.ASSERTED if candidate.firm else Modality.POSSIBLE
