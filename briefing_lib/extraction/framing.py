"""How a sentence frames an act: threatened, warned of, vowed, announced, hinted at; by whom; on what condition."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_lib.extraction.grammar import FUTURE, is_negated, is_passive, is_to_infinitive, lemma_forms, modals_of
from briefing_lib.extraction.lexicon import STRONG, WEAK, Lexicon

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Stretch, Token

# In order of weight: the heaviest frame that a word belongs to counts.
FRAMES = ("threaten", "warn", "vow", "hint", "announce", "intend", "decide", "ready", "say", "demand")
_IF_NOT = re.compile(
    r"\b(?:not|n't|no|none|nothing|nobody|never|refus\w+|fail\w*|reject\w*|declin\w+|without|ignor\w+)\b", re.I
)
_CASE = re.compile(
    r"\b(?:in (?:the )?(?:case|event)(?: of| that)?|the moment|(?:as|so) long as(?! \d)"
    r"|on condition that|in the absence of)\b",
    re.I,
)
# "Failing which the two powers would …": what was asked stands before it.
_ELSE = re.compile(
    r"\b(?:failing (?:which|that|this)|if not|or else|otherwise)(?=,| the | it | he | they | we | I )", re.I
)
# "Without payment Petrobras would …": a lack that opens the clause.
_LACK = re.compile(r"(?:^|[,;:\"(-] ?|\bthat )(?:without|failing|absent|barring|short of) (?=\w)", re.I)
# "One more raid and the ministry will …": what is told first is the condition.
_ONE_MORE = re.compile(r"\b(?:one more|another|one false|a single) [^.;:,\n]{3,60}? and (?=\w)", re.I)
ANYBODY = {"those", "anyone", "anybody", "whoever", "everyone"}
_ANY = {"any", "further", "another", "every", "such"}


_NOTICES = {"notice", "warning", "notification"}


@dataclass(frozen=True, slots=True)
class Governor:
    """The word that frames an act: its token, its frame, whether it is denied or put at a distance."""

    token: "Token"
    frame: str
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """On what an act depends: half-open token indices, points (1 or 2), and whether it asks for a change."""

    start: int
    end: int
    weight: int
    compels: bool
    alternative: bool = False


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
        if (told := _told_plainly(head, lexicon) or _reminded(head, dep, lexicon)) is not None:
            return told
        if (trailing := _trailing(token, dep, lexicon)) is not None:
            return trailing
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
        if dep == "advcl" and is_to_infinitive(token) and token.i > head.i:
            frame = frame_of(head, lexicon)
            if frame in {"intend", "vow", "threaten", "hint"}:  # "looked to send": a complement in all but name
                return Governor(head, frame, denied=is_negated(head) or is_at_distance(head, lexicon))
        if dep in {"advcl", "relcl", "npadvmod"}:
            return _relative(token, lexicon) if dep == "relcl" else Governor(head, "blocked")
        if dep in {"ccomp", "xcomp", "acl", "parataxis", "dep", "dobj", "nsubj", "pobj", "agent", "appos", "acomp"}:
            found = _framing(head, dep, lexicon)
            if found is not None:
                return found
        token = head
    return None


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


def conditions_in(sentence: "Stretch", lexicon: Lexicon) -> Iterator[Condition]:
    """Yield the conditions of a sentence: clauses with "unless", "if" and their like, and "in case of" phrases."""
    strong, weak = lexicon.words["frames.condition.strong"], lexicon.words["frames.condition.weak"]
    for token in sentence:
        word = token.lower_
        if word in {"should", "were"} and _is_inverted(token):
            end = max(t.i for t in (token.head if word == "should" else token).subtree) + 1
            end = max(_until_comma(token, sentence), token.i + 2) if word != "should" else _before_main(token, end)
            yield Condition(token.i, end, WEAK, bool(_IF_NOT.search(sentence.doc[token.i : end].text)))
        if word == "should" or (word not in strong and word not in weak):
            continue
        if word == "once" and token.i > sentence.start and token.nbor(-1).lower_ in {"at", "more", "than", "only"}:
            continue  # "at once"
        if word == "while" and not (token.dep_ == "mark" and token.head.lemma in _LASTING):
            continue
        if word == "before" and not _is_denied_till(token):
            continue
        if word == "otherwise" and token.dep_ == "advmod":
            yield Condition(token.i, token.i + 1, STRONG, compels=True)  # what was asked stands before it
            continue
        if token.dep_ in {"mark", "advmod", "cc", "prep"} or word in {"unless", "if", "until", "once"}:
            clause = token.head
            if clause.i < token.i:
                clause = token
            start, end = _extent(token, clause, sentence)
            if word == "when" and clause.dep_ == "ccomp":
                continue  # "has not said when they may return"
            if word in {"until", "once", "when", "whenever"} and not _is_ahead(word, sentence.doc[start:end]):
                continue
            if end > start + 1:
                text = sentence.doc[start:end].text
                compels = word in {*strong, "until", "while", "before"} or bool(_IF_NOT.search(text))
                yield Condition(start, end, STRONG if word in strong or (compels and word == "if") else WEAK, compels)
    yield from _phrases(sentence)
    yield from _lacks(sentence)
    yield from _one_more(sentence)
    yield from _alternatives(sentence)
    yield from _breaches(sentence, lexicon)


# "No support while the fighting went on".
_LASTING = {"continue", "last", "go", "persist", "remain", "hold"}


def _is_denied_till(before: "Token") -> bool:
    """Tell whether something will not be done before something else: "will not be paid before the border is opened"."""
    if before.dep_ != "mark" or before.head.dep_ != "advcl" or before.head.head.i > before.i:
        return False
    main = before.head.head
    return is_negated(main) and bool(modals_of(main))


def _is_ahead(word: str, clause: "Stretch") -> bool:
    """Tell whether a clause of time is a condition: "until" with a verb, "when" and "once" in the present tense."""
    verbs = [t for t in clause if t.pos_ in {"VERB", "AUX"}]
    if word == "until":
        return bool(verbs)
    # What was said then is told in the past: "once they had left, it would close the road".
    backshifted = word == "once" and any(t.lower_ == "would" for t in clause.doc[clause.start].sent)
    return bool(verbs) and (backshifted or not any(t.tag_ == "VBD" for t in verbs))


def _is_inverted(verb: "Token") -> bool:
    """Tell whether a verb opens a condition: "should they refuse", "were he to let it pass"."""
    if verb.lower_ == "should":
        return verb.dep_ == "aux" and any(
            child.dep_ in {"nsubj", "nsubjpass"} and child.i > verb.i for child in verb.head.children
        )
    opens = verb.i == verb.sent.start or verb.nbor(-1).lower_ in {",", ";", ":", "that", '"', "-", "and"}
    if not opens or verb.i + 1 >= len(verb.doc):
        return False
    clause = verb if verb.dep_ not in {"aux", "auxpass"} else verb.head
    return any(child.dep_ in {"nsubj", "nsubjpass"} and child.i > verb.i for child in clause.children)


def _until_comma(token: "Token", sentence: "Stretch") -> int:
    return next((t.i for t in sentence.doc[token.i + 1 : sentence.end] if t.text in {",", ";"}), sentence.end)


def _alternatives(sentence: "Stretch") -> Iterator[Condition]:
    """Yield demands told as an alternative: "hand it over, or pay", "must drop it or face sanctions"."""
    for token in sentence:
        if token.lower_ != "or" or token.dep_ != "cc" or token.head.pos_ not in {"VERB", "AUX"}:
            continue
        second = next((c for c in token.head.children if c.dep_ == "conj" and c.i > token.i), None)
        if second is not None:
            start = min(t.i for t in token.head.subtree)
            yield Condition(max(start, sentence.start), token.i, STRONG, compels=True, alternative=True)


def _breaches(sentence: "Stretch", lexicon: Lexicon) -> Iterator[Condition]:
    """Yield conditions told as a subject: "failure to comply will …", "any attack would …"."""
    for noun in sentence:
        if noun.dep_ not in {"nsubj", "nsubjpass"} or noun.pos_ != "NOUN" or not modals_of(noun.head):
            continue
        refused = is_refusal(noun, lexicon)
        open_deed = _is_anybody_who(noun) or (lexicon.holds("frames.breach.deed", noun.lemma) and is_open_subject(noun))
        if refused or open_deed:
            yield Condition(min(t.i for t in noun.subtree), max(t.i for t in noun.subtree) + 1, WEAK, compels=refused)


def is_refusal(noun: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a noun says that somebody does not do what is asked: "failure to pay", "non-compliance"."""
    if lexicon.holds("frames.breach.refusal", noun.lemma):
        return True
    before = [t.lower_ for t in noun.doc[max(0, noun.i - 2) : noun.i]]
    return before == ["non", "-"] and lexicon.holds("frames.breach.refusal", f"non-{noun.lemma}")


def _is_anybody_who(noun: "Token") -> bool:
    """Tell whether a subject is anybody of a kind who does something: "drivers who ignore it", "a chief who sells"."""
    told = any(c.dep_ == "relcl" or (c.dep_ == "acl" and c.tag_ in {"VBN", "VBG"}) for c in noun.children)
    marks = {c.lower_ for c in noun.children if c.dep_ in {"det", "poss", "nummod"}}
    bare = noun.tag_ == "NNS" and not marks
    return told and (bare or bool(marks & {"a", "an"})) and not is_open_subject(noun)


def _lacks(sentence: "Stretch") -> Iterator[Condition]:
    """Yield conditions told as a lack: "failing which", "without fair payment the firm would …"."""
    for match in _ELSE.finditer(sentence.text):
        span = _span_of(match, sentence)
        yield Condition(span.start, span.end, STRONG, compels=True)
    for match in _LACK.finditer(sentence.text):
        span = _span_of(match, sentence)
        start = next(t.i for t in reversed(list(span)) if not t.is_punct and t.lower_ != "of")
        modal = next((t for t in sentence.doc[start : sentence.end] if t.lower_ in FUTURE), None)
        subject = next((c for c in modal.head.children if c.dep_ in {"nsubj", "nsubjpass"}), None) if modal else None
        if subject is not None and subject.i > start + 1:
            end = min(t.i for t in subject.subtree)
            yield Condition(start, max(end, start + 2), WEAK, compels=True)


def _one_more(sentence: "Stretch") -> Iterator[Condition]:
    """Yield conditions told as a first step: "one more decision of that kind and Lima will recall its envoy"."""
    for match in _ONE_MORE.finditer(sentence.text):
        span = _span_of(match, sentence)
        verbs = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in span)
        following = sentence.doc[span.end : min(span.end + 8, sentence.end)]
        modal = next((t for t in following if t.lower_ in FUTURE), None)
        if modal is not None and modal.i > span.end and not verbs:
            yield Condition(span.start, span.end - 1, STRONG, compels=False)


def _span_of(match: re.Match[str], sentence: "Stretch") -> "Stretch":
    return sentence.doc.between(sentence.start_char + match.start(), sentence.start_char + match.end())


def _phrases(sentence: "Stretch") -> Iterator[Condition]:
    for match in _CASE.finditer(sentence.text):
        span = _span_of(match, sentence)
        stop = next((t.i for t in sentence.doc[span.end : sentence.end] if t.lower_ in {",", ";"}), sentence.end)
        stop = min(stop, _main_clause_after(span, sentence))
        yield Condition(span.start, stop, WEAK, bool(_IF_NOT.search(sentence.doc[span.start : stop].text)))


def _main_clause_after(phrase: "Stretch", sentence: "Stretch") -> int:
    """Return where the clause with a modal begins after a phrase: "in the event of an attack | the army would …"."""
    for token in sentence.doc[phrase.end : sentence.end]:
        if token.dep_ in {"nsubj", "nsubjpass", "expl"} and token.head.i > token.i and modals_of(token.head):
            start = min(t.i for t in token.subtree)
            return start if start > phrase.end else sentence.end
    return sentence.end


def _extent(marker: "Token", clause: "Token", sentence: "Stretch") -> tuple[int, int]:
    """Return the tokens of a conditional clause, from its marker on, without what follows the clause."""
    inner = [t.i for t in clause.subtree if t.i >= marker.i]
    end = max(inner, default=marker.i) + 1
    if not inner or end <= marker.i + 1:
        end = next((t.i for t in sentence.doc[marker.i + 1 : sentence.end] if t.text in {",", ";"}), sentence.end)
    end = _before_main(marker, end)
    while end > marker.i + 1 and sentence.doc[end - 1].is_punct:
        end -= 1
    return marker.i, end


def _before_main(marker: "Token", end: int) -> int:
    """Return where a conditional clause ends: before the comma that opens the clause which depends on it."""
    commas = (t.i for t in marker.doc[marker.i + 1 : end] if t.text == "," and _begins_main_clause(t, end))
    return next(commas, end)


def _begins_main_clause(comma: "Token", end: int) -> bool:
    """Tell whether what follows a comma is the clause that depends on the condition: a subject and a modal."""
    following = comma.doc[comma.i + 1 : min(comma.i + 9, end)]
    subject = next((t for t in following if t.dep_ in {"nsubj", "nsubjpass", "expl"}), None)
    return subject is not None and any(t.lower_ in FUTURE for t in comma.doc[subject.i : min(subject.i + 10, end)])


def is_open_subject(subject: "Token | None") -> bool:
    """Tell whether a subject is itself a condition: "any attack will be met …"."""
    if subject is None:
        return False
    if subject.lower_ in ANYBODY:
        return True
    if subject.lower_ == "ones" and any(c.dep_ == "relcl" for c in subject.children):
        return True
    return any(child.lower_ in _ANY for child in subject.children if child.dep_ in {"det", "amod"})
