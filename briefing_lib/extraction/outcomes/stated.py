"""Statements about a threat or plan and what became of it: "made good on that", "the landing never came"."""

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_lib.extraction.framing import frame_of
from briefing_lib.extraction.grammar import is_negated, is_passive, lemma_forms, objects_of, subject_of
from briefing_lib.extraction.lexicon import Lexicon
from briefing_lib.extraction.outcomes.clauses import (
    Found,
    doer_in,
    fails_to,
    hears_of,
    is_denied,
    is_partial,
    is_wanted,
    modals_in,
    phrase_at,
    set_forms,
)
from briefing_lib.extraction.outcomes.said_of import names_deed, names_threat, of_itself, of_object, of_subject, without
from briefing_lib.extraction.parsing import entity_type
from briefing_lib.extraction.phrases import names_time
from briefing_lib.models import Status

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Token

_BY_PHRASE = (
    (Status.NOT_CARRIED_OUT, "outcomes.not_carried_out.phrases"),
    (Status.SUSPENDED, "outcomes.suspended.phrases"),
    (Status.WITHDRAWN, "outcomes.withdrawn.phrases"),
    (Status.UNCLEAR, "outcomes.unclear.phrases"),
    (Status.CARRIED_OUT, "outcomes.carried_out.phrases"),
)
_NEXT_WORDS = 8  # that follow "the deadline passed"
_GENERIC_TIMES = frozenset(
    {"before", "past", "previously", "often", "usually", "repeatedly", "frequently", "sometimes", "always"}
)
_FIRM = frozenset({"will", "'ll", "would", "'d", "shall"})
_UNREAL = frozenset({"may", "might", "could", "must", "should", "will", "would", "can", "shall"})


def stated_by_verb(verb: "Token", lexicon: Lexicon) -> Found | None:
    """Return what a verb says became of a threat, or None; what may or usually does become of one is nothing."""
    if _is_generic(verb) or hears_of(verb, lexicon):
        return None
    if modals_in(verb) & _UNREAL:
        return (
            _none_to_come(verb, lexicon)
            or _not_after_all(verb)
            or _announced(verb, lexicon)
            or _renounced(verb, lexicon)
        )
    if is_wanted(verb, lexicon):
        return None
    for finder in (
        _expired,
        _disputed,
        _given_up,
        _in_force,
        _by_phrase,
        _by_proform,
        of_object,
        of_subject,
        of_itself,
        without,
    ):
        found = finder(verb, lexicon)
        if found is not None:
            return found
    return None


def _announced(verb: "Token", lexicon: Lexicon) -> Found | None:
    """Read "will suspend the strikes for a week": who threatens can say so of what he does; on no condition."""
    if modals_in(verb) - _FIRM or is_denied(verb, lexicon):
        return None
    found = of_object(verb, lexicon)
    if found is None or found.near or found.status not in {Status.SUSPENDED, Status.WITHDRAWN}:
        return None
    return replace(found, announced=True)


def _none_to_come(verb: "Token", lexicon: Lexicon) -> Found | None:
    """Read "there would be no blockade", told near the threat: the sender takes it back."""
    if verb.lemma != "be" or not any(c.dep_ == "expl" for c in verb.children):
        return None
    if any(c.dep_ == "advcl" for c in verb.children):
        return None  # "there would be no talks until …": a threat of its own
    noun = next((c for c in verb.children if c.dep_ in {"attr", "nsubj"} and c.pos_ == "NOUN"), None)
    if noun is None or not any(c.lower_ == "no" for c in noun.children) or not modals_in(verb) & _FIRM:
        return None
    if not (names_threat(noun, lexicon) or names_deed(noun, lexicon)):
        return None
    return Found(verb, Status.WITHDRAWN, True, None, noun, f"“no {noun.text}”", near=True)


def _not_after_all(verb: "Token") -> Found | None:
    """Read "said that she would not sue after all"."""
    text = " ".join(t.lower_ for t in verb.subtree)
    if "after all" not in text or not is_negated(verb) or not modals_in(verb) & _FIRM:
        return None
    return Found(verb, Status.WITHDRAWN, True, subject_of(verb), None, f"“not {verb.text} after all”", deed=verb)


def _renounced(verb: "Token", lexicon: Lexicon) -> Found | None:
    """Read "the duties will not take effect", "said that nobody would be dismissed": a deed that will not be done.

    Whether it is the threatened one, and whose word it is, is asked where it is compared.
    """
    if not modals_in(verb) & _FIRM or not is_denied(verb, lexicon) or any(c.dep_ == "advcl" for c in verb.children):
        return None
    if not any(form in lexicon.across("deeds", "verbs") for form in (*lemma_forms(verb), *set_forms(verb))):
        return None
    doer = doer_in(verb)
    if doer is None or names_threat(doer, lexicon) or names_deed(doer, lexicon):
        doer = _teller(verb, lexicon)
    return Found(verb, Status.WITHDRAWN, False, doer, None, f"“not {verb.text}”", deed=verb, announced=True)


def _teller(verb: "Token", lexicon: Lexicon) -> "Token | None":
    """Return who says what a clause tells."""
    saying = verb.head
    if verb.dep_ != "ccomp" or frame_of(saying, lexicon) not in {"say", "announce", "vow"}:
        return None
    return subject_of(saying)


def _expired(verb: "Token", lexicon: Lexicon) -> Found | None:
    """Read "noon passed. Nobody came": a time that was set ran out, and the next words say that nothing happened."""
    if not any(lexicon.holds("outcomes.not_carried_out.run_out", form) for form in lemma_forms(verb)):
        return None
    # Of "the date passed with …" the parser makes a date that somebody passed.
    subject = verb.head if verb.dep_ == "acl" and verb.head.dep_ == "ROOT" else subject_of(verb)
    if not _is_limit(subject, lexicon) or is_denied(verb, lexicon):
        return None
    after = [
        t for t in verb.doc[verb.i + 1 : verb.i + _NEXT_WORDS] if t.dep_ in {"nsubj", "nsubjpass", "advmod", "acomp"}
    ]
    idle = any(t.lower_ in {"nobody", "nothing", "quietly", "uneventfully", "peacefully"} for t in after)
    following = [t.lower_ for t in verb.doc[verb.i + 1 : min(verb.i + _NEXT_WORDS, verb.sent.end)]]
    as_ever = following[:1] == ["with"] and "still" in following  # "passed with the pumps still running"
    if not (idle or as_ever):
        return None
    return Found(verb, Status.NOT_CARRIED_OUT, True, None, None, f"“{verb.text}”, and nothing happened", near=True)


def _is_generic(verb: "Token") -> bool:
    """Tell whether a verb speaks of a habit or of other threats: "has often backed down", "from similar threats"."""
    if any(c.lower_ in _GENERIC_TIMES and c.dep_ == "advmod" for c in verb.children):
        return True
    return any(t.lower_ == "similar" for t in verb.subtree if t.i > verb.i)


# --- set phrases and words that stand for the act ---------------------------------------------------------------------


def _disputed(verb: "Token", lexicon: Lexicon) -> Found | None:
    """Read "the rebels denied it", "disputes that account": whether it was done is not agreed."""
    if is_denied(verb, lexicon) or not lexicon.holds("outcomes.unclear.denying", verb.lemma):
        return None
    accounts = "outcomes.unclear.accounts"
    about = next((o for o in objects_of(verb) if lexicon.holds(accounts, o.lemma)), None)
    if about is None or any(c.dep_ in {"acl", "relcl"} for c in about.children):
        return None  # "deny reports that soldiers …" says itself what is denied
    return Found(verb, Status.UNCLEAR, True, None, about, f"“{verb.text} {about.text}”", near=True)


def _given_up(verb: "Token", lexicon: Lexicon) -> Found | None:
    """Read "no longer means to shut …"."""
    lapsed = any(c.lower_ == "longer" and any(g.lower_ == "no" for g in c.children) for c in verb.children)
    if not (lapsed and lexicon.holds("outcomes.withdrawn.given_up", verb.lemma)):
        return None
    about = next((o for o in objects_of(verb) if is_passive(verb) and names_threat(o, lexicon)), None)
    if verb.lemma == "need" and about is None:
        return None  # what is no longer needed: a step, a measure
    near = about is None
    return Found(verb, Status.WITHDRAWN, True, doer_in(verb), about, f"“no longer {verb.text}”", near=near)


def _in_force(verb: "Token", lexicon: Lexicon) -> Found | None:
    """Read "those measures are now in force", "the suspension took effect": what was decided is so."""
    subject = subject_of(verb)
    if subject is None or is_denied(verb, lexicon) or verb.tag_ not in {"VBD", "VBN", "VBZ", "VBP"}:
        return None
    words = phrase_at(verb).removeprefix("be now ").removeprefix("be ")
    if not words.startswith(("in force ", "in effect ", "take effect ", "come into force ", "go into effect ")):
        return None
    points = any(c.lower_ in {"the", "this", "that", "these", "those"} for c in subject.children)
    if not (points and (names_threat(subject, lexicon) or names_deed(subject, lexicon))):
        return None
    return Found(verb, Status.CARRIED_OUT, True, None, subject, f"“{subject.text} … {verb.text}”")


def _by_phrase(verb: "Token", lexicon: Lexicon) -> Found | None:
    words = phrase_at(verb)
    for status, path in _BY_PHRASE:
        phrase = next((p for p in lexicon.words[path] if words.startswith(p + " ")), None)
        if phrase is None:
            continue
        denied = is_denied(verb, lexicon) and not phrase.startswith(("no ", "never "))
        said = Status.NOT_CARRIED_OUT if denied and status is Status.CARRIED_OUT else status
        if denied and said is status and not _is_of_nothing(verb, status, phrase):
            continue
        status = said  # noqa: PLW2901 (the loop ends here: a denied "carried out" is "not carried out")
        if phrase.startswith("come and ") and not _is_limit(subject_of(verb), lexicon):
            continue
        if status is Status.UNCLEAR and (
            _is_of_somebody(verb) or (phrase == "be known" and not is_denied(verb, lexicon))
        ):
            continue
        if any(c.dep_ == "dobj" and c.pos_ in {"NOUN", "PROPN"} and c.lower_ not in phrase for c in verb.children):
            continue  # "put on hold the dispatch of officers" says what is put off
        about = subject_of(verb) if status is not Status.CARRIED_OUT else None
        pointed = about if about is not None and names_threat(about, lexicon) else None
        return Found(verb, status, True, _phrase_doer(verb, status), pointed, f"“{phrase}”", near=pointed is None)
    return None


def _is_of_somebody(verb: "Token") -> bool:
    """Tell whether what is (not) known is told of a person: "nobody is known to have been hurt"."""
    subject = subject_of(verb)
    return subject is not None and (
        subject.lower_ in {"nobody", "one", "he", "she", "who", "none"} or entity_type(subject) == "PERSON"
    )


def stated_by_adjective(word: "Token", lexicon: Lexicon) -> Found | None:
    """Read "true to his word, he had them out by November": the clause that it opens tells what was done."""
    words = phrase_at(word)
    if not any(words.startswith(f"{phrase} ") for phrase in lexicon.words["outcomes.carried_out.absolute"]):
        return None
    verb = word.head
    while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
        verb = verb.head
    if verb.pos_ not in {"VERB", "AUX"} or verb.lemma == "be" or is_denied(verb, lexicon):
        return None
    return Found(verb, Status.CARRIED_OUT, True, doer_in(verb), None, f"“{word.text} to …”", near=True)


def _is_limit(subject: "Token | None", lexicon: Lexicon) -> bool:
    """Tell whether what came and went is a time that was set: "the deadline", "Sunday"."""
    if subject is None:
        return False
    return names_time(subject) or lexicon.holds("outcomes.not_carried_out.limits", subject.lemma)


def _is_of_nothing(verb: "Token", status: Status, phrase: str) -> bool:
    """Tell whether a phrase takes its denial with it: "nothing came of it", "what became of him is not known"."""
    subject = subject_of(verb)
    empty = subject is not None and subject.lower_ in {"nothing", "nobody", "none"}
    return (empty and "of it" in phrase) or status is Status.UNCLEAR or phrase.startswith(("be known", "longer"))


def _phrase_doer(verb: "Token", status: Status) -> "Token | None":
    """Return whom a phrase is said of, where that is somebody: not of "the landing", "nothing", "that"."""
    subject = subject_of(verb)
    if subject is None or status in {Status.NOT_CARRIED_OUT, Status.UNCLEAR}:
        return None
    return subject if subject.pos_ in {"PROPN", "PRON"} or status is Status.WITHDRAWN else None


def _by_proform(verb: "Token", lexicon: Lexicon) -> Found | None:
    """Read "did so", "did it", and the ellipsis "… and did", "it was, in June"; a refusal is not done."""
    lemma = verb.lemma
    finite = lemma in {"do", "be", "have"} and verb.tag_ in {"VBD", "VBN", "VBZ", "VBP"}
    if not finite and not (lemma == "do" and verb.dep_ in {"xcomp", "pcomp"}):
        return None
    so = next(
        (
            c
            for c in verb.children
            if c.lower_ in {"so", "that", "it"} and c.dep_ in {"advmod", "dobj"} and c.i > verb.i
        ),
        None,
    )  # "so did the weekend" says the same of something else
    if lemma == "do" and so is not None:
        if verb.dep_ == "xcomp" and not (fails_to(verb, lexicon) or not is_wanted(verb, lexicon)):
            return None
    elif not _is_ellipsis(verb):
        return None
    status = Status.NOT_CARRIED_OUT if is_denied(verb, lexicon) else Status.CARRIED_OUT
    if status is Status.CARRIED_OUT and is_partial(verb, lexicon):
        status = Status.PARTLY_CARRIED_OUT
    return Found(verb, status, True, _subject_or_none(verb), None, f"“{verb.text}{' so' if so else ''}”", near=True)


def _is_ellipsis(verb: "Token") -> bool:
    """Tell whether an auxiliary stands for the verb of the sentence before: nothing follows it but a time or place."""
    if verb.dep_ not in {"ROOT", "conj"} or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return False
    if verb.lower_ not in {"did", "was", "were", "has", "have", "had"}:
        return False
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is not None and subject.pos_ != "PRON":
        return False
    if subject is None and verb.dep_ != "conj":
        return False
    if verb.lemma == "be" and any(c.dep_ == "prep" and c.i == verb.i + 1 for c in verb.children):
        return False  # "it was in the strait" tells where; "it was, in June" tells when
    if any(c.lower_ in {"until", "till"} for c in verb.children):
        return False  # "has until March"
    return all(c.dep_ in {"nsubj", "punct", "cc", "neg", "prep", "npadvmod"} or c == subject for c in verb.children)


def _subject_or_none(verb: "Token") -> "Token | None":
    subject = subject_of(verb)
    return subject if subject is not None and verb.lemma != "be" else None
