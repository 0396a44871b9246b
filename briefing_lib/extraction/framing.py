"""How a sentence frames an act: threatened, warned of, vowed, announced, hinted at; by whom."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_lib.extraction.grammar import is_negated, is_passive, is_to_infinitive, lemma_forms, modals_of, taker_of
from briefing_lib.extraction.lexicon import Lexicon

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Token

# In order of weight: the heaviest frame that a word belongs to counts.
FRAMES = ("threaten", "warn", "vow", "hint", "announce", "intend", "decide", "ready", "say", "demand")
_NOTICES = {"notice", "warning", "notification"}


@dataclass(frozen=True, slots=True)
class Governor:
    """The word that frames an act: its token, its frame, whether it is denied or put at a distance."""

    token: "Token"
    frame: str
    denied: bool = False


def frame_of(token: "Token", lexicon: Lexicon) -> str | None:
    """Return the heaviest frame that a verb, noun or adjective stands for."""
    forms = lemma_forms(token)
    if (
        token.pos_ == "VERB"
        and any(c.dep_ == "dobj" and c.lemma in _NOTICES for c in token.children)
        and lexicon.holds("frames.make.verbs", token.lemma)
    ):
        return "warn"  # "served notice that …"
    kind = {"VERB": "verbs", "AUX": "verbs", "NOUN": "nouns", "ADJ": "adjectives"}.get(token.pos_)
    if token.tag_ == "VBN" and lexicon.holds("frames.intend.adjectives", token.lower_) and is_passive(token):
        return "intend"  # "are set to strike": the parser takes "set" for a passive
    for frame in FRAMES:
        path = f"frames.{frame}.{kind}"
        if path in lexicon.words and any(lexicon.holds(path, form) for form in forms):
            return frame
    return None


def governor_of(act: "Token", lexicon: Lexicon) -> Governor | None:
    """Return the word that frames an act, or None where the act stands by itself or under a word that frames nothing.

    A ``frame`` of ``blocked`` says that the act is a purpose, a fear, an ability, a condition, or somebody's past.
    """
    token = act
    while token.head != token:
        head, dep = token.head, token.dep_
        if (found := _at_once(token, lexicon)) is not None:
            return found
        if dep == "ccomp" and head.lower_ == "failing":
            token = head.head  # "failing which it would be closed": what was asked stands before it
            continue
        if dep == "amod" and (noun := _gerund_of(token)) is not None:
            return _framing(noun, "acl", lexicon) or Governor(noun, "blocked")
        if dep in {"conj", "cc", "prep", "attr", "oprd"} or (dep == "pcomp" and head.head.pos_ not in {"NOUN", "ADJ"}):
            token = head
            continue
        if dep == "pcomp":
            return _framing(head.head, "acl", lexicon) or Governor(head.head, "blocked")
        if dep == "advcl" and taker_of(token) is not None:
            token = head  # "will lead a coalition to disarm him"
            continue
        if dep == "advcl" and is_to_infinitive(token) and token.i > head.i:
            frame = frame_of(head, lexicon)
            if frame in {"intend", "vow", "threaten", "hint"}:  # "looked to send": a complement in all but name
                return Governor(head, frame, denied=is_negated(head) or is_at_distance(head, lexicon))
        # Of "warned that banning it would lead to a suit" the banning is what another does.
        if dep in {"advcl", "relcl", "npadvmod", "csubj"}:
            return _relative(token, lexicon) if dep == "relcl" else Governor(head, "blocked")
        if dep in {"ccomp", "xcomp", "acl", "parataxis", "dep", "dobj", "nsubj", "pobj", "agent", "appos", "acomp"}:
            found = _framing(head, dep, lexicon)
            if found is not None:
                return found
        token = head
    return None


def _at_once(token: "Token", lexicon: Lexicon) -> Governor | None:
    """Frame a clause by a form of words: made clear, to be kept in mind, an imperative, or asked ("whether they …")."""
    head, dep = token.head, token.dep_
    if dep == "ccomp" and any(c.lower_ == "whether" and c.dep_ in {"mark", "advmod"} for c in token.children):
        return Governor(head, "blocked")
    return _told_plainly(head, lexicon) or _reminded(head, dep, lexicon) or _trailing(token, dep, lexicon)


def _told_plainly(head: "Token", lexicon: Lexicon) -> Governor | None:
    """Frame what somebody makes clear: "we make it clear that …", "he let it be known that …"."""
    if not lexicon.holds("frames.plain.adjectives", head.lemma):
        word = head.lower_
        if not lexicon.holds("frames.plain.adjectives", word):
            return None
    verb = head.head
    if verb.pos_ != "VERB" or not lexicon.holds("frames.plain.verbs", verb.lemma):
        return None
    return Governor(verb, "announce", denied=is_negated(verb) or is_at_distance(verb, lexicon))


def _reminded(head: "Token", dep: str, lexicon: Lexicon) -> Governor | None:
    """Frame what the other side is told to keep in mind: "Japan should bear in mind that it will …"."""
    if dep != "ccomp" or not lexicon.holds("frames.remind.verbs", head.lemma) or is_negated(head):
        return None
    bidden = {c.lower_ for c in head.children if c.dep_ in {"aux", "advmod"}} & {"should", "must", "better", "shall"}
    imperative = head.tag_ == "VB" and not any(c.dep_ in {"nsubj", "aux"} for c in head.children)
    return Governor(head, "remind") if bidden or imperative else None


def _trailing(token: "Token", dep: str, lexicon: Lexicon) -> Governor | None:
    """Frame an imperative before its speaker, which the parser makes an adverbial: "Pay or go to jail, he said"."""
    head = token.head
    is_told = dep == "advcl" and token.i < head.i and head.pos_ == "VERB" and frame_of(head, lexicon) in {"say", "warn"}
    if not is_told or any(c.dep_ in {"mark", "advmod"} or c.tag_ == "WRB" for c in token.children if c.i < token.i):
        return None
    if token.tag_ not in {"VB", "VBP"} or not any(t.lower_ == "or" for t in token.subtree):
        return None
    return Governor(head, frame_of(head, lexicon) or "say", denied=is_negated(head))


def _gerund_of(gerund: "Token") -> "Token | None":
    """Return the noun of "a plan for suspending inspections", where the parser makes the gerund an adjective."""
    thing = gerund.head
    if gerund.tag_ != "VBG" or thing.dep_ != "pobj" or thing.head.lower_ not in {"for", "of", "on"}:
        return None
    between = gerund.doc[thing.head.i + 1 : gerund.i]
    return thing.head.head if all(t.pos_ == "ADV" for t in between) and thing.head.head.pos_ == "NOUN" else None


def _framing(head: "Token", dep: str, lexicon: Lexicon) -> Governor | None:
    lemma = head.lemma
    if _is_distance(head, lexicon):
        return Governor(head, "blocked", denied=True)
    if dep == "acl" and lexicon.holds("frames.reserve.nouns", lemma):
        nobody = any(c.dep_ == "nsubj" and any(g.lower_ == "no" for g in c.children) for c in head.head.children)
        kept = lexicon.holds("frames.reserve.verbs", head.head.lemma) and not nobody
        kept = kept and not any(c.dep_ == "det" and c.lower_ in {"a", "an", "no"} for c in head.children)
        return Governor(head, "hint" if kept else "blocked")
    if dep in {"acl", "relcl"} and lemma == "time" and any(c.lower_ == "high" for c in head.children):
        return Governor(head, "hint")
    if dep == "acl" and _is_expressed(head, lexicon):
        return Governor(head, "announce", denied=is_negated(head.head) or is_at_distance(head.head, lexicon))
    if dep == "acl" and lexicon.holds("frames.reserve.capability", lemma):
        return Governor(head, "blocked")
    # "No intention of", "a decision to … would": what nobody has, or anybody might.
    if (
        head.pos_ == "NOUN"
        and any(c.lower_ in {"no", "a", "an", "any"} and c.dep_ == "det" for c in head.children)
        and (head.dep_ != "dobj" or any(c.lower_ == "no" for c in head.children))
        and not any(c.dep_ in {"prep", "agent"} and c.lower_ == "by" for c in head.children)
    ):
        return Governor(head, "blocked", denied=True)
    if lemma == "agree" and dep != "xcomp":
        return Governor(head, "other")  # "agreed that smugglers would be tried": a clause of a treaty
    if frame_of(head, lexicon) == "intend" and _is_paper(head, lexicon):
        return Governor(head, "relative")  # "a motion that seeks to close …": what it is for
    frame = None if is_binding(head, lexicon) else frame_of(head, lexicon)
    if frame is not None and not (dep in {"nsubj", "pobj"} and head.pos_ != "NOUN"):
        return Governor(head, frame, denied=is_negated(head) or is_at_distance(head, lexicon))
    if is_binding(head, lexicon):
        return None
    if (
        head.pos_ in {"VERB", "AUX"}
        and dep in {"ccomp", "xcomp"}
        and not lexicon.holds("frames.transparent.verbs", lemma)
    ):
        return Governor(head, "other", denied=is_negated(head))
    return None


def _is_expressed(noun: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a will is put into words: "expressed its readiness to …", "reaffirms its determination to …"."""
    if noun.dep_ != "dobj" or not lexicon.holds("frames.reserve.expressed", noun.lemma):
        return False
    return lexicon.holds("frames.reserve.expressing", noun.head.lemma)


def _is_paper(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a relative clause says what a bill or paper is for."""
    if verb.dep_ != "relcl" or not any(c.dep_ == "nsubj" and c.lower_ in {"that", "which"} for c in verb.children):
        return False
    return lexicon.holds("frames.bill.nouns", verb.head.lemma)


def is_binding(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a bill makes somebody act: "the measure would require the government to …"."""
    if not lexicon.holds("frames.bind.verbs", verb.lemma) or not modals_of(verb):
        return False
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    return subject is not None and lexicon.holds("frames.bill.nouns", subject.lemma)


def _relative(token: "Token", lexicon: Lexicon) -> Governor | None:
    # The parser reads "high time to break" as a relative clause.
    if token.head.lemma == "time" and any(c.lower_ == "high" for c in token.head.children):
        return Governor(token.head, "hint")
    return _relative_of(token, lexicon)


def _relative_of(token: "Token", lexicon: Lexicon) -> Governor | None:
    """Frame a relative clause: "legislation that would fine …" is announced, "a move that could ease …" is nothing."""
    noun = token.head
    frame = frame_of(noun, lexicon) if noun.pos_ == "NOUN" else None
    if frame == "threaten" or (frame == "announce" and lexicon.holds("frames.bill.nouns", noun.lemma)):
        return Governor(noun, frame)
    if noun.lemma in _PAPERS and modals_of(token) & {"would", "will"}:
        return Governor(noun, "announce")
    return Governor(noun, "relative")


# What a legislature has before it, beside bills: "sent forward a measure that would stop the aid".
_PAPERS = {"measure", "amendment"}


def _is_distance(token: "Token", lexicon: Lexicon) -> bool:
    kind = {"VERB": "verbs", "AUX": "verbs", "ADJ": "adjectives"}.get(token.pos_, "nouns")
    return any(lexicon.holds(f"frames.distance.{kind}", form) for form in lemma_forms(token))


def is_at_distance(token: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a frame word itself stands under a denial, fear, accusation or question.

    A noun that is a subject or that others only react to speaks of a threat that was made.
    """
    is_noun, climbed, gerund = token.pos_ == "NOUN", 0, token.tag_ == "VBG"
    if is_noun and token.dep_ in {"nsubj", "nsubjpass"}:
        return False
    if is_noun and any(c.dep_ == "det" and c.lower_ == "no" for c in token.children):
        return True
    while token.head != token and climbed < 4:
        dep, below, token = token.dep_, token, token.head
        if dep in {"relcl", "advcl"} or _is_parted(below, token):
            return False
        if dep in {"ccomp", "xcomp", "pcomp", "acl", "pobj", "dobj", "prep", "conj"}:
            if dep == "dobj" and any(lexicon.holds("frames.distance.disown", form) for form in lemma_forms(token)):
                return True
            factive = is_noun and lexicon.holds("frames.distance.factive", token.lemma)
            if (
                dep in {"ccomp", "xcomp", "pcomp", "acl", "pobj", "prep"}
                and not factive
                and _is_distance(token, lexicon)
            ):
                return True
            if dep in {"pcomp", "prep"} and any(c.dep_ == "det" and c.lower_ == "no" for c in token.children):
                return True  # "no intention of threatening anybody"
            # "Never meant to threaten", "never had the purpose of threatening".
            inner = {"ccomp", "xcomp", "dobj"} if gerund else {"ccomp", "xcomp"}
            if dep in inner and token.pos_ == "VERB" and is_negated(token):
                return True
        climbed += 1
    return False


def _is_parted(token: "Token", head: "Token") -> bool:
    """Tell whether a semicolon stands between a word and the one that the parser hangs it on."""
    first, last = sorted((token.i, head.i))
    return any(t.text == ";" for t in token.doc[first:last])
