"""Why an outcome is taken to speak of a threat: a statement about it, the threatened act, what it demanded, its end."""

from functools import lru_cache

from briefing_lib.assessment.deed_groups import groups_of, groups_of_act
from briefing_lib.assessment.gist import Gist, distance, is_same_side, is_told_together, is_within_reach, side
from briefing_lib.assessment.likeness import class_of, classes_of, name_stems, stem, stems_of, words_in
from briefing_lib.assessment.reasons import shared_words
from briefing_lib.extraction import load_lexicon
from briefing_lib.models import Actor, Kind, Mode, Outcome, Precision, Status, Threat

# An act is of the kind that was threatened by its mode alone only for these: a strike answers a threat of force
# whatever it hits, but not every restriction is the one that was threatened.
KIND_BY_MODE = frozenset({Mode.VIOLENCE, Mode.TERRITORY, Mode.ARREST, Mode.EXPEL})
DONE = frozenset({Status.CARRIED_OUT, Status.PARTLY_CARRIED_OUT})
MILITARY = frozenset({Mode.VIOLENCE, Mode.TERRITORY})
# Characters: a sentence or two, and some paragraphs. What follows so soon is told as what came next.
JUST_AFTER, TOLD_NEXT, SOON_AFTER = 300, 700, 1500
# Of a threat's own words, how many an act must share: one word of ten is chance.
LEAST_SHARE = 0.2


def stems_in(outcome: Outcome, threat: Threat) -> frozenset[str]:
    """Return the stems of what was done, without the names of those concerned."""
    names = name_stems(outcome.actor) | name_stems(outcome.target) | name_stems(threat.sender)
    return stems_of(outcome.terms) - names - name_stems(threat.target)


# --- statements -------------------------------------------------------------------------------------------------------


def stated_reason(outcome: Outcome, gist: Gist) -> str:
    """Return why a statement speaks of a threat that it does not point at, or an empty string."""
    threat = gist.threat
    shared = stems_in(outcome, threat) & gist.act
    # A threat that names no act shares words with what it answers, too.
    enough = len(shared) > 1 or len(gist.act) < 4
    if threat.kind is Kind.VAGUE and len(gist.act) >= 4:
        enough = 2 * len(shared) >= len(gist.act)
    # "War" in another document, where nobody is named who makes it, is any war.
    elsewhere = outcome.passage.document.id != threat.passage.document.id
    if outcome.actor is None and elsewhere and len(shared) < 2:
        telling = outcome.target is not None or not classes_of(t for t in outcome.terms if stem(t) in shared)
        enough = enough and telling and is_within_reach(outcome, threat)
    if shared and enough:
        return _same_act(shared, outcome)
    own = outcome.actor is not None and side(outcome.actor) == side(threat.sender)
    if own and not elsewhere and gist.act and groups_of(outcome.terms, "nouns") & groups_of_act(threat):
        return "speaks of the same act by another word"
    if outcome.actor is None:
        return ""
    names = name_stems(outcome.actor) | name_stems(outcome.target) | name_stems(threat.target)
    about = frozenset(term for term in outcome.terms if stem(term) not in names)
    if not about or stems_of(about):
        return ""
    if "military" in about and threat.mode in MILITARY:
        return f"speaks of all military action {_of_all(outcome, threat)}"
    as_a_whole = "military" not in about and outcome.target is not None
    if as_a_whole and outcome.mode in {threat.mode, Mode.UNSPECIFIED}:
        return f"speaks of all action {_of_all(outcome, threat)}"
    return ""


# --- deeds of the sender ----------------------------------------------------------------------------------------------


def deed_reason(outcome: Outcome, gist: Gist, common: frozenset[str]) -> str:
    """Return why a reported act is taken for the threatened one, or an empty string.

    Parameters
    ----------
    common
        Stems that so many of the sender's threats have that they tell none from another.
    """
    threat = gist.threat
    if not is_within_reach(outcome, threat):
        return ""
    if not gist.act and gist.asked and threat.mode is Mode.UNSPECIFIED:
        return _ultimatum_reason(outcome, threat)
    shared = (stems_in(outcome, threat) & gist.act) - common
    named = shared - {gist.head}
    kind = is_same_kind(outcome, gist)
    # What only happens at the same place is another act, unless it costs something and has the same object.
    costly = outcome.mode is not Mode.UNSPECIFIED and outcome.actor is not None and len(shared) > 1
    of_it = kind or costly or _is_same_doing(outcome, gist) or is_opposite(outcome, gist)
    if not of_it or (shared and not named and _is_of_another(outcome, gist)):
        return ""
    if threat.kind is Kind.VAGUE and not (kind and len(named) > 1 and 2 * len(shared) >= len(gist.act)):
        return _answer_reason(outcome, gist)
    if (shared or kind) and is_told_together(outcome, threat):
        return "tells of the act together with the threat"
    gap = distance(outcome, threat)
    soon = gap is not None and gap <= SOON_AFTER
    facing = outcome.target is not None and threat.target is not None
    if _needs_more(threat) and not (_is_answer(outcome) or len(named) > 1 or (kind and named and soon)):
        return ""
    denied = outcome.status is Status.NOT_CARRIED_OUT
    if outcome.actor is None and _needs_more(threat) and not soon:
        return ""
    if outcome.actor is None and not ((soon and kind) or (len(shared) > 1 and (soon or denied or kind))):
        return ""
    if is_opposite(outcome, gist) and (named or soon):
        return "reports that the opposite was done"
    if len(shared) < LEAST_SHARE * len(gist.act) and not (kind and gist.head in shared):
        shared = frozenset()
    if len(shared) > 1 or (shared and kind and (named or facing or soon)):
        return _same_act(shared, outcome)
    if shared and shared >= gist.act and (facing or soon):
        return _same_act(shared, outcome)
    return _kind_reason(outcome, gist, kind=kind, facing=facing, gap=gap)


def _is_of_another(outcome: Outcome, gist: Gist) -> bool:
    """Tell whether what was left undone would have been done to something else: "did not close the museum"."""
    if outcome.status is not Status.NOT_CARRIED_OUT or outcome.deed is None:
        return False
    done_to = {stem(word) for word in outcome.deed.undergoers}
    return bool(gist.act - {gist.head} and done_to & stems_in(outcome, gist.threat))


def _is_same_doing(outcome: Outcome, gist: Gist) -> bool:
    """Tell whether an act has the threat's verb, by derivation too."""
    done = {stem(term) for term in outcome.terms}
    deed = stem(outcome.terms[0]) if outcome.terms else ""
    return gist.head in done or deed in gist.act


def _kind_reason(outcome: Outcome, gist: Gist, *, kind: bool, facing: bool, gap: int | None) -> str:
    """Return why an act is taken for the threatened one though no word is shared: force answers a threat of force."""
    if not kind or gist.threat.mode not in KIND_BY_MODE or _needs_more(gist.threat):
        return ""
    if outcome.status is Status.NOT_CARRIED_OUT and gap is not None and gap <= JUST_AFTER:
        return "reports that no act of that kind was done"
    if outcome.actor is None:
        return ""
    if facing:
        return f"reports an act of the same kind {_of_all(outcome, gist.threat)}"
    if gap is not None and gap <= (TOLD_NEXT if outcome.mode in MILITARY else JUST_AFTER):
        return f"goes on to report an act of the same kind by {gist.threat.sender.name}"
    return ""


def _needs_more(threat: Threat) -> bool:
    """Tell whether a threat waits for the target to act: no act of the sender's carries it out by its kind alone."""
    return threat.kind is Kind.DETERRENT


def _ultimatum_reason(outcome: Outcome, threat: Threat) -> str:
    """Return why an act follows an ultimatum that did not say what would: force against the target, told soon after."""
    gap = distance(outcome, threat)
    facing = outcome.actor is not None and outcome.target is not None and threat.target is not None
    if facing and outcome.mode in MILITARY and gap is not None and gap <= SOON_AFTER:
        return "reports force against the target after the ultimatum"
    return ""


def _answer_reason(outcome: Outcome, gist: Gist) -> str:
    """Return why an act carries out a threat that named none: it is told as the answer that was announced."""
    facing = outcome.target is not None and gist.threat.target is not None
    costly = outcome.mode is not Mode.UNSPECIFIED
    soon = distance(outcome, gist.threat)
    if facing and costly and _is_answer(outcome) and (soon is not None or gist.threat.mode is outcome.mode):
        return "reports an act in answer, as was announced"
    return ""


def _is_answer(outcome: Outcome) -> bool:
    """Tell whether an act is told as done in response or as it was said."""
    text = outcome.passage.quote().lower()
    words = load_lexicon().words
    return any(phrase in text for phrase in words["frames.retaliation.phrases"] | words["outcomes.terms.as_said"])


def is_opposite(outcome: Outcome, gist: Gist) -> bool:
    """Tell whether a deed leaves the threatened act undone: a bill signed that was to be vetoed."""
    deed = stem(outcome.terms[0]) if outcome.terms else ""
    return frozenset({deed, gist.head}) in opposites()


@lru_cache(maxsize=1)
def opposites() -> frozenset[frozenset[str]]:
    """Return the pairs of stems of acts of which one leaves the other undone."""
    return frozenset(frozenset(map(stem, pair.split())) for pair in load_lexicon().words["outcomes.terms.opposites"])


def is_same_kind(outcome: Outcome, gist: Gist) -> bool:
    """Tell whether an act is of the kind threatened: by PLOVER mode, or by a class of costly acts (acts.toml)."""
    threat = gist.threat
    if outcome.mode is not Mode.UNSPECIFIED and outcome.mode is threat.mode:
        return True
    if {outcome.mode, threat.mode} <= MILITARY:
        return True
    return bool(gist.classes & classes_of(outcome.terms[:1]))


# --- deeds of the target ----------------------------------------------------------------------------------------------


def compliance_reason(outcome: Outcome, gist: Gist) -> str:
    """Return why a reported act of the target's is taken to meet what was asked, or an empty string."""
    threat, asked = gist.threat, gist.asked
    if not asked or not is_within_reach(outcome, threat) or outcome.status is Status.NOT_CARRIED_OUT:
        return ""
    if outcome.actor is None and outcome.passage.document.id != threat.passage.document.id:
        return ""
    if any(load_lexicon().holds("outcomes.not_carried_out.forbear", term) for term in outcome.terms[:1]):
        return ""
    if not _is_of_target(outcome, threat):
        return ""
    done = stems_in(outcome, threat)
    shared = done & asked
    if not shared:
        return ""
    deed = stem(outcome.terms[0]) if outcome.terms else ""
    gap = distance(outcome, threat)
    soon = gap is not None and gap <= SOON_AFTER
    if asks_for_an_end(threat):
        what = [term for term in outcome.terms if stem(term) in shared and not _stops(term)]
        return _met(shared, outcome) if what and any(map(_stops, outcome.terms)) else ""
    # "The firm paid": the verb alone, where neither side says what else. "Released a film" is another release.
    bare = deed in shared and (done == shared or len(asked - shared) < 2)
    # What happens at the same place is another act: the verb is shared, or half of what was asked.
    same = len(shared) > 1 and (deed in shared or 2 * len(shared) >= len(asked))
    whole = shared >= asked and (gap is not None or len(shared) > 1)
    if same or whole or (soon and bare and outcome.actor is not None):
        return _met(shared, outcome)
    return ""


def _met(shared: frozenset[str], outcome: Outcome) -> str:
    return f"reports that what was asked was done{shared_words(shared, outcome.passage)}"


def _is_of_target(outcome: Outcome, threat: Threat) -> bool:
    """Tell whether an act is that of whom the threat is made to, or of whom its condition names."""
    actor = outcome.actor
    if actor is None:
        return True
    if side(actor) == side(threat.sender):
        return False
    if threat.target is not None and is_same_side(actor, threat.target):
        return True
    named = {stem(word) for word in words_in(threat.condition)}
    return bool(_own_words(actor) & named)


def _own_words(actor: Actor) -> set[str]:
    return {stem(word) for word in words_in(actor.surface) if word not in {"the", "its", "of", "and"}}


def asks_for_an_end(threat: Threat) -> bool:
    """Tell whether a threat asks for an end of what goes on, so that to stop it is to comply."""
    text = f" {threat.condition.lower()} "
    words = load_lexicon().words
    going_on = any(f" {phrase} " in text for phrase in words["outcomes.terms.going_on"])
    return going_on or any(word in words["outcomes.terms.ending"] for word in words_in(threat.condition))


def _stops(term: str) -> bool:
    return load_lexicon().holds("outcomes.terms.stopping", term)


# --- the quarrel's end ------------------------------------------------------------------------------------------------


def is_quarrel_over(outcome: Outcome, gist: Gist) -> bool:
    """Tell whether a report says that the quarrel which a threat belongs to was settled without the act.

    Only in the same document, after the threat, and for threats of force or with a demand.
    """
    threat = gist.threat
    gap = distance(outcome, threat)
    if gap is None or not (threat.mode in MILITARY or gist.asked or threat.kind is Kind.COMPELLENT):
        return False
    text = outcome.passage.quote()
    parties = [
        actor is not None and any(name and name in text for name in (actor.name, actor.surface, actor.home))
        for actor in (threat.sender, threat.target)
    ]
    both = any(words in text.lower() for words in load_lexicon().words["outcomes.settled.both"])
    day = outcome.passage.document.published
    soon = SOON_AFTER if day is not None and day.precision is Precision.DAY else 2 * SOON_AFTER
    return all(parties) or both or (gap <= soon and not outcome.actor)


def is_undoing(outcome: Outcome, gist: Gist) -> bool:
    """Tell whether what is taken back is the threatened act: by a shared word, or by mode if it names no other."""
    if stems_in(outcome, gist.threat) & gist.act:
        return True
    # "Lifted the embargo" takes back any; "lifted a levy on wine" says which.
    of_else = stems_in(outcome, gist.threat) & stems_of(term for term in outcome.terms[1:] if not class_of(term))
    return outcome.mode is not Mode.UNSPECIFIED and outcome.mode is gist.threat.mode and not of_else


def _same_act(shared: frozenset[str], outcome: Outcome) -> str:
    """Say that an outcome has the threatened act's words; what it says of the act is told after that."""
    tells = "reports" if outcome.status in DONE and not outcome.stated else "speaks of"
    return f"{tells} the same act{shared_words(shared, outcome.passage)}"


def _of_all(outcome: Outcome, threat: Threat) -> str:
    """Return whose action against whom, without saying which."""
    against = f" against {threat.target.name}" if threat.target and outcome.target else ""
    return f"by {threat.sender.name}{against}"
