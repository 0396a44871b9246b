"""To whom a threat is made: named by the grammar, by the act or the condition, else the nearest other actor."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_lib.extraction.actors import Party
from briefing_lib.extraction.candidates import aims_of
from briefing_lib.extraction.grammar import objects_of
from briefing_lib.extraction.phrases import YOURS, is_own_word
from briefing_lib.extraction.scene import Scene
from briefing_lib.models import Actor, ActorType

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEAR = 1500  # characters before the passage in which another actor is still the matter at hand
# Bodies that are the executive itself.
_SEATS = frozenset({"White House", "Pentagon", "Kremlin", "State Department", "Downing Street", "Elysee", "Élysée"})
_INNER = {"poss", "pobj", "compound", "amod", "appos"}


def target_of(scene: Scene, party: Party) -> Actor | None:
    """Return whom the threat is made to, or None where the document names nobody else."""
    if (body := _legislature(scene, party)) is not None:
        return body
    if (bearers := _bearers(scene)) is not None:
        return bearers
    for token, is_named in _tokens(scene):
        if is_own_word(token) or token.lower_ in YOURS:
            continue
        whom = scene.party(token)
        if (
            whom.actor is not None
            and _may_be_threatened(whom, token, is_named=is_named)
            and not _is_own(scene, whom, party)
        ):
            return _as_target(scene, whom, party)
    return _nearest(scene, party)


def _bearers(scene: Scene) -> Actor | None:
    """Return those who will bear it where a plain plural names them: "participants could face …"."""
    act, token = scene.candidate.act, scene.candidate.target
    if act is None or not act.borne or token is None or token.tag_ != "NNS":
        return None
    whom = scene.party(token)
    if whom.actor is not None or whom.role != "thing":
        return None
    return Actor(whom.speaker, ActorType.GROUP, whom.speaker)


def _legislature(scene: Scene, party: Party) -> Actor | None:
    """Return the parliament that a leader quarrels with over a bill: to veto or not to sign is aimed at it."""
    act = scene.candidate.act
    if act is None or party.actor is None or party.actor.type is not ActorType.PERSON:
        return None
    over_a_bill = any(scene.lexicon.holds("frames.bill.nouns", str(t.lemma_).lower()) for t in objects_of(act.head))
    if str(act.head.lemma_).lower() not in {"veto", "sign"} or not over_a_bill:
        return None
    return _at_home(scene, party)


def _nearest(scene: Scene, party: Party) -> Actor | None:
    cast, passage = scene.cast, scene.passage
    start, end = scene.bounds()
    for low, high in ((start, end), (passage.start, passage.end), (max(0, passage.start - _NEAR), passage.start)):
        others = cast.others_than(party.actor, low, high)
        if others:
            return others[0] if low == start else max(others, key=lambda actor: cast.counts[actor.name])
    others = cast.others_than(party.actor, 0, len(cast.document.text))
    if others:
        return max(others, key=lambda actor: cast.counts[actor.name])
    return _at_home(scene, party)


def _at_home(scene: Scene, party: Party) -> Actor | None:
    """Return the body of the sender's own state that a person quarrels with, where no other state is named."""
    if party.actor is None or party.actor.type is not ActorType.PERSON:
        return None
    cast, end = scene.cast, scene.bounds()[1]
    for mention in (*cast.before(end), *cast.within(end, len(cast.document.text))):
        actor = mention.entry.actor
        if mention.entry.how == "body" and actor.home == party.actor.home and actor.name not in _SEATS:
            return actor
    return None


def _may_be_threatened(whom: Party, token: "Token", *, is_named: bool) -> bool:
    """Tell whether a party is somebody: an unlisted name counts only where the grammar gives it the part."""
    if whom.role in {"newsroom", "observers"}:
        return False
    if not is_named and (whom.actor is None or whom.actor.type is ActorType.GROUP):
        return False
    if whom.role == "unlisted":
        return is_named and token.ent_type_ in {"PERSON", "ORG", "NORP"}
    return whom.role != "thing" or (whom.actor is not None and whom.certain)


def _is_own(scene: Scene, whom: Party, party: Party) -> bool:
    """Tell whether a party is on the sender's side; within a state, a leader can threaten its parliament."""
    if whom.actor is None or party.actor is None:
        return False
    if whom.actor.type is ActorType.GROUP:
        return whom.actor.name == party.actor.name
    is_body = whom.role == "name" and whom.actor.home and whom.actor.name != party.actor.name
    if is_body and party.actor.type is not ActorType.STATE:
        return False
    return scene.same_side(whom, party)


def _as_target(scene: Scene, whom: Party, party: Party) -> Actor | None:
    actor = whom.actor
    if actor is None or actor.type is ActorType.GROUP:
        return actor
    home = scene.cast.home_of(actor)
    sender_home = scene.cast.home_of(party.actor).name if party.actor else ""
    return actor if home.name == sender_home else replace(home, surface=actor.surface)


def _tokens(scene: Scene) -> Iterator[tuple["Token", bool]]:
    """Yield the words that may name the target, likeliest first, and whether the grammar gives them the part."""
    candidate = scene.candidate
    if candidate.target is not None:
        yield candidate.target, True
        yield from (
            (t, False)
            for t in candidate.target.subtree
            if t.dep_ in {"poss", "compound", "pobj"} and t != candidate.target
        )
    if candidate.act is not None and candidate.act.head.pos_ in {"VERB", "AUX"}:
        yield from _of_act(candidate.act.head)
    elif candidate.act is not None:
        yield from ((t, t.dep_ == "pobj") for t in candidate.act.head.subtree if t.dep_ in _INNER)
    if candidate.condition is not None:
        clause = scene.sentence.doc[candidate.condition.start : candidate.condition.end]
        yield from ((t, True) for t in clause if t.dep_ in {"nsubj", "nsubjpass"})
        yield from ((t, False) for t in clause if t.dep_ in {"poss", "compound", "amod"})


def _of_act(verb: "Token") -> Iterator[tuple["Token", bool]]:
    for token in aims_of(verb):
        yield token, True
        yield from ((t, False) for t in token.subtree if t.dep_ in _INNER and t != token)
    yield from ((t, False) for t in verb.subtree if t.dep_ in {"pobj", "dobj"} and t.head.head != verb)
