"""Whether what one side says was done is disputed by another in the next sentence."""

from typing import TYPE_CHECKING

from briefing_lib.extraction.grammar import subject_of
from briefing_lib.extraction.lexicon import Lexicon
from briefing_lib.extraction.outcomes.clauses import is_denied, modals_in
from briefing_lib.extraction.outcomes.states import lasts

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Stretch, Token

_NO = frozenset({"not", "no", "never", "none", "nothing", "nobody"})


def is_contested(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a clause is what somebody says, and the next sentence has somebody else deny it or say otherwise.

    Otherwise: with a negation, or that things go on as before ("the army said that lorries crossed it as usual").
    """
    saying = verb.head
    if verb.dep_ != "ccomp" or not _says(saying, lexicon):
        return False
    following = next((s for s in verb.doc.sents if s.start >= verb.sent.end), None)
    return following is not None and _says_otherwise(following, subject_of(saying), lexicon)


def _says_otherwise(sentence: "Stretch", teller: "Token | None", lexicon: Lexicon) -> bool:
    root = sentence.root
    other = subject_of(root)
    if other is None or teller is None or other.pos_ == "PRON" or other.lemma == teller.lemma:
        return False
    if lexicon.holds("outcomes.unclear.denying", root.lemma):
        return True
    if not _says(root, lexicon):
        return False
    told = next((c for c in root.children if c.dep_ == "ccomp" and not modals_in(c)), None)
    if told is None:
        return False
    return (
        is_denied(told, lexicon) or lasts(told, lexicon) or any(t.lower_ in _NO for t in told.subtree if t.i < told.i)
    )


def _says(verb: "Token", lexicon: Lexicon) -> bool:
    return any(lexicon.holds(f"frames.{frame}.verbs", verb.lemma) for frame in ("say", "announce"))
