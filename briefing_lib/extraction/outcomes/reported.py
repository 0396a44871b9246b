"""Plain reports of what somebody did, with no word of a threat: most outcomes are told so.

A report says who did what to whom. Whether that is what was threatened, or what was demanded, is asked where mentions
are linked: an act of the sender's may carry a threat out, an act of the target's may meet its condition.
"""

from typing import TYPE_CHECKING

from briefing_lib.extraction.acts import Act, noun_class, weigh_deed
from briefing_lib.extraction.framing import governor_of
from briefing_lib.extraction.grammar import (
    agent_of,
    is_passive,
    is_to_infinitive,
    lemma_forms,
    objects_of,
    prepositional,
    subject_of,
)
from briefing_lib.extraction.lexicon import STRONG, Lexicon
from briefing_lib.extraction.outcomes.clauses import (
    PROFORMS,
    Found,
    doer_in,
    fails_to,
    has_come_about,
    hears_of,
    is_denied,
    is_partial,
    is_told_back,
    is_wanted,
    phrase_at,
)
from briefing_lib.extraction.outcomes.states import state_in, told_as_so
from briefing_lib.extraction.weighing import weigh
from briefing_lib.models import Mode, Status

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Token

# What is said under these is not reported as done.
_UNREAL_FRAMES = frozenset({"threaten", "warn", "vow", "intend", "hint", "demand", "blocked"})


def reported_by_verb(verb: "Token", lexicon: Lexicon) -> Found | None:
    """Return what a verb reports as done, not done, undone or settled, or None."""
    if not has_come_about(verb, lexicon) or _is_unreal(verb, lexicon) or _is_background(verb):
        return None
    for finder in (_settled, _undone, _of_act_noun, told_as_so, _done):
        found = finder(verb, lexicon)
        if found is not None:
            return found
    return None


def _is_unreal(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a clause is told as a plan, fear, demand, or as what reports claim."""
    if hears_of(verb, lexicon) or is_told_back(verb):
        return True
    if is_wanted(verb, lexicon) and not fails_to(verb, lexicon):
        return True
    governor = governor_of(verb, lexicon)
    if governor is None or fails_to(verb, lexicon) or _is_granted(verb):
        return False
    begun = (
        any(lexicon.holds(f"outcomes.begun.{kind}", governor.token.lemma) for kind in ("verbs", "steps", "causing"))
        or verb.dep_ == "pcomp"
    )
    return (governor.denied or governor.frame in _UNREAL_FRAMES) and not begun


def _is_granted(verb: "Token") -> bool:
    """Tell whether a clause of time takes its verb for a fact: "can play again after the league ended the ban"."""
    opens = {
        t.lower_ for t in (*verb.children, *verb.head.children) if t.i < verb.i and t.dep_ in {"mark", "prep", "advmod"}
    }
    return verb.dep_ == "advcl" and verb.tag_ == "VBD" and bool(opens & {"after", "since", "because"})


def _is_background(verb: "Token") -> bool:
    """Tell whether a clause only says which thing is meant ("the posts that were given up"): no comma, no news."""
    if verb.dep_ != "relcl" or is_to_infinitive(verb):
        return False
    first = min(t.i for t in verb.subtree)
    return first == 0 or verb.doc[first - 1].text != ","


def _settled(verb: "Token", lexicon: Lexicon) -> Found | None:
    """Read the end of a quarrel: "tensions subsided", "the two sides signed a treaty"."""
    if is_denied(verb, lexicon):
        return None
    forms = lemma_forms(verb)
    thing = next(iter(objects_of(verb)), None) if is_passive(verb) else subject_of(verb)
    if thing is not None and lexicon.holds("outcomes.settled.quarrels", thing.lemma):
        eased = any(lexicon.holds("outcomes.settled.verbs", form) for form in forms)
        calmed = verb.lemma in {"end", "conclude", "pass"} and any(
            lexicon.holds("outcomes.settled.manner", t.lower_) for t in verb.subtree
        )
        if eased or calmed:
            return Found(verb, Status.NOT_CARRIED_OUT, False, None, thing, f"“{thing.text} {verb.text}”", near=False)
    instead = any(t.lower_ == "instead" for t in verb.sent) and any(
        lexicon.holds("outcomes.settled.opening", form) for form in forms
    )
    if instead or any(lexicon.holds("outcomes.settled.making", form) for form in forms):
        deals = "outcomes.settled.talks" if instead else "outcomes.settled.deals"
        deal = next((o for o in objects_of(verb) if lexicon.holds(deals, o.lemma)), None)
        if deal is not None:
            return Found(verb, Status.NOT_CARRIED_OUT, False, doer_in(verb), deal, f"“{verb.text} … {deal.text}”")
    return None


def _undone(verb: "Token", lexicon: Lexicon) -> Found | None:
    """Read an act taken back: "lifted the embargo", "opened the border again", "gave the licence back"."""
    if is_denied(verb, lexicon):
        return None
    forms = lemma_forms(verb)
    again = any(t.lower_ in {"again", "back"} for t in verb.children if t.i > verb.i)
    undoes = any(lexicon.holds("outcomes.reversed.verbs", form) for form in forms) and bool(objects_of(verb))
    allows = again and any(lexicon.holds("outcomes.reversed.with_again", form) for form in forms)
    ends = any(lexicon.holds("outcomes.reversed.of_act", form) for form in forms)
    about = next((o for o in objects_of(verb) if lexicon.holds("outcomes.reversed.measures", o.lemma)), None)
    if not (undoes or allows or (ends and about is not None)):
        return None
    reason = f"“{verb.text}{' again' if again else ''}” undoes an act"
    if verb.lemma == "be":
        state = state_in(verb, lexicon) or verb
        return Found(verb, Status.REVERSED, False, None, subject_of(verb), reason, state=state)
    kind = Act(verb, 0, _mode_of(about, lexicon) if ends else Mode.UNSPECIFIED)
    return Found(verb, Status.REVERSED, False, doer_in(verb), about, reason, kind, near=_is_done_to_it(verb), deed=verb)


def _mode_of(about: "Token | None", lexicon: Lexicon) -> Mode:
    kind = noun_class(about, lexicon) if about is not None else None
    return kind.mode if kind else Mode.RESTRICT


def _of_act_noun(verb: "Token", lexicon: Lexicon) -> Found | None:
    """Read an act told by a noun: "the strike began", "the duties came into force", "the invasion of X followed"."""
    words = phrase_at(verb)
    if is_passive(verb) or not any(words.startswith(f"{form} ") for form in lexicon.words["outcomes.begun.of_act"]):
        return None
    noun = subject_of(verb)
    kind = noun_class(noun, lexicon) if noun is not None and noun.pos_ == "NOUN" else None
    if noun is None or kind is None:
        return None
    owner = next((c for c in noun.children if c.dep_ == "poss"), None) or next(prepositional(noun, "by"), None)
    act = Act(verb, kind.strength, kind.mode, kind.military, word=noun.text)
    status = Status.NOT_CARRIED_OUT if is_denied(verb, lexicon) else _how_much(verb, lexicon)
    return Found(verb, status, False, owner, noun, f"“{noun.text} {verb.text}”", act)


def _how_much(verb: "Token", lexicon: Lexicon) -> Status:
    return Status.PARTLY_CARRIED_OUT if is_partial(verb, lexicon) else Status.CARRIED_OUT


def _done(verb: "Token", lexicon: Lexicon) -> Found | None:
    """Read any deed: costly or not, done or not; states of mind, sayings and weather are none."""
    act = weigh_deed(verb, lexicon) if is_denied(verb, lexicon) else weigh(verb, lexicon)
    if _is_named_only(verb, lexicon) or _is_left_undone(verb, lexicon):
        return None
    costly = bool(act.cost) and not (act.neutral or act.borne or act.refusal)
    if not costly:
        act = _enacted(verb, lexicon) or act
        costly = bool(act.cost) and not (act.neutral or act.borne or act.refusal)
    if not costly and not _is_deed(verb, lexicon):
        return None
    status = _how_much(verb, lexicon)
    reason = f"the act “{act.word or verb.text}” is reported"
    if is_denied(verb, lexicon):
        status, reason = Status.NOT_CARRIED_OUT, f"“{verb.text}”, denied"
    elif lexicon.holds("outcomes.begun.first_steps", verb.head.lemma) and verb.dep_ == "xcomp":
        status = Status.PARTLY_CARRIED_OUT
    mode = act if costly else Act(verb, 0, Mode.UNSPECIFIED, word=verb.text)
    near = _is_done_to_it(verb)
    doer = agent_of(verb) if is_passive(verb) else doer_in(verb)
    return Found(verb, status, False, doer, None, reason, mode, near=near, deed=verb)


def _is_done_to_it(verb: "Token") -> bool:
    """Tell whether an act is done to what a pronoun stands for: "imposed them", "listed two of them"."""
    objects = [*objects_of(verb)]
    objects += [o for noun in objects if noun.pos_ in {"NUM", "PRON", "DET"} for o in prepositional(noun, "of")]
    return any(o.lower_ in PROFORMS and o.pos_ in {"PRON", "DET"} for o in objects)


def _is_named_only(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a verb only plans or names an act: "drew up a plan for a strike", "called the launch a prelude"."""
    objects = objects_of(verb)
    lemma = verb.lemma
    # A bill is a plan until it is signed or passed.
    enacts = any(lexicon.holds("outcomes.begun.enacting", form) for form in lemma_forms(verb))
    plans = [o for o in objects if lexicon.holds("outcomes.begun.plans", o.lemma)]
    if any(not (enacts and lexicon.holds("frames.bill.nouns", o.lemma)) for o in plans):
        return True
    moves = any(c.lower_ in {"home", "back", "in"} for c in verb.children)
    if (
        lemma == "call"
        and not moves
        and any(c.dep_ in {"det", "poss"} and c.lower_ not in {"a", "an"} for o in objects for c in o.children)
    ):
        return True
    stops = any(
        lexicon.holds(f"outcomes.{status}.nouns", o.lemma) and next(prepositional(o, "of"), None) is not None
        for o in objects
        for status in ("suspended", "withdrawn")
    )
    return stops or any(c.dep_ == "oprd" and c.pos_ in {"NOUN", "PROPN"} for c in verb.children)


def _is_left_undone(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a verb says of an act that it was not done: "refused to close it", "put off a closure"."""
    if lexicon.holds("outcomes.not_carried_out.forbear", verb.lemma):
        return any(c.dep_ == "xcomp" for c in verb.children)
    forms = lemma_forms(verb)
    stops = any(
        lexicon.holds(f"outcomes.{status}.object", form) for status in ("suspended", "withdrawn") for form in forms
    )
    return stops and any(o.pos_ == "NOUN" and noun_class(o, lexicon) is not None for o in objects_of(verb))


def _enacted(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return a costly act that is ordered, voted or signed ("approved new sanctions"), and the taking of control."""
    for noun in objects_of(verb):
        if verb.lemma in {"take", "gain", "seize", "assume"} and noun.lemma in {
            "control",
            "possession",
        }:
            return Act(verb, STRONG, Mode.TERRITORY, military=True, word=f"{verb.text} … {noun.text}")
    if not any(lexicon.holds("outcomes.begun.enacting", form) for form in lemma_forms(verb)):
        return None
    for noun in [*objects_of(verb), *prepositional(verb, "for", "on")]:
        kind = noun_class(noun, lexicon) if noun.pos_ == "NOUN" else None
        if kind is not None:
            return Act(verb, kind.strength, kind.mode, kind.military, word=f"{verb.text} … {noun.text}")
    return None


def _is_deed(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a verb that costs nobody anything is still somebody's deed, and says enough to be compared."""
    forms = lemma_forms(verb)
    if verb.pos_ != "VERB" or any(lexicon.holds("outcomes.no_deed.verbs", form) for form in forms):
        return False
    if any(lexicon.holds("frames.say.verbs", form) or lexicon.holds("frames.warn.verbs", form) for form in forms):
        return False
    if lexicon.holds("outcomes.terms.stopping", verb.lemma):
        return True  # "stopped the raids": what was asked for
    return not any(lexicon.holds("frames.distance.verbs", form) for form in forms)
