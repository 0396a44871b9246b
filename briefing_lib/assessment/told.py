"""What a document tells of a threat in other words: the act, its undoing, its absence, the demand met.

Most outcomes are told so: "threatened to block the road … boulders were laid across it … the road is open again". A
deed is compared by the change that it brings about (``deed_groups``), by who did it and by what it was done to. Within
one document only: across documents, other words for the same thing are as often another thing.
"""

import re
from dataclasses import replace

from briefing_lib.assessment.answering import (
    PRONOUNS,
    Answer,
    hits_it,
    is_alike,
    is_asked_of,
    is_by_sender,
    is_by_target,
    is_called_by_its_sort,
    is_done_to_it,
    is_of_its_objects,
    is_time_past,
    points_back,
    sought_by,
    takes_place,
)
from briefing_lib.assessment.deed_groups import groups_of, groups_of_deed, things_of, undoing
from briefing_lib.assessment.deeds import SOON_AFTER, TOLD_NEXT
from briefing_lib.assessment.gist import Gist, distance, is_same_side, side
from briefing_lib.assessment.likeness import stem, words_in
from briefing_lib.extraction import load_lexicon
from briefing_lib.models import Deed, Kind, Mode, Outcome, Status, Threat

_LESS, _STOPPED = frozenset({"decrease"}), frozenset({"halt", "sever", "withhold"})
_KEPT, _GIVEN = frozenset({"withhold"}), frozenset({"pay"})
# Groups of what one does with oneself, so that it is the sender who is still there.
_OF_ITSELF = frozenset({"go", "move", "enter"})
_JUST_BEFORE = 300  # characters: a sentence or two
_SAME_CLAUSE = 60  # characters
# Words of an act that names no more than "large sanctions on the firm".
_FEW = 3
_TIME_SET = re.compile(
    r"\bwait (?:that|so|as) long\b"
    r"|\bwait for (?:the|its|his|their) [^,.;]{0,30}\b(?:end|expire|pass|run out|lapse|deadline)\b"
)
_SENTENCE = re.compile(r"(?:[^.!?]|[.!?](?!\S?\s+[A-Z])){1,500}")  # to where it ends
_ANNOUNCED = re.compile(
    r"\b(?:a|the) (?:step|move|measure|response|penalty) (?:that |which )?(?:\w+ ){1,2}"
    r"had (?:said|announced|threatened|vowed|promised)\b"
    r"|\bas (?:\S+ ){1,3}had (?:said|announced|threatened|warned|vowed|promised)\b",
    re.I,
)
_FORETOLD = re.compile(r"\b(?:indeed|duly)\b", re.I)
_SUCH = re.compile(r"\bno such\b", re.I)
_REST = re.compile(r"\b(?:the|its|their) (?:other|others|rest|remainder|remaining)\b", re.I)
_COUNTED = re.compile(r"^the (?:one|two|three|four|five|six|seven|eight|nine|ten)\b", re.I)
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DIGITS = re.compile(rf"(?<![\d,.])\d{{1,3}}(?:,\d{{3}})*(?![\d,.]*\d)(?!\s+(?:{_MONTH}))")
_IS_SO = re.compile(r"\b(?:is|are|stands?|lies?|remains?)\b")
_DONE = (Status.CARRIED_OUT, Status.PARTLY_CARRIED_OUT)


def is_other_way(outcome: Outcome, gist: Gist) -> bool:
    """Tell whether a deed that shares a word with a threatened act is its opposite: voted for, not against."""
    deed = outcome.deed
    if deed is None:
        return False
    groups, act = groups_of_deed(deed), sought_by(gist).act
    return bool(groups & undoing(act)) and not groups & act


def told(outcome: Outcome, gist: Gist) -> tuple[Outcome, str] | None:
    """Return what a report says of a threat in other words, and why; None where it says nothing of it."""
    deed = outcome.deed
    if deed is None or outcome.passage.document.id != gist.threat.passage.document.id:
        return None
    if is_called_by_its_sort(outcome):
        outcome = replace(outcome, actor=None)  # "the company" is one that the text has named
    answer = Answer(outcome, deed, sought_by(gist))
    for reading in (
        _told_before,
        _renounced,
        _ahead_of_time,
        _as_was_said,
        _called_off,
        _heeded,
        _demand_met,
        _rest_left,
        _undone,
        _lasting,
        _done,
        _of_any_sort,
    ):
        status = reading(answer)
        if status is not None:
            mode = gist.threat.mode if status in _DONE else Mode.RELATIONS
            if status is Status.REVERSED:
                # Only what is told to be so again tells by itself that it had been otherwise.
                anew = outcome.status is Status.REVERSED and deed.forms[-1].startswith("re")  # "reopened"
                told_so = deed.again or anew or outcome.mode is not Mode.UNSPECIFIED
                mode = Mode.RESTRICT if told_so else Mode.UNSPECIFIED
            return replace(outcome, status=status, mode=mode), _WHY[status]
    return None


_WHY = {
    Status.TARGET_COMPLIED: "reports in other words that what was asked was done",
    Status.PARTLY_CARRIED_OUT: "reports a part of the act",
    Status.WITHDRAWN: "reports that the act is off",
    Status.REVERSED: "reports that the act was undone",
    Status.NOT_CARRIED_OUT: "reports that things are as they were",
    Status.CARRIED_OUT: "reports the same act in other words",
}


# --- readings ---------------------------------------------------------------------------------------------------------


def _done(answer: Answer) -> Status | None:
    """Read the threatened act, done or denied, by a word of the same group."""
    outcome, deed, sought = answer.outcome, answer.deed, answer.sought
    less = bool(sought.act & _STOPPED) and groups_of_deed(deed) == _LESS
    if deed.lasts or not (less or hits_it(answer) or is_alike(answer) or takes_place(answer)):
        return None
    if not (is_by_sender(answer) and is_done_to_it(answer)):
        return None
    if not is_same_side(outcome.target, sought.gist.threat.target):
        return None  # it is done to somebody else
    if not deed.doer and _is_of_that_day(outcome, sought.gist.threat):
        return None
    if sought.gist.refuses or outcome.status not in {*_DONE, Status.NOT_CARRIED_OUT}:
        return None
    return outcome.status if outcome.status is Status.NOT_CARRIED_OUT else _how_much(answer)


def _is_of_that_day(outcome: Outcome, threat: Threat) -> bool:
    """Tell whether something is said to be so on the very day of the threat: it was so before it."""
    issued, on, published = threat.issued, outcome.on, outcome.passage.document.published
    if issued is None or on is None or published is None or not _IS_SO.search(outcome.passage.quote()):
        return False
    return on.start == on.end == issued.end == published.end


def _how_much(answer: Answer) -> Status:
    """Compare the numbers of what was threatened and what was done: two of four ministers, all 400 of 400 men."""
    outcome, sought = answer.outcome, answer.sought
    if outcome.deed is not None and groups_of_deed(outcome.deed) == _LESS and not sought.act & _LESS:
        return Status.PARTLY_CARRIED_OUT  # "has been cut by a third" of what was to be cut off
    meant = _numbers_in(sought.gist.threat.act)
    done = _numbers_in(outcome.passage.quote())
    if meant and done:
        return Status.CARRIED_OUT if max(meant) in done else Status.PARTLY_CARRIED_OUT
    return outcome.status


def _numbers_in(text: str) -> set[int]:
    counted = {word: at for at, word in enumerate(load_lexicon().words["outcomes.told.numbers"], start=2)}
    found = {int(digits.replace(",", "")) for digits in _DIGITS.findall(text)}
    return {number for number in found if number > 1} | {counted[word] for word in words_in(text) if word in counted}


def _told_before(answer: Answer) -> Status | None:
    """Read the act that a threat told after it points back to: "closed its embassy … had threatened to do so"."""
    outcome, deed, sought = answer.outcome, answer.deed, answer.sought
    threat = sought.gist.threat
    gap = threat.passage.start - outcome.passage.end
    points = threat.act.lower().startswith(("do so", "do that", "do it", "do just that", "do this"))
    own = outcome.actor is not None and side(outcome.actor) == side(threat.sender)
    facing = outcome.target is not None and is_same_side(outcome.target, threat.target) and threat.target is not None
    foretold = threat.kind is Kind.VAGUE and facing and outcome.mode is Mode.VIOLENCE
    if not (own and 0 <= gap <= _JUST_BEFORE and not deed.lasts):
        return None
    return outcome.status if points or foretold else None


def _renounced(answer: Answer) -> Status | None:
    """Read the sender's word that what it threatened will not be done: "the duties will not take effect"."""
    if answer.outcome.status is not Status.WITHDRAWN or answer.sought.gist.refuses:
        return None
    comes = any(load_lexicon().holds("outcomes.told.comes", form) for form in answer.deed.forms)
    alike = is_alike(answer) or takes_place(answer) or (comes and is_of_its_objects(answer))
    return Status.WITHDRAWN if alike and is_by_sender(answer) and is_done_to_it(answer) else None


def _ahead_of_time(answer: Answer) -> Status | None:
    """Read that the sender did not wait for the time that it had set: "it did not wait that long"."""
    outcome, deed, threat = answer.outcome, answer.deed, answer.sought.gist.threat
    waited = "wait" in deed.forms and outcome.status is Status.NOT_CARRIED_OUT
    told_on = outcome.passage.document.text[outcome.passage.start : outcome.passage.end + _SAME_CLAUSE]
    if not (waited and _TIME_SET.search(told_on)):
        return None
    own = outcome.actor is not None and side(outcome.actor) == side(threat.sender)
    gap = distance(outcome, threat)
    return Status.CARRIED_OUT if own and gap is not None and gap <= TOLD_NEXT else None


def _as_was_said(answer: Answer) -> Status | None:
    """Read a costly deed that is told as what had been foretold: "the salaries were indeed withheld", "duly closed"."""
    outcome, sought = answer.outcome, answer.sought
    if outcome.status not in _DONE or sought.gist.refuses:
        return None
    if _is_as_announced(answer):
        return outcome.status
    if not _FORETOLD.search(outcome.passage.quote()):
        return None
    gap = distance(outcome, sought.gist.threat)
    soon = gap is not None and gap <= TOLD_NEXT
    of_it = is_of_its_objects(answer) or points_back(answer)
    costly = outcome.mode is not Mode.UNSPECIFIED
    return outcome.status if soon and costly and of_it and is_by_sender(answer) else None


def _is_as_announced(answer: Answer) -> bool:
    """Tell whether a sentence says of the sender's deed that it had been announced: "a step it had announced"."""
    outcome, gist = answer.outcome, answer.sought.gist
    own = outcome.actor is not None and side(outcome.actor) == side(gist.threat.sender)
    rest = _SENTENCE.match(outcome.passage.document.text, outcome.passage.start)
    if not own or rest is None or not _ANNOUNCED.search(rest.group()):
        return False
    return not gist.act or gist.threat.kind is Kind.VAGUE or is_alike(answer) or is_of_its_objects(answer)


def _of_any_sort(answer: Answer) -> Status | None:
    """Read a restriction on the target where no more was threatened than sanctions: "froze its ministers' assets"."""
    outcome, threat = answer.outcome, answer.sought.gist.threat
    if outcome.status not in _DONE or outcome.mode is not Mode.RESTRICT or outcome.actor is None:
        return None
    unsaid = any(load_lexicon().holds("outcomes.terms.any_measure", term) for term in threat.terms)
    if not unsaid or len(answer.sought.gist.act) > _FEW or threat.kind is Kind.DETERRENT:
        return None
    gap = distance(outcome, threat)
    between = outcome.target is not None and threat.target is not None and is_same_side(outcome.target, threat.target)
    own = side(outcome.actor) == side(threat.sender)
    return outcome.status if own and between and gap is not None and gap <= SOON_AFTER else None


def _called_off(answer: Answer) -> Status | None:
    """Read "the boycott is off": what was threatened, by its noun, will not be."""
    deed, sought = answer.deed, answer.sought
    off = deed.is_state and "off" in deed.forms and answer.outcome.status is Status.CARRIED_OUT
    return Status.WITHDRAWN if off and groups_of((deed.doer,), "nouns") & sought.act else None


def _heeded(answer: Answer) -> Status | None:
    """Read that what was warned of has not been done since: "no ship has crossed the line since"."""
    outcome, deed, sought = answer.outcome, answer.deed, answer.sought
    threat = sought.gist.threat
    pointing = deed.again or _SUCH.search(outcome.passage.quote())
    if threat.kind is not Kind.DETERRENT or outcome.status is not Status.NOT_CARRIED_OUT or not pointing:
        return None
    warned = set(map(stem, words_in(threat.condition))) or set(sought.gist.act - {sought.gist.head})
    verbs = {stem(form) for form in deed.forms}
    if not deed.again and not warned & set(map(stem, deed.undergoers)):
        return None
    if outcome.actor is not None and side(outcome.actor) == side(threat.sender):
        return None
    return Status.TARGET_COMPLIED if verbs & warned else None


def _undone(answer: Answer) -> Status | None:
    """Read the opposite of the act: again so, it had been done; still so, it was not."""
    outcome, deed, sought = answer.outcome, answer.deed, answer.sought
    if outcome.status not in {*_DONE, Status.REVERSED} or not sought.act:
        return None
    groups = groups_of_deed(deed)
    own = outcome.actor is not None and side(outcome.actor) == side(sought.gist.threat.sender)
    of_it = is_of_its_objects(answer) or points_back(answer) or (own and bool(sought.act & _OF_ITSELF))
    if not of_it or groups & sought.act:
        return None
    if outcome.status is Status.REVERSED and deed.is_state:
        return Status.REVERSED  # "The nurses are on the wards again"
    if not groups & undoing(sought.act):
        return None
    if sought.act & _KEPT and groups & _GIVEN and not deed.again:
        return Status.NOT_CARRIED_OUT  # what was to be held back is paid
    if deed.lasts:
        return Status.NOT_CARRIED_OUT if is_time_past(answer) else None
    # What somebody else does in spite of an act undoes nothing: "trawlers sailed in regardless".
    return Status.REVERSED if own or deed.again or outcome.actor is None else None


def _lasting(answer: Answer) -> Status | None:
    """Read that what was to be changed goes on as it was."""
    outcome, deed, sought = answer.outcome, answer.deed, answer.sought
    if not deed.lasts or outcome.status not in _DONE or not is_time_past(answer):
        return None
    stays = bool(sought.act & _OF_ITSELF) and bool(deed.doer) and is_by_sender(answer)
    own = frozenset(map(stem, sought.gist.threat.terms[1:]))
    kept = stem(deed.doer) in own or bool(things_of((stem(deed.doer),)) & things_of(own))
    return Status.NOT_CARRIED_OUT if stays or kept else None


def _rest_left(answer: Answer) -> Status | None:
    """Read that the others were left as they were: of what was threatened, a part was done."""
    outcome, deed, sought = answer.outcome, answer.deed, answer.sought
    quote = outcome.passage.quote()
    if not (_REST.search(quote) or (deed.lasts and _COUNTED.search(quote))):
        return None
    groups = groups_of_deed(deed)
    left = deed.lasts or outcome.status is Status.NOT_CARRIED_OUT or bool(groups & undoing(sought.act))
    return Status.PARTLY_CARRIED_OUT if left else None


def _only_comes(deed: Deed) -> bool:
    """Tell whether somebody only came: what is to be paid or delivered comes by itself, whoever is to pay does not."""
    return any(load_lexicon().holds("outcomes.told.comes", form) for form in deed.forms)


def _demand_met(answer: Answer) -> Status | None:
    """Read that what was asked was done, by whom it was asked of or by nobody named."""
    outcome, deed, sought = answer.outcome, answer.deed, answer.sought
    if outcome.status not in _DONE or deed.lasts or not sought.gist.asked:
        return None
    # "Printed an apology" is to apologize.
    groups = groups_of_deed(deed).union(*(groups_of((noun,), "nouns") for noun in deed.undergoers))
    asked = sought.gist.asked
    verbs = {stem(form) for form in deed.forms}
    if not (groups & sought.asked or verbs & asked) or not is_by_target(answer):
        return None
    others = {stem(term) for term in outcome.terms if stem(term) not in verbs}
    named = {stem(word) for word in (deed.doer, *deed.undergoers) if word}
    if groups_of(deed.undergoers, "nouns") & sought.asked and not groups_of_deed(deed) & sought.asked:
        return Status.TARGET_COMPLIED if is_asked_of(answer) else None
    if (
        named & (asked - verbs)
        or things_of(named) & things_of(asked - verbs)
        or (verbs & asked and len(others & (asked - verbs)) > 1)
    ):
        return Status.TARGET_COMPLIED
    if not deed.doer and groups_of(deed.undergoers, "nouns") & groups_of(deed.forms, "verbs") & sought.asked:
        return Status.TARGET_COMPLIED  # "The instalments were paid"
    if deed.doer and groups_of((deed.doer,), "nouns") & sought.asked & groups:
        return Status.TARGET_COMPLIED  # "The money arrived"
    bare = (not deed.undergoers and not _only_comes(deed)) or bool(PRONOUNS & set(deed.undergoers))
    # A volume that drops, in a country that is asked for something, is nobody's deed.
    own = deed.doer in PRONOUNS or outcome.actor is None or deed.doer in words_in(outcome.actor.surface)
    return Status.TARGET_COMPLIED if bare and own and is_asked_of(answer) else None
