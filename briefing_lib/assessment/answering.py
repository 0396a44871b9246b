"""Whether a reported deed can answer a threat: by what it changes, by who does it, by what it is done to, by when."""

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from briefing_lib.assessment.deed_groups import (
    groups_asked,
    groups_of,
    groups_of_act,
    groups_of_deed,
    is_light,
    things_of,
)
from briefing_lib.assessment.deeds import KIND_BY_MODE
from briefing_lib.assessment.gist import Gist, deadline_of, is_same_side, is_ultimatum, published_on, side
from briefing_lib.assessment.likeness import stem, words_in
from briefing_lib.extraction import load_lexicon
from briefing_lib.models import Actor, ActorType, Deed, Mode, Outcome, Precision

# A threat without a deadline whose act is "still" not done so long after it was made has come to nothing so far as the
# text tells; the time is our choice.
LONG_AFTER = timedelta(days=60)
_NOTHING = frozenset({"nothing", "none", "nobody", "one"})
_STRIKE = frozenset({"strike"})
PRONOUNS = frozenset({"it", "they", "them", "this", "that", "these", "those", "all", "he", "she", "which", "who"})
_COUNT = re.compile(r"\d[\d,.]*")
_SHORT = 3  # letters of a word that says little
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?(?!not\b)\w+(?:ed|en|n|t|d|ld|ut)\b(?!\s+by\b)"
)


@dataclass(frozen=True, slots=True)
class Sought:
    """A threat as other words can answer it: groups of its act and of its demand, and what the act is done to."""

    gist: Gist
    act: frozenset[str]
    asked: frozenset[str]
    objects: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """A report beside the threat that it may answer."""

    outcome: Outcome
    deed: Deed
    sought: Sought


@lru_cache(maxsize=512)
def sought_by(gist: Gist) -> Sought:
    """Return a threat with the groups of its act and its demand."""
    threat = gist.threat
    asked = groups_asked(threat.condition or threat.act) if gist.asked else frozenset[str]()
    counts = frozenset(map(stem, load_lexicon().words["outcomes.terms.counts"]))
    objects = frozenset(word for word in map(stem, threat.terms[1:]) if word not in counts)
    if threat.target is not None and not objects:
        objects |= {stem(word) for word in words_in(threat.target.surface) if len(word) > _SHORT}
    act = frozenset[str]() if is_ultimatum(threat) else groups_of_act(threat)
    return Sought(gist, act, asked, objects)


def is_alike(answer: Answer) -> bool:
    """Tell whether a deed brings about the same change as the act, or has its verb."""
    deed, sought = answer.deed, answer.sought
    return bool(groups_of_deed(deed) & sought.act) or sought.gist.head in {stem(form) for form in deed.forms}


def hits_it(answer: Answer) -> bool:
    """Tell whether the sender does something costly to what it threatened in words of no group ("clean up")."""
    outcome, deed, sought = answer.outcome, answer.deed, answer.sought
    if sought.act or outcome.mode is Mode.UNSPECIFIED or outcome.actor is None:
        return False
    return bool({stem(word) for word in deed.undergoers} & sought.objects)


def takes_place(answer: Answer) -> bool:
    """Tell whether a clause tells that the act, named by a noun, came: "letters of dismissal went out"."""
    deed, sought = answer.deed, answer.sought
    comes = any(load_lexicon().holds("outcomes.told.comes", form) for form in deed.forms)
    nouns = [noun for noun in (deed.doer, *deed.undergoers) if noun and noun != "end"]  # "the end of May came"
    return comes and any(groups_of((noun,), "nouns") & sought.act for noun in nouns)


def is_by_sender(answer: Answer) -> bool:
    """Tell whether a deed can be the sender's: its own, that of those who do its work, or one that names no doer."""
    outcome, deed, sought = answer.outcome, answer.deed, answer.sought
    threat = sought.gist.threat
    if _stops_work(answer):
        return True
    if outcome.actor is not None:
        other = threat.target is None or not is_same_side(outcome.actor, threat.target)
        unnamed = threat.sender.name[:1].islower() and other
        return side(outcome.actor) == side(threat.sender) or unnamed or is_called_so(outcome.actor, threat.sender)
    doer = deed.doer
    if load_lexicon().holds("outcomes.told.bodies", doer):
        return not is_asked_of(answer)
    if not doer or doer in PRONOUNS or _is_object(doer, sought):
        return True
    if not deed.undergoers and load_lexicon().holds("outcomes.told.flows", doer):
        return True  # "the gas stopped"
    return load_lexicon().holds("outcomes.told.hands", doer) or bool(groups_of((doer,), "nouns") & sought.act)


def _stops_work(answer: Answer) -> bool:
    """Tell whether those who work somewhere stop, as their union said that its members would: "crews walked out"."""
    deed, sought = answer.deed, answer.sought
    if not (groups_of_deed(deed) & sought.act & _STRIKE) or deed.undergoers:
        return False
    unions = set(load_lexicon().words["outcomes.told.unions"])
    threat = sought.gist.threat
    actor = answer.outcome.actor
    by_union = bool(unions & set(words_in(threat.sender.name))) or "members" in words_in(threat.passage.quote())
    by_union = by_union or (actor is not None and side(actor) == side(threat.sender))
    return by_union and load_lexicon().holds("outcomes.told.hands", deed.doer)


def is_called_by_its_sort(outcome: Outcome) -> bool:
    """Tell whether who did it goes by a common noun for a body that a text names before: "the company", "unions"."""
    if outcome.actor is None:
        return False
    name = outcome.actor.name
    return any(load_lexicon().holds("outcomes.told.bodies", one) for one in (name, name.removesuffix("s")))


def is_called_so(actor: Actor, sender: Actor) -> bool:
    """Tell whether a text calls the sender by its last word alone: "the airline's pilots … pilots"."""
    if actor.type is not ActorType.GROUP or sender.type is not ActorType.GROUP:
        return False
    mine, its = words_in(actor.name), words_in(sender.name)
    return mine[-1:] == its[-1:] and set(mine) <= {*its, "the"}


def is_done_to_it(answer: Answer) -> bool:
    """Tell whether a deed is done to what was threatened, as far as the clause says."""
    outcome, deed, sought = answer.outcome, answer.deed, answer.sought
    if not sought.objects:
        return outcome.actor is not None or not deed.undergoers
    if points_back(answer) or takes_place(answer) or is_of_its_objects(answer) or _stops_work(answer):
        return True
    if any(groups_of((noun,), "nouns") & sought.act for noun in deed.undergoers):
        return True  # "no suit was filed"
    threat = sought.gist.threat
    # "Would be suspended … suspended the federation": nothing else was named.
    same_verb = not threat.terms[1:] and sought.gist.head in {stem(form) for form in deed.forms}
    to_itself = same_verb or _is_to_a_party(sought) or threat.mode in KIND_BY_MODE
    facing = outcome.target is not None and threat.target is not None and to_itself
    light = is_light(deed) and bool(deed.undergoers)  # "took the oath" takes no town
    return facing and not light and outcome.actor is not None and is_same_side(outcome.target, threat.target)


def _is_to_a_party(sought: Sought) -> bool:
    """Tell whether an act is done to the other side, which its words call by its sort: "cut off its neighbour"."""
    things = sought.objects - {stem(word) for word in words_in(sought.gist.threat.deadline_words)}
    return bool(things) and things <= set(map(stem, load_lexicon().words["outcomes.told.sides"]))


def points_back(answer: Answer) -> bool:
    """Tell whether a deed is done to what the text spoke of: "shut it", "seven of the fourteen"."""
    deed = answer.deed
    return bool(deed.undergoers) and all(
        word in PRONOUNS
        or word in _NOTHING
        or load_lexicon().holds("outcomes.told.quantities", word)
        or _COUNT.fullmatch(word)
        for word in deed.undergoers
    )


def is_of_its_objects(answer: Answer) -> bool:
    """Tell whether a clause names what the act was to be done to."""
    outcome, deed, sought = answer.outcome, answer.deed, answer.sought
    verbs = {stem(form) for form in deed.forms}
    named = {stem(word) for word in (deed.doer, *deed.undergoers, *outcome.terms) if word} - verbs
    return bool(named & sought.objects) or bool(things_of(named) & things_of(sought.objects))


def _is_object(word: str, sought: Sought) -> bool:
    """Tell whether a word names what the act was to be done to, by another of its names too."""
    return stem(word) in sought.objects or bool(things_of((stem(word),)) & things_of(sought.objects))


def is_by_target(answer: Answer) -> bool:
    """Tell whether a deed can be the target's, or that of whom the condition names."""
    outcome, deed, sought = answer.outcome, answer.deed, answer.sought
    threat = sought.gist.threat
    if outcome.actor is not None and side(outcome.actor) == side(threat.sender):
        return False
    if is_asked_of(answer) or _asks_nobody(sought):
        return True
    if outcome.actor is not None:
        return False
    return not deed.doer or deed.doer in PRONOUNS or bool(groups_of((deed.doer,), "nouns") & sought.asked)


def _asks_nobody(sought: Sought) -> bool:
    """Tell whether a condition names nobody who is to act: "unless elections were held", "if no money came"."""
    condition = sought.gist.threat.condition
    if _PASSIVE.search(condition):
        return True
    small = load_lexicon().words["outcomes.terms.small"]
    first = next((word for word in words_in(condition) if word not in small), "")
    return bool(first) and bool(groups_of((first,), "nouns") & sought.asked)


def is_asked_of(answer: Answer) -> bool:
    """Tell whether a deed is that of the target or of whom the condition names."""
    outcome, deed, sought = answer.outcome, answer.deed, answer.sought
    threat, actor = sought.gist.threat, outcome.actor
    if actor is not None and threat.target is not None and is_same_side(actor, threat.target):
        return True
    said = set(words_in(threat.condition))
    named = {stem(word) for word in said}
    if said & PRONOUNS:
        named |= sought.objects  # "arrest the crew of a ship unless it sailed"
    if threat.target is not None:
        named |= {stem(word) for word in words_in(threat.target.surface)}
    return bool(deed.doer) and (stem(deed.doer) in named or bool(_own_words(actor) & named))


def _own_words(actor: Actor | None) -> set[str]:
    if actor is None:
        return set()
    return {stem(word) for word in words_in(actor.surface) if len(word) > _SHORT}


def is_time_past(answer: Answer) -> bool:
    """Tell whether the time of a threat was past when a text says that things are as they were."""
    outcome, threat = answer.outcome, answer.sought.gist.threat
    published = outcome.passage.document.published
    if published is None or published.precision is not Precision.DAY:
        return True
    day = published_on(published)
    deadline = deadline_of(threat)
    if deadline is not None and deadline.end is not None:
        return day > deadline.end
    issued = threat.issued
    return issued is not None and issued.end is not None and day - issued.end >= LONG_AFTER
