"""Which threat an outcome's words point at: that of the same sentence, of the one before, or the last one near."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefing_lib.extraction.grammar import subject_of
from briefing_lib.extraction.lexicon import Lexicon
from briefing_lib.extraction.outcomes.clauses import PROFORMS, Found, named_words
from briefing_lib.extraction.scene import Reader
from briefing_lib.models import Actor, Passage, Status, Threat

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Stretch, Token

_NEAR = 700  # characters: about two paragraphs; farther back, "the threat" is matched by what it is about
_GAP = 260  # characters: a sentence; a pronoun does not reach over more than that
_SENTENCE_END = re.compile(r"[a-z0-9)”\"]{2}[.!?][\"”’']?\s")
_ANOTHER = frozenset({"a", "an", "another", "some", "other"})
_POINTING = frozenset({"that", "this", "the", "those", "these", "such", "its", "his", "her", "their"})


def referent(
    found: Found, sentence: "Stretch", passage: Passage, threats: Sequence[Threat], actor: Actor | None, reader: Reader
) -> Threat | None:
    """Return the threat that the words point at, or None where they point at none or at several."""
    if _is_general(found) or _is_of_a_thing(found, actor):
        return None
    start = passage.start + sentence.start_char
    same = [t for t in threats if _overlaps(t, start, passage.start + sentence.end_char)]
    if not found.stated:
        return _followed(found, same, passage, threats, start, actor, reader) if found.near else None
    if found.near:
        return _beside(found, same, threats, sentence, passage, actor, reader)
    same = [t for t in same if _is_party(actor, t, reader)]
    if len(same) == 1 and any(word is not None for word in (found.about, found.actor, found.deed)):
        return same[0]
    if same or found.within or not _is_anaphoric(found, reader.lexicon):
        return None
    before = [t for t in threats if start - _NEAR <= t.passage.start < start and _is_party(actor, t, reader)]
    if not before and len({t.sender.name for t in threats}) == 1:
        # Where a text tells of one sender's threats alone, "the order" reaches farther back.
        before = [t for t in threats if t.passage.start < start and _is_party(actor, t, reader)]
    return before[-1] if before else None


def _is_of_a_thing(found: Found, actor: Actor | None) -> bool:
    """Tell whether what gives way is nobody whom the text names: a citadel, a price."""
    noun = found.actor
    return found.status is Status.TARGET_COMPLIED and noun is not None and noun.pos_ == "NOUN" and actor is None


def _overlaps(threat: Threat, start: int, end: int) -> bool:
    return threat.passage.start < end and start < threat.passage.end


def _beside(
    found: Found,
    same: list[Threat],
    threats: Sequence[Threat],
    sentence: "Stretch",
    passage: Passage,
    actor: Actor | None,
    reader: Reader,
) -> Threat | None:
    """Return the threat that a pronoun or ellipsis stands beside: before it in the sentence, or just before that."""
    place = passage.start + found.head.idx
    start = passage.start + sentence.start_char
    near = [t for t in same if t.passage.start < place] or [
        t for t in threats if t.passage.start < start and start - t.passage.end <= _GAP
    ]
    near = near or same
    if _stands_for_a_verb(found):
        text = passage.document.text
        near = [t for t in near if t in same or len(_SENTENCE_END.findall(text[t.passage.start : start])) <= 1]
    fitting = [t for t in near if _may_be_said_of(found, actor, t, reader)]
    return fitting[-1] if fitting else None


def _stands_for_a_verb(found: Found) -> bool:
    """Tell whether an auxiliary alone stands for the verb of the clause before: "it was not"."""
    verb = found.head
    so = any(c.lower_ in {"so", "that", "it"} and c.i > verb.i for c in verb.children)
    return verb.lemma in {"do", "be", "have"} and found.about is None and not so


def _may_be_said_of(found: Found, actor: Actor | None, threat: Threat, reader: Reader) -> bool:
    """Tell whether the one who acts can be a party to the threat; a pronoun beside it can be."""
    if found.actor is None:
        return True
    if found.actor.pos_ in {"PRON", "DET"}:
        return not (_is_the_tellers(found.actor) and actor is not None and not _is_party(actor, threat, reader))
    if found.status is Status.TARGET_COMPLIED:
        return _is_party(actor, threat, reader)
    if actor is None and any(c.dep_ == "det" and c.lower_ in _ANOTHER for c in found.actor.children):
        return False  # "a school in the next valley did so": somebody of whom the text has not spoken
    return actor is None or _is_party(actor, threat, reader)


def _is_the_tellers(pronoun: "Token") -> bool:
    """Tell whether a pronoun means whoever the sentence names as telling it: "Kenya said it was putting off …"."""
    saying = pronoun.head.head
    teller = subject_of(saying) if pronoun.head.dep_ == "ccomp" and saying.pos_ == "VERB" else None
    return teller is not None and teller.i < pronoun.i and teller.pos_ == "PROPN"


def _followed(
    found: Found,
    same: list[Threat],
    passage: Passage,
    threats: Sequence[Threat],
    start: int,
    actor: Actor | None,
    reader: Reader,
) -> Threat | None:
    """Return the threat that a deed with a pronoun for its object goes on from: "threatened duties … imposed them"."""
    place = passage.start + found.head.idx
    near = [t for t in same if t.passage.start < place] or [
        t for t in threats if t.passage.start < start and start - t.passage.end <= _GAP
    ]
    near = [t for t in near if found.actor is None or found.actor.pos_ == "PRON" or _is_party(actor, t, reader)]
    return near[-1] if near else None


def _is_party(actor: Actor | None, threat: Threat, reader: Reader) -> bool:
    """Tell whether who did it is one of the two whom the threat is between, or nobody is named."""
    if actor is None:
        return True
    home = reader.cast.home_of(actor).name
    target = threat.target
    sides = {threat.sender.name, threat.sender.home, *((target.name, target.home) if target else ())} - {""}
    return bool({home, actor.name} & sides)


def _is_general(found: Found) -> bool:
    """Tell whether the words speak of all that a sender plans ("the military action plans"), not of one threat."""
    about = found.about
    if about is None:
        return False
    lemmas = {t.lemma for t in named_words(about)}
    return "military" in lemmas and bool(lemmas & {"action", "plan", "operation", "measure"})


def _is_anaphoric(found: Found, lexicon: Lexicon) -> bool:
    about = found.about
    if about is None:
        return True
    if about.lower_ in PROFORMS:
        return True
    if not _may_point(about, lexicon):
        return False
    return any(c.dep_ in {"det", "poss", "predet", "amod"} and c.lower_ in _POINTING for c in about.children)


def _may_point(about: "Token", lexicon: Lexicon) -> bool:
    return any(
        lexicon.holds(path, about.lemma) for path in ("outcomes.anaphor.nouns", "outcomes.target_complied.demands")
    )
