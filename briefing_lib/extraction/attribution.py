"""Who tells an act that the parser hung on the wrong word: the verb of saying that stands beside it in the sentence."""

from typing import TYPE_CHECKING

from briefing_lib.extraction.framing import Governor, frame_of, is_at_distance
from briefing_lib.extraction.grammar import is_alternative, is_negated, is_to_infinitive, prepositional, subject_of
from briefing_lib.extraction.lexicon import Lexicon

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Token

# Frames that tell an act in a clause of their own.
TELLING = frozenset({"say", "warn", "announce", "vow", "threaten"})
# Tokens between a verb of saying and its "that": whom is told, and when ("told reporters on Monday that").
_TO_THAT = 10
# Tokens from "reserves" to the act.
_TO_RIGHT = 12
_FINITE = {"VBD", "VBZ", "VBP"}
_MARKS = {",", '"', "-", "--", "(", "''", "``"}
# Clauses that tell a reason, a purpose or a comparison: their verb is nobody's announcement, wherever it hangs.
_MARKERS = frozenset(
    [
        "because",
        "so",
        "although",
        "though",
        "while",
        "whereas",
        "since",
        "as",
        "if",
        "unless",
        "when",
        "than",
        "whether",
    ]
)


def teller_of(verb: "Token", lexicon: Lexicon) -> Governor | None:
    """Return the verb of saying that a clause depends on by its place, where the parse has it depend on nothing.

    It stands between commas (", he said, his country would …"), at the end (", the ministry said"), or before a "that"
    which no other clause parts from the act ("replied that ties with Lima would be cut").
    """
    if any(c.dep_ in {"mark", "advmod"} and c.lower_ in _MARKERS for c in verb.children):
        return None
    if verb.dep_ == "relcl" and any(_is_relative(c) for c in verb.children):
        return None
    return (
        _or_else(verb, lexicon)
        or _aside(verb, lexicon)
        or _before_that(verb, lexicon)
        or _before_colon(verb, lexicon)
        or _according_to(verb)
    )


def _is_relative(token: "Token") -> bool:
    return token.lower_ in {"who", "which", "whose"} or (token.lower_ == "that" and token.dep_ != "mark")


def reserved(verb: "Token", lexicon: Lexicon) -> Governor | None:
    """Return the verb of "it reserves the right, he said, to take it to court", which an aside parts from its act."""
    before = verb.doc[max(verb.sent.start, verb.i - _TO_RIGHT) : verb.i]
    if not is_to_infinitive(verb) or not any(lexicon.holds("frames.reserve.nouns", t.lower_) for t in before):
        return None
    held = next((t for t in before if t.lemma == "reserve" and not is_negated(t)), None)
    return Governor(held, "hint") if held is not None else None


def _or_else(verb: "Token", lexicon: Lexicon) -> Governor | None:
    """Return the verb of an order with what else there is: "ordered them to the wards or they would be fined"."""
    order = verb.head
    if not is_alternative(verb) or frame_of(order, lexicon) not in TELLING | {"demand"}:
        return None
    return Governor(order, "say", denied=_is_denied(order, lexicon))


def _aside(verb: "Token", lexicon: Lexicon) -> Governor | None:
    """Return a verb of saying that stands aside with its subject: ", he said,", ", said the minister."."""
    doc = verb.doc
    for said in verb.sent:
        if said == verb or not _tells(said, lexicon):
            continue
        subject = next((c for c in said.children if c.dep_ == "nsubj"), None)
        if subject is None or (verb.is_ancestor(subject) and not verb.is_ancestor(said)):
            continue
        first = min(said.i, *(t.i for t in subject.subtree))
        if first == verb.sent.start or doc[first - 1].text not in _MARKS:
            continue
        after = next((t for t in doc[max(said.i, subject.i) + 1 : verb.sent.end] if not t.is_space), None)
        if (
            after is None
            or after.text in {",", ".", '"', ";", "-", "--"}
            or after.dep_ in {"prep", "npadvmod", "advmod"}
        ):
            return Governor(said, frame_of(said, lexicon) or "say", denied=_is_denied(said, lexicon))
    return None


def _before_that(verb: "Token", lexicon: Lexicon) -> Governor | None:
    """Return the verb of saying before the nearest "that" which opens the clause."""
    doc = verb.doc
    for that in reversed(doc[verb.sent.start : verb.i]):
        if that.lower_ in {"who", "which", "whose", "whom"} or that.text in {";", ":"}:
            return None
        if that.lower_ != "that" or not _opens_a_clause(that):
            continue
        before = reversed(doc[max(verb.sent.start, that.i - _TO_THAT) : that.i])
        said = next((t for t in before if t.pos_ in {"VERB", "AUX"}), None)
        if said is not None and _tells(said, lexicon) and subject_of(said) is not None:
            return Governor(said, frame_of(said, lexicon) or "say", denied=_is_denied(said, lexicon))
        if doc[that.i - 1].lower_ not in {"and", "or", "but"}:
            return None  # else: "said that the men were not paid, and that they would leave"
    return None


def _opens_a_clause(that: "Token") -> bool:
    """Tell a "that" which opens what is told from one that points, or stands for a noun."""
    return that.tag_ not in {"DT", "WDT"} or that.dep_ in {"mark", "advmod"}


def _according_to(verb: "Token") -> Governor | None:
    """Return the "according" of "the permits will be withdrawn, according to the ministry"."""
    return next((Governor(token, "say") for token in verb.sent if source_named_by(token) is not None), None)


def source_named_by(token: "Token") -> "Token | None":
    """Return who is named by "according to the ministry", of "according"."""
    if token.lower_ != "according" or token.i + 1 >= token.sent.end or token.nbor().lower_ != "to":
        return None
    return next(prepositional(token, "to"), None) or next(prepositional(token.nbor()), None)


def _before_colon(verb: "Token", lexicon: Lexicon) -> Governor | None:
    """Return the verb before a colon that opens what is told: "Reykjavik replied at once: ties would be cut"."""
    doc = verb.doc
    colon = next((t for t in reversed(doc[verb.sent.start : verb.i]) if t.text in {":", ";", '"'}), None)
    if colon is None or colon.text != ":" or verb.dep_ == "relcl":
        return None
    for said in reversed(doc[verb.sent.start : colon.i]):
        subject = subject_of(said) if said.pos_ == "VERB" and said.tag_ in {"VBD", "VBZ", "VBP"} else None
        if subject is not None and subject.i < said.i:
            frame = frame_of(said, lexicon)
            nouns = any(lexicon.holds("frames.tell.nouns", t.lemma) for t in doc[said.i + 1 : colon.i])
            if frame in TELLING or frame in {"decide", "demand"} or nouns:
                return Governor(said, "say", denied=_is_denied(said, lexicon))
            return None
    return None


def _tells(token: "Token", lexicon: Lexicon) -> bool:
    if _goes_on(token):
        return True
    had = token.tag_ == "VBN" and any(c.dep_ == "aux" and c.lemma == "have" for c in token.children)
    return token.pos_ == "VERB" and (had or token.tag_ in _FINITE) and frame_of(token, lexicon) in TELLING


def _goes_on(verb: "Token") -> bool:
    """Tell whether a speaker goes on: ", the statement went on, "."""
    after = [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 3]]
    return verb.lemma == "go" and len(after) > 1 and after[0] == "on" and after[1] in _MARKS


def _is_denied(said: "Token", lexicon: Lexicon) -> bool:
    return is_negated(said) or is_at_distance(said, lexicon)
