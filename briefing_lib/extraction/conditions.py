"""On what a sentence makes an act depend: clauses with "unless" and "if", and what else says the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_lib.extraction.grammar import FUTURE, is_negated, is_to_infinitive, modals_of
from briefing_lib.extraction.lexicon import STRONG, WEAK, Lexicon

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Stretch, Token

_IF_NOT = re.compile(
    r"\b(?:not|n't|no|none|nothing|nobody|never|refus\w+|fail\w*|reject\w*|declin\w+|without|ignor\w+)\b", re.I
)
_CASE = re.compile(
    r"\b(?:in (?:the )?(?:case|event)(?: of| that)?|the moment|(?:as|so) long as(?! \d)"
    r"|on condition that|in the absence of|absent (?:a|an|the|any|some|clear|further))\b",
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


@dataclass(frozen=True, slots=True)
class Condition:
    """On what an act depends: half-open token indices, points (1 or 2), and whether it asks for a change."""

    start: int
    end: int
    weight: int
    compels: bool
    alternative: bool = False


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
            bidden = (c for c in token.head.children if c.dep_ == "xcomp" and c.i < token.i and is_to_infinitive(c))
            start = min(t.i for t in next(bidden, token.head).subtree)  # "told them to go back, or they would …"
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
        lacks = "absen" in match.group().lower()
        compels = lacks or bool(_IF_NOT.search(sentence.doc[span.start : stop].text))
        yield Condition(span.start, stop, WEAK, compels)


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
    commas = (t.i for t in marker.doc[marker.i + 1 : end] if t.text == "," and _begins_main_clause(t, marker, end))
    return next(commas, end)


def _begins_main_clause(comma: "Token", marker: "Token", end: int) -> bool:
    """Tell whether what follows a comma is the clause that depends on the condition: a subject and a modal."""
    following = comma.doc[comma.i + 1 : min(comma.i + 9, end)]
    subject = next((t for t in following if t.dep_ in {"nsubj", "nsubjpass", "expl"}), None)
    if subject is None or (marker.dep_ == "mark" and subject.head == marker.head):
        return False  # "if, at this stage, it would seem that …"
    return any(t.lower_ in FUTURE for t in comma.doc[subject.i : min(subject.i + 10, end)])


def is_open_subject(subject: "Token | None") -> bool:
    """Tell whether a subject is itself a condition: "any attack will be met …"."""
    if subject is None:
        return False
    if subject.lower_ in ANYBODY:
        return True
    if subject.lower_ == "ones" and any(c.dep_ == "relcl" for c in subject.children):
        return True
    return any(child.lower_ in _ANY for child in subject.children if child.dep_ in {"det", "amod"})
