"""Why mentions are one case and what came of it, told in whole sentences that a reader of the briefing understands.

What the rules went by in a sentence is added as they name it, so that each reading can be traced to its rule.
"""

import re
from collections.abc import Iterable, Set

from briefing_lib.assessment.likeness import stem
from briefing_lib.models import Document, Kind, Outcome, Passage, Threat
from briefing_lib.wording import came_to, in_words, listed, shortened

LONGEST_TITLE = 80  # characters: a headline in full, and not the first paragraph that some feeds give for one
MOST_WORDS = 4  # that two mentions share and a reason names
WHAT_IT_DOES = {
    Kind.COMPELLENT: "makes a demand with a threat behind it",
    Kind.DETERRENT: "warns of what an act would bring",
    Kind.ANNOUNCED_INTENT: "announces what it means to do",
    Kind.VAGUE: "threatens without saying what it would do",
    Kind.UNCONDITIONAL: "threatens on no condition",
}


def cited(document: Document) -> str:
    """Return a document as a reason names it: its title, else its id, and its day."""
    name = f"“{shortened(document.title or document.id, LONGEST_TITLE)}”"
    return f"{name} ({in_words(document.published)})" if document.published else name


def why_threat(threat: Threat) -> str:
    """Say what sort of threat a mention is, and by which words."""
    return f"The sender {WHAT_IT_DOES[threat.kind]}.{_traced(threat.reasons, before=' What shows it: ', after='.')}"


def why_same(threat: Threat, shared: Set[str]) -> str:
    """Say that a mention repeats a threat, and with which words, by the stems that the two share."""
    how = shared_words(shared, threat.passage) if shared else " in the same statement"
    return f"{cited(threat.passage.document)} repeats it{how}."


def why_bearing(outcome: Outcome, said: Outcome, tie: str) -> str:
    """Say what ties an outcome to a threat, and what it says of it.

    Parameters
    ----------
    outcome
        As it was found.
    said
        As it speaks of the threat.
    tie
        What its document does, as a verb with its object: "speaks of the same act (close, strait)".
    """
    says = f", and says that it {came_to(said.status, 1)}" if said.stated else ""
    return f"{cited(outcome.passage.document)} {tie}{says}{_traced(outcome.reasons)}."


def shared_words(shared: Set[str], passage: Passage) -> str:
    """Return the first words of a passage with one of these stems, as it has them; nothing where others stand there."""
    words: dict[str, str] = {}
    for word in re.findall(r"[A-Za-z]+", passage.quote()):
        words.setdefault(stem(word.lower()), word)
    held = [f"“{word}”" for one, word in words.items() if one in shared]
    words_or_word = "word" if len(held) == 1 else "words"
    return f", with the {words_or_word} {listed(held[:MOST_WORDS])}" if held else ""


def _traced(reasons: Iterable[str], *, before: str = " (", after: str = ")") -> str:
    named = "; ".join(reasons)
    return f"{before}{named}{after}" if named else ""
