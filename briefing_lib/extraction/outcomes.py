"""What came of a threat: statements about threats and plans, and plain reports of costly acts done or not done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing_lib.extraction.acts import Act, noun_class, weigh, weigh_deed
from briefing_lib.extraction.announced import is_done_as_said
from briefing_lib.extraction.candidates import aims_of
from briefing_lib.extraction.details import content_terms, dated_in
from briefing_lib.extraction.framing import conditions_in, governor_of, is_at_distance
from briefing_lib.extraction.grammar import (
    agent_of,
    is_negated,
    is_passive,
    is_to_infinitive,
    lemma_forms,
    modals_of,
    objects_of,
    prepositional,
    subject_of,
)
from briefing_lib.extraction.lexicon import Lexicon
from briefing_lib.extraction.statements import Statements, statements_in
from briefing_lib.extraction.threats import Reader
from briefing_lib.models import Actor, Mode, Outcome, Passage, PassageKind, Status, Threat

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

# The order in which lists are asked: a verb may stand in several ("withdraw", "drop").
_BY_OBJECT = (
    (Status.CARRIED_OUT, "outcomes.carried_out.object"),
    (Status.SUSPENDED, "outcomes.suspended.object"),
    (Status.WITHDRAWN, "outcomes.withdrawn.object"),
)
_NEAR = 700  # characters: about two paragraphs; farther back, "the threat" is matched by what it is about
_GENERIC_TIMES = {"before", "past", "previously", "often", "usually", "repeatedly", "frequently", "sometimes"}


@dataclass(frozen=True, slots=True)
class _Found:
    """An outcome as the grammar gives it, before anybody in it is resolved."""

    head: "Token"
    status: Status
    stated: bool
    actor: "Token | None"
    about: "Token | None"
    reason: str
    act: Act | None = None
    span: "tuple[int, int] | None" = None


def find_outcomes(passage: Passage, doc: "Doc", reader: Reader, threats: Sequence[Threat]) -> Iterator[Outcome]:
    """Yield what a passage says came of threats, in order.

    Parameters
    ----------
    threats
        The threats of the document so far, this passage's included: what "that threat" can point at.
    """
    statements = statements_in(doc, reader.cast, passage.start, reader.voice, reader.lexicon)
    for sentence in doc.sents:
        blocked = {i for c in conditions_in(sentence, reader.lexicon) for i in range(c.start, c.end)}
        for token in sentence:
            if token.i in blocked:
                continue
            for found in _at(token, reader.lexicon):
                yield _outcome(found, sentence, passage, reader, statements, threats)


def _at(token: "Token", lexicon: Lexicon) -> Iterator[_Found]:
    if token.pos_ in {"VERB", "AUX"}:
        if token.dep_ in {"amod", "compound"} or is_at_distance(token, lexicon):
            return
        if is_done_as_said(token):
            yield _Found(token, Status.CARRIED_OUT, True, _doer(token), None, "done as it was threatened")
            return
        stated = _stated_by_verb(token, lexicon)
        if stated is not None:
            yield stated
            return
        reported = _reported(token, lexicon)
        if reported is not None:
            yield reported
    elif token.pos_ == "NOUN":
        yield from _stated_by_noun(token, lexicon)


# --- stated -----------------------------------------------------------------------------------------------------------


def _stated_by_verb(verb: "Token", lexicon: Lexicon) -> _Found | None:
    if modals_of(verb) & {"may", "might", "could", "must", "should", "will", "would", "can", "shall"} or _is_generic(
        verb
    ):
        return None
    if _is_wanted(verb, lexicon):
        return None
    for finder in (_of_object, _of_subject, _of_itself):
        found = finder(verb, lexicon)
        if found is not None:
            return found
    return None


def _is_wanted(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a verb is what somebody asks for or plans ("urged it to drop the plan"), not what came about."""
    if not is_to_infinitive(verb) or verb.dep_ not in {"xcomp", "ccomp", "acl", "advcl"}:
        return False
    lemma = str(verb.head.lemma_).lower()
    return not lexicon.holds("outcomes.anaphor.brought_about", lemma)


def _is_generic(verb: "Token") -> bool:
    return any(c.lower_ in _GENERIC_TIMES and c.dep_ == "advmod" for c in verb.children)


def _pointed_at(verb: "Token", lexicon: Lexicon) -> "Token | None":
    """Return the threat, plan or costly act that a verb is said of: its object, or that of its preposition."""
    particles = [c for c in verb.children if c.dep_ == "prep"]
    candidates = [*objects_of(verb), *(g for p in particles for g in p.children if g.dep_ == "pobj")]
    for noun in candidates:
        if noun.pos_ not in {"NOUN", "PROPN"} or any(c.lower_ in {"similar", "other", "many"} for c in noun.children):
            continue
        if lexicon.holds("outcomes.anaphor.threats", str(noun.lemma_).lower()):
            return noun
        named = lexicon.holds("outcomes.anaphor.nouns", str(noun.lemma_).lower())
        if named and _is_definite(noun):
            return noun
    return None


def _is_definite(noun: "Token") -> bool:
    """Tell whether a noun is one that the text knows already: "the strike", "its attack", "planned sanctions"."""
    return any(
        (c.dep_ in {"det", "poss"} and c.lower_ not in {"a", "an", "no", "some", "any"})
        or c.lower_ in {"planned", "threatened", "military"}
        for c in noun.children
    )


def _of_object(verb: "Token", lexicon: Lexicon) -> _Found | None:
    forms = [*lemma_forms(verb), *_two_particles(verb)]
    for status, path in _BY_OBJECT:
        if not any(lexicon.holds(path, form) for form in forms):
            continue
        about = _pointed_at(verb, lexicon)
        if about is None:
            continue
        return _judged(verb, status, about, f"“{verb.text} … {about.text}”")
    if any(lexicon.holds("outcomes.target_complied.object", form) for form in forms):
        about = next(
            (n for n in _any_objects(verb) if lexicon.holds("outcomes.target_complied.demands", str(n.lemma_).lower())),
            None,
        )
        if about is not None and not is_negated(verb):
            return _Found(verb, Status.TARGET_COMPLIED, True, _doer(verb), about, f"“{verb.text} … {about.text}”")
    if any(lexicon.holds("outcomes.not_carried_out.avert", form) for form in forms) and not is_negated(verb):
        about = next((n for n in _any_objects(verb) if noun_class(n, lexicon) is not None), None)
        if about is not None:
            return _Found(verb, Status.NOT_CARRIED_OUT, True, None, about, f"“{verb.text} … {about.text}”")
    return None


def _any_objects(verb: "Token") -> list["Token"]:
    return [*objects_of(verb), *prepositional(verb, "to", "with", "on", "from", "in")]


def _two_particles(verb: "Token") -> tuple[str, ...]:
    lemma = str(verb.lemma_).lower()
    small = [c.lower_ for c in verb.children if c.dep_ in {"prt", "prep", "advmod"} and c.i > verb.i]
    joined = [f"{lemma} {a} {b}" for a, b in pairwise(small)]
    deeper = [
        f"{lemma} {c.lower_} {g.lower_}"
        for c in verb.children
        for g in c.children
        if g.dep_ == "prep" and c.dep_ in {"prep", "advmod", "prt"}
    ]
    put = [f"{lemma} on hold"] if any(t.lower_ == "hold" for t in verb.subtree) else []
    good = [f"{lemma} good on"] if any(t.lower_ == "good" for t in verb.children) else []
    return (*joined, *deeper, *put, *good)


def _judged(verb: "Token", status: Status, about: "Token", reason: str) -> _Found | None:
    """Turn a negated "carried out" into "not carried out"; a negated suspension or withdrawal says nothing."""
    if is_negated(verb) or _fails_to(verb):
        if status is not Status.CARRIED_OUT:
            return None
        status = Status.NOT_CARRIED_OUT
    return _Found(verb, status, True, _doer(verb), about, reason)


def _fails_to(verb: "Token") -> bool:
    return verb.dep_ == "xcomp" and str(verb.head.lemma_).lower() in {"fail", "refuse", "decline"}


def _doer(verb: "Token") -> "Token | None":
    return agent_of(verb) if is_passive(verb) else subject_of(verb)


def _threatened_thing(subject: "Token | None", lexicon: Lexicon) -> "Token | None":
    """Return the threat or act that a subject names; of a relative clause, the nearest noun above that does."""
    climbed = 0
    while subject is not None and climbed < 6:
        if subject.pos_ == "NOUN":
            lemma = str(subject.lemma_).lower()
            if lexicon.holds("outcomes.anaphor.nouns", lemma) or noun_class(subject, lexicon):
                return subject
            if lexicon.holds("frames.consequence.objects", lemma):
                return subject
        if subject.dep_ not in {"pobj", "prep", "compound", "appos"} or subject.head == subject:
            return None
        subject = subject.head
        climbed += 1
    return None


def _of_subject(verb: "Token", lexicon: Lexicon) -> _Found | None:
    """Read "a strike that never materialized", "the threat was never carried out", "the plan came to nothing"."""
    subject = _threatened_thing(subject_of(verb), lexicon)
    if subject is None:
        return None
    forms = [*lemma_forms(verb), *_two_particles(verb)]
    empty = any(c.lower_ in {"no", "neither"} for c in subject.children if c.dep_ == "det")
    delivered = is_passive(verb) and str(verb.lemma_).lower() in {
        "deliver",
        "carry",
        "execute",
        "implement",
        "realize",
        "send",
    }
    if delivered and (empty or is_negated(verb)):
        return _Found(verb, Status.NOT_CARRIED_OUT, True, None, subject, f"no “{subject.text} … {verb.text}”")
    if any(lexicon.holds("outcomes.carried_out.subject", form) for form in forms) and not is_passive(verb):
        negated = is_negated(verb) or _fails_to(verb) or empty
        if not negated and str(verb.lemma_).lower() in {"come", "follow", "happen", "occur", "arrive"}:
            return None
        status = Status.NOT_CARRIED_OUT if negated else Status.CARRIED_OUT
        return _Found(verb, status, True, None, subject, f"“{subject.text} … {verb.text}”")
    fading = {"abate", "subside", "fizzle", "evaporate", "fade"}
    if (
        any(lexicon.holds("outcomes.not_carried_out.verbs", form) for form in forms)
        and str(verb.lemma_).lower() in fading
    ):
        return _Found(verb, Status.NOT_CARRIED_OUT, True, None, subject, f"“{subject.text} {verb.text}”")
    return None


def _of_itself(verb: "Token", lexicon: Lexicon) -> _Found | None:
    """Read "backed down", "followed through", "capitulated", said of an actor."""
    forms = [*lemma_forms(verb), *_two_particles(verb)]
    if any(form in {"follow through", "make good"} for form in forms):
        status = Status.NOT_CARRIED_OUT if is_negated(verb) or _fails_to(verb) else Status.CARRIED_OUT
        return _Found(verb, status, True, _doer(verb), None, f"“{verb.text}”")
    if is_negated(verb) or _fails_to(verb):
        return None
    if any(t.lower_ in {"similar", "before"} for t in verb.subtree if t.i > verb.i):
        return None
    if any(
        lexicon.holds("outcomes.withdrawn.verbs", form) and form not in {"reconsider", "retreat", "cave", "blink"}
        for form in forms
    ):
        return _Found(verb, Status.WITHDRAWN, True, _doer(verb), None, f"“{verb.text}”")
    if any(form in {"refrain", "desist"} for form in forms) and not is_passive(verb):
        return _Found(verb, Status.TARGET_COMPLIED, True, _doer(verb), None, f"“{verb.text}”")
    yields = {
        "comply",
        "capitulate",
        "yield",
        "give in",
        "give way",
        "acquiesce",
        "surrender",
        "accede",
        "cave in",
        "bow",
    }
    if any(form in yields for form in forms) and not is_passive(verb):
        return _Found(verb, Status.TARGET_COMPLIED, True, _doer(verb), None, f"“{verb.text}”")
    return None


def _stated_by_noun(noun: "Token", lexicon: Lexicon) -> Iterator[_Found]:
    """Read "ordered the suspension of military actions", "the cancellation of the strike"."""
    lemma = str(noun.lemma_).lower()
    for status in (Status.SUSPENDED, Status.WITHDRAWN):
        if lexicon.holds(f"outcomes.{status.value}.nouns", lemma):
            for about in prepositional(noun, "of"):
                military = noun_class(about, lexicon)
                named = lexicon.holds("outcomes.anaphor.nouns", str(about.lemma_).lower())
                verb = noun.head if noun.head.pos_ == "VERB" else None
                if (military or named) and verb is not None and not is_negated(verb) and not modals_of(verb):
                    if str(verb.lemma_).lower() in {"demand", "urge", "call", "seek", "want", "propose", "request"}:
                        continue
                    yield _Found(noun, status, True, _doer(verb), about, f"“{noun.text} of … {about.text}”")


# --- reported ---------------------------------------------------------------------------------------------------------


def _reported(verb: "Token", lexicon: Lexicon) -> _Found | None:
    """Read a plain report of a costly act, done or not done, that may be what somebody threatened."""
    if modals_of(verb) or not _is_past_or_present(verb):
        return None
    governor = governor_of(verb, lexicon)
    if governor is not None and (
        governor.denied or governor.frame in {"threaten", "warn", "vow", "intend", "hint", "demand", "blocked"}
    ):
        return None
    without = _without(verb, lexicon)
    if without is not None:
        return without
    negated = is_negated(verb) or any(c.lower_ == "no" for o in objects_of(verb) for c in o.children if c.dep_ == "det")
    act = weigh(verb, lexicon) if not is_negated(verb) else _weigh_unnegated(verb, lexicon)
    if not act.cost or act.borne or act.neutral or act.refusal:
        return None
    if negated:
        return _Found(verb, Status.NOT_CARRIED_OUT, True, _doer(verb), None, f"“{verb.text}”, denied", act)
    return _Found(verb, Status.CARRIED_OUT, False, _doer(verb), None, f"the act “{act.word}” is reported", act)


def _weigh_unnegated(verb: "Token", lexicon: Lexicon) -> Act:
    return weigh_deed(verb, lexicon)


def _without(verb: "Token", lexicon: Lexicon) -> _Found | None:
    """Read "the deadline passed without an attack"."""
    if str(verb.lemma_).lower() not in {"pass", "end", "go", "expire", "close", "come"}:
        return None
    for noun in prepositional(verb, "without", "with"):
        negative = any(c.lower_ == "no" for c in noun.children) or any(
            c.lower_ == "without" for c in verb.children if c.dep_ == "prep"
        )
        if negative and noun_class(noun, lexicon) is not None:
            return _Found(verb, Status.NOT_CARRIED_OUT, True, None, noun, f"“{verb.text} without … {noun.text}”")
    return None


def _is_past_or_present(verb: "Token") -> bool:
    if verb.tag_ in {"VBD", "VBZ", "VBP"}:
        return True
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    if verb.tag_ == "VBN":
        return (
            bool(auxiliaries & {"has", "have", "had", "was", "were", "is", "are", "been", "being"})
            or verb.dep_ == "conj"
        )
    if verb.tag_ == "VBG":
        return bool(auxiliaries & {"was", "were", "is", "are", "been"})
    return False


# --- who, to whom, of which threat ------------------------------------------------------------------------------------


def _outcome(
    found: _Found, sentence: "Span", passage: Passage, reader: Reader, statements: Statements, threats: Sequence[Threat]
) -> Outcome:
    offset = passage.start
    actor = _resolved(found.actor, statements, reader, offset)
    start, end = _clause(found, sentence)
    span = sentence.doc[start:end]
    low, high = offset + span.start_char, offset + span.end_char
    about = found.about
    terms = content_terms(_named_words(about) if about is not None else _own_words(found.head))
    mode = found.act.mode if found.act else _mode_of(about, reader.lexicon)
    return Outcome(
        status=found.status,
        passage=Passage(passage.document, low, high, PassageKind.CLAUSE),
        stated=found.stated,
        actor=actor,
        target=_aimed_at(found, actor, reader, offset, low, high),
        terms=terms,
        mode=mode,
        refers_to=_referent(found, sentence, passage, threats, low, actor, reader),
        on=dated_in(sentence, found.head, passage.document),
        reasons=(found.reason,),
    )


def _named_words(noun: "Token") -> Iterator["Token"]:
    """Yield the words that name what an outcome is said of, without appositions and clauses."""
    yield noun
    for child in noun.children:
        if (
            child.dep_ in {"compound", "amod", "poss", "nmod", "prep", "pobj", "pcomp", "acl", "dobj"}
            and abs(child.i - noun.i) < 8
        ):
            yield from _named_words(child)


def _own_words(verb: "Token") -> Iterator["Token"]:
    for token in verb.subtree:
        if token == verb or abs(token.i - verb.i) < 14:
            yield token


def _mode_of(about: "Token | None", lexicon: Lexicon) -> Mode:
    kind = noun_class(about, lexicon) if about is not None else None
    return kind.mode if kind else Mode.UNSPECIFIED


def _resolved(token: "Token | None", statements: Statements, reader: Reader, offset: int) -> Actor | None:
    if token is None:
        return None
    party = reader.cast.party(token, offset)
    if party.role == "own":
        speaker = statements.speaker_of(token)
        party = speaker if speaker is not None else party
    if party.actor is None or party.role == "newsroom":
        return None
    return party.actor


def _aimed_at(found: _Found, actor: Actor | None, reader: Reader, offset: int, low: int, high: int) -> Actor | None:
    cast = reader.cast
    verb = found.head
    mine = {actor.name, cast.home_of(actor).name} if actor else set()
    aims = aims_of(verb) if verb.pos_ == "VERB" else iter(())
    near = [*aims, *([found.about] if found.about is not None else [])]
    for token in near:
        party = cast.party(token, offset)
        if party.actor is not None and cast.home_of(party.actor).name not in mine:
            return cast.home_of(party.actor)
    others = cast.others_than(actor, low, high)
    return others[0] if others else None


def _clause(found: _Found, sentence: "Span") -> tuple[int, int]:
    """Return the half-open tokens of the outcome's own clause; of a relative clause, from its noun on."""
    head = found.head
    top = head
    while top.pos_ != "VERB" and top.head != top and top.i != sentence.root.i:
        top = top.head
    beside = {
        i.i
        for c in top.children
        if c.dep_ in {"conj", "advcl", "parataxis"} and any(g.dep_ in {"nsubj", "nsubjpass"} for g in c.children)
        for i in c.subtree
    }
    keep = [t.i for t in top.subtree if t.i not in beside and sentence.start <= t.i < sentence.end]
    start, end = min(keep), max(keep) + 1
    while end > start + 1 and (
        sentence.doc[end - 1].is_punct
        or sentence.doc[end - 1].lower_ in {"and", "but", "or"}
        or sentence.doc[end - 1].is_space
    ):
        end -= 1
    while start < end - 1 and (sentence.doc[start].is_punct or sentence.doc[start].is_space):
        start += 1
    return start, end


def _referent(
    found: _Found,
    sentence: "Span",
    passage: Passage,
    threats: Sequence[Threat],
    low: int,
    actor: Actor | None,
    reader: Reader,
) -> Threat | None:
    """Return the threat that the words point at: of the same sentence where there is one, else the last one near."""
    base = passage.start
    start, end = base + sentence.start_char, base + sentence.end_char
    same = [
        t
        for t in threats
        if t.passage.start < end and start < t.passage.end and t.passage.document.id == passage.document.id
    ]
    same = [t for t in same if _is_party(actor, t, reader)]
    if not found.stated:
        sequel = any(t.lower_ in reader.lexicon.words["outcomes.anaphor.sequence"] for t in found.head.children)
        return same[0] if len(same) == 1 and sequel and same[0].passage.start < low else None
    if len(same) == 1 and (found.about is not None or found.actor is not None) and not _is_general(found):
        return same[0]
    if same or not _is_anaphoric(found, reader.lexicon):
        return None
    before = [t for t in threats if passage.start - _NEAR <= t.passage.start < start and _is_party(actor, t, reader)]
    return before[-1] if before and not _is_general(found) else None


def _is_party(actor: Actor | None, threat: Threat, reader: Reader) -> bool:
    """Tell whether who did it is one of the two whom the threat is between, or nobody is named."""
    if actor is None:
        return True
    home = reader.cast.home_of(actor).name
    target = threat.target
    sides = {threat.sender.name, threat.sender.home, *((target.name, target.home) if target else ())} - {""}
    return bool({home, actor.name} & sides)


def _is_general(found: _Found) -> bool:
    """Tell whether the words speak of all that a sender plans ("the military action plans"), not of one threat."""
    about = found.about
    if about is None:
        return False
    lemmas = {str(t.lemma_).lower() for t in _named_words(about)}
    return "military" in lemmas and bool(lemmas & {"action", "plan", "operation", "measure"})


def _is_anaphoric(found: _Found, lexicon: Lexicon) -> bool:
    about = found.about
    if about is None:
        return True
    if not lexicon.holds("outcomes.anaphor.nouns", str(about.lemma_).lower()):
        return False
    return any(
        c.dep_ in {"det", "poss"}
        and c.lower_ in {"that", "this", "the", "those", "these", "such", "its", "his", "her", "their"}
        for c in about.children
    )
