"""How costly an act is, from its verb and what it is done to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_lib.extraction.grammar import (
    is_negated,
    is_passive,
    is_to_infinitive,
    lemma_forms,
    modals_of,
    objects_of,
    prepositional,
)
from briefing_lib.extraction.lexicon import STRONG, WEAK, ActClass, Lexicon
from briefing_lib.models import Mode

if TYPE_CHECKING:
    from spacy.tokens import Token

_INVERTED = {"close", "leave"}  # classes whose cost depends on what is stopped or left
_TOOLS = ("with", "to", "toward", "towards", "on", "by", "against")  # what a light verb carries out an act by


@dataclass(frozen=True, slots=True)
class Act:
    """What is done or to be borne: its cost (0 none, 1 in a threat's frame only, 2 always) and PLOVER mode.

    ``borne`` is True where the grammatical subject suffers it ("will pay a price"); ``vague`` where it has no content;
    ``refusal`` where it is cooperation denied; ``neutral`` where nothing tells whether it is costly, but no offer.
    """

    head: "Token"
    cost: int
    mode: Mode = Mode.UNSPECIFIED
    military: bool = False
    vague: bool = False
    borne: bool = False
    refusal: bool = False
    neutral: bool = False
    word: str = ""


def weigh(token: "Token", lexicon: Lexicon) -> Act:
    """Return how costly the act is that a verb or noun names."""
    if token.pos_ in {"NOUN", "PROPN"}:
        return _weigh_noun(token, lexicon)
    borne = _borne(token, lexicon)
    if borne is not None:
        return borne
    if _is_course_of_law(token, lexicon):
        return Act(token, WEAK, Mode.ARREST, neutral=True, word=token.text)
    if _is_business(token, lexicon):
        lays_off = any(lexicon.holds("objects.business.people", str(n.lemma_).lower()) for n in objects_of(token))
        return Act(token, WEAK, Mode.RESTRICT, neutral=lays_off, word=token.text)
    done = _moved(token, lexicon) or _taking_place(token, lexicon) or weigh_deed(token, lexicon)
    if done.cost and is_negated(token):
        return Act(token, 0)
    if (
        not done.cost
        and is_negated(token)
        and any(lexicon.holds("frames.cooperate.verbs", f) for f in lemma_forms(token))
    ):
        return Act(token, WEAK, Mode.RELATIONS, refusal=True, word=f"not {token.lemma_}")
    return done if done.cost else _neutral(token, lexicon)


def _moved(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return a move of forces told of the forces themselves: "troops would return to the border"."""
    if not lexicon.holds("frames.move.verbs", str(verb.lemma_).lower()):
        return None
    movers = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    for noun in movers:
        kind = noun_class(noun, lexicon)
        if kind is not None and kind.name == "force" and not any(c.lower_ == "home" for c in verb.children):
            cost = STRONG if lexicon.holds("frames.move.assault", str(verb.lemma_).lower()) else WEAK
            return Act(verb, cost, kind.mode, military=True, word=f"{noun.text} … {verb.text}")
    return None


def _taking_place(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return a costly act that is itself the subject: "sanctions will follow", "a tariff would apply to …"."""
    if not any(lexicon.holds("frames.take_place.verbs", form) for form in lemma_forms(verb)):
        return None
    if str(verb.lemma_).lower() == "follow" and objects_of(verb):
        return None  # "the strikes would follow the law"
    for noun in (c for c in verb.children if c.dep_ == "nsubj" and c.pos_ == "NOUN"):
        act = _weigh_noun(noun, lexicon)
        if act.cost == STRONG and not any(c.dep_ == "poss" for c in noun.children):
            return Act(verb, STRONG, act.mode, act.military, borne=True, word=f"{noun.text} … {verb.text}")
    return None


def _is_course_of_law(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a verb says that suspects will be tried: "will bring suspects to trial"."""
    culprits = [n for n in objects_of(verb) if lexicon.holds("objects.culprits.nouns", str(n.lemma_).lower())]
    found = verb_class(verb, lexicon)
    to_court = [
        n for n in prepositional(verb, "to", "on", "before") if str(n.lemma_).lower() in {"trial", "justice", "court"}
    ]
    return bool(culprits) and (bool(to_court) or (found is not None and found.name == "arrest"))


def _is_business(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a verb says that a firm will cut what is its own: "plans to cut 30,000 jobs"."""
    found = verb_class(verb, lexicon)
    lays_off = any(form in {"lay off", "fire", "dismiss"} for form in lemma_forms(verb))
    if found is None or not (found.name in _INVERTED or lays_off):
        return False
    kinds = ("objects.business.people", "objects.business.nouns")
    return any(lexicon.holds(kind, str(noun.lemma_).lower()) for noun in objects_of(verb) for kind in kinds)


def _neutral(verb: "Token", lexicon: Lexicon) -> Act:
    """Return an act that is nobody's favour: costly to the other side if it is announced on a condition about it."""
    forms = lemma_forms(verb)
    if verb.pos_ != "VERB" or any(
        lexicon.holds("frames.offer.verbs", form) or lexicon.holds("frames.offer.static", form) for form in forms
    ):
        return Act(verb, 0)
    return Act(verb, WEAK, refusal=is_negated(verb), neutral=True, word=verb.text)


def _weigh_noun(noun: "Token", lexicon: Lexicon) -> Act:
    found = noun_class(noun, lexicon)
    vague = lexicon.holds("objects.vague.nouns", str(noun.lemma_).lower())
    if found is None:
        return Act(noun, WEAK if vague else 0, vague=vague, word=noun.text)
    return Act(noun, found.strength, found.mode, found.military, vague, word=noun.text)


def noun_class(noun: "Token", lexicon: Lexicon) -> ActClass | None:
    """Return the class of costly acts that a noun names, its modifiers first ("nuclear test", "general strike")."""
    # "A round of sanctions", "a wave of strikes": the content stands in the complement.
    if str(noun.lemma_).lower() in lexicon.words["objects.measures.nouns"]:
        noun = next(prepositional(noun, "of"), noun)
    forms = [*lemma_forms(noun)]
    if noun.dep_ == "pobj":  # a walkout, not an attack: "go on strike"
        forms.insert(0, f"{noun.head.lower_} {str(noun.lemma_).lower()}")
    if lexicon.holds("frames.carrier.nouns", str(noun.lemma_).lower()):
        forms += [str(c.lemma_).lower() for c in noun.children if c.dep_ == "compound"]
        for deed in noun.children:  # "a motion to impeach"
            found = verb_class(deed, lexicon) if deed.dep_ in {"acl", "relcl"} and is_to_infinitive(deed) else None
            if found is not None:
                return found if found.strength == STRONG else None
    return next((lexicon.act_nouns[form] for form in forms if form in lexicon.act_nouns), None)


def verb_class(verb: "Token", lexicon: Lexicon) -> ActClass | None:
    """Return the class of costly acts that a verb names, with its particle first ("cut off")."""
    return next((lexicon.act_verbs[form] for form in lemma_forms(verb) if form in lexicon.act_verbs), None)


def weigh_deed(verb: "Token", lexicon: Lexicon) -> Act:
    """Weigh an act of the verb's subject (of its agent, in the passive)."""
    found = verb_class(verb, lexicon)
    if any(lexicon.holds("frames.regard.verbs", form) for form in lemma_forms(verb)):
        under = [
            p for t in verb.subtree if t.lower_ == "as" and t.dep_ == "prep" for p in t.children if p.dep_ == "pobj"
        ]
        seen_as = [n for n in under if lexicon.holds("frames.regard.nouns", str(n.lemma_).lower())]
        return Act(
            verb, STRONG if seen_as else 0, Mode.VIOLENCE, bool(seen_as), vague=bool(seen_as), word=f"{verb.text} as …"
        )
    direct = objects_of(verb)
    oblique = list(prepositional(verb, *_TOOLS))
    if str(verb.lemma_).lower() in {"ask", "request"}:  # "ask the court for fines"
        oblique += prepositional(verb, "for")
    lemmas = [str(noun.lemma_).lower() for noun in direct]
    if found is None or any(lexicon.holds("frames.light.verbs", form) for form in lemma_forms(verb)):
        light = _through_object(verb, direct, oblique, lexicon)
        if light.cost or found is None:
            return light
    assert found is not None
    if any(lexicon.holds("objects.benign.verbs", form) for form in lemma_forms(verb)) and any(
        lexicon.holds("objects.benign.nouns", lemma) for lemma in lemmas
    ):
        return Act(verb, 0)
    if found.name in _INVERTED:
        return _stopped(verb, found, direct, oblique, lexicon)
    vague = any(lexicon.holds("objects.vague.verbs", form) for form in lemma_forms(verb))
    return Act(verb, found.strength, found.mode, found.military, vague, word=verb.text)


def _through_object(verb: "Token", direct: list["Token"], oblique: list["Token"], lexicon: Lexicon) -> Act:
    """Weigh a light verb by its object: "impose sanctions", "resort to force", "take action"."""
    if not any(lexicon.holds("frames.light.verbs", form) for form in lemma_forms(verb)):
        return Act(verb, 0)
    best = Act(verb, 0)
    for noun in [*direct, *oblique]:
        if noun.pos_ not in {"NOUN", "PROPN"}:
            continue
        act = _weigh_noun(noun, lexicon)
        if str(noun.lemma_).lower() == "duty" and str(verb.lemma_).lower() in {"carry", "do", "take"}:
            continue  # what one is bound to do, not a tariff
        if act.cost > best.cost and not (noun in oblique and act.cost == WEAK):
            best = Act(verb, act.cost, act.mode, act.military, act.vague, word=f"{verb.text} … {noun.text}")
    if best.vague and best.cost == STRONG and not _is_hostile_word(best, direct, lexicon):
        best = Act(verb, WEAK, best.mode, best.military, vague=True, word=best.word)
    if not best.cost and any(lexicon.holds("objects.vague.verbs", form) for form in lemma_forms(verb)):
        best = Act(verb, WEAK, vague=True, word=verb.text)
    return best


def _is_hostile_word(act: Act, direct: list["Token"], lexicon: Lexicon) -> bool:
    """Tell retaliation from a mere measure: action, step and response are hostile only with a hostile adjective."""
    plain = {"action", "step", "measure", "response", "cost", "price", "limit", "check", "option"}
    for noun in direct:
        if str(noun.lemma_).lower() not in plain:
            return True
        for child in noun.children:
            lemma = str(child.lemma_).lower()
            if child.dep_ in {"amod", "compound"} and (
                lemma in lexicon.act_nouns
                or lexicon.holds("objects.hostile.adjectives", lemma)
                or f"{lemma} {noun.lemma_}" in lexicon.act_nouns
            ):
                return True
    return False


def _stopped(verb: "Token", found: ActClass, direct: list["Token"], oblique: list["Token"], lexicon: Lexicon) -> Act:
    """Weigh stopping, cutting or leaving: costly where the object is a benefit, a relief where it is an attack."""
    offered = any(lexicon.holds("frames.offer.verbs", form) for form in lemma_forms(verb))
    if offered and not direct:
        oblique = list(prepositional(verb, "from"))  # "withdraw to the line" yields, "from the treaty" does not
    things = direct or oblique
    if found.name == "leave" and any(lexicon.holds("objects.beneficial.own", str(n.lemma_).lower()) for n in things):
        return Act(verb, 0)
    for noun in things:
        lemmas = [str(t.lemma_).lower() for t in (noun, *noun.children) if t == noun or t.dep_ == "compound"]
        if any(lexicon.holds("objects.beneficial.nouns", lemma) for lemma in lemmas):
            return Act(verb, STRONG, found.mode, found.military, word=f"{verb.text} … {noun.text}")
    for noun in things:
        kind = noun_class(noun, lexicon)
        if kind is not None and kind.strength == STRONG and found.name != "leave":
            return Act(verb, 0)
        if lexicon.holds("objects.benign.nouns", str(noun.lemma_).lower()):
            return Act(verb, 0)
    if found.name == "leave" and any(lexicon.holds("objects.beneficial.nouns", str(n.lemma_).lower()) for n in oblique):
        return Act(verb, STRONG, found.mode, word=verb.text)
    # "Would withdraw if …" may as well be an offer: like a refusal, it takes an "unless" to be a threat.
    return Act(verb, WEAK, found.mode, found.military, refusal=offered, word=verb.text)


def _borne(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return what the verb's subject will have to bear ("pay a price", "be met with force"), or None."""
    lemma = str(verb.lemma_).lower()
    direct = objects_of(verb)
    if lexicon.holds("frames.consequence.subjects_pay", lemma) and not is_passive(verb):
        nouns = [n for n in direct if not lexicon.holds("frames.consequence.objects", str(n.lemma_).lower())]
        if lemma not in {"pay", "burn"} or not nouns:
            return Act(verb, STRONG, vague=True, borne=True, word=verb.text)
    if lexicon.holds("frames.consequence.verbs_with_objects", lemma) and not is_passive(verb):
        of_any = lexicon.holds("frames.consequence.of_any_act", lemma)
        for noun in [*direct, *prepositional(verb, "to", "in", "with")]:
            kind = _weigh_noun(noun, lexicon)
            listed = lexicon.holds("frames.consequence.objects", str(noun.lemma_).lower())
            if listed or (of_any and noun in direct and kind.cost == STRONG):
                vague = kind.vague or not kind.cost
                return Act(verb, STRONG, kind.mode, kind.military, vague, borne=True, word=noun.text)
    if lexicon.holds("frames.consequence.subjects_lose", lemma) and direct and not is_passive(verb):
        return Act(verb, WEAK, borne=True, word=verb.text)
    if lemma in {"meet", "hit", "greet", "answer", "counter", "plunge"} and is_passive(verb):
        for noun in prepositional(verb, "with", "by", "into"):
            if lexicon.holds("frames.consequence.objects", str(noun.lemma_).lower()) or noun_class(noun, lexicon):
                kind = _weigh_noun(noun, lexicon)
                return Act(
                    verb, STRONG, kind.mode, kind.military, kind.vague or not kind.cost, borne=True, word=noun.text
                )
    return _entailed(verb, lexicon) or _idiom(verb, lexicon)


def _entailed(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return what will follow from a breach: "any attack would lead to war", "failure to pay may result in arrest"."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    entails = lexicon.holds("frames.entail.verbs", str(verb.lemma_).lower()) and modals_of(verb)
    if not entails or is_negated(verb) or subject is None or not is_breach(subject, lexicon):
        return None
    for noun in [*objects_of(verb), *prepositional(verb, "in", "to", "about")]:
        kind = weigh_deed(noun, lexicon) if noun.pos_ == "VERB" else _weigh_noun(noun, lexicon)
        undone = next((c for c in noun.children if c.dep_ in {"acl", "relcl"} and c.tag_ in {"VBN", "VBG"}), None)
        if not kind.cost and undone is not None:  # "result in a claim being withdrawn"
            kind = weigh_deed(undone, lexicon)
        if kind.cost or lexicon.holds("frames.consequence.objects", str(noun.lemma_).lower()):
            return Act(verb, STRONG, kind.mode, kind.military, kind.vague or not kind.cost, borne=True, word=noun.text)
    return None


def is_breach(noun: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a noun names what others may fail to do, or may do: "failure to comply", "any attack"."""
    lemma = str(noun.lemma_).lower()
    if lexicon.holds("frames.breach.refusal", lemma):
        return True
    is_open = any(c.lower_ in {"any", "a", "an", "further", "another", "such", "every"} for c in noun.children)
    return lexicon.holds("frames.breach.deed", lemma) and is_open


def _idiom(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Return a consequence told by a set phrase ("will not go unanswered"), read from the verb on."""
    words = [t.lower_ for t in verb.doc[verb.i : min(verb.i + 7, verb.sent.end)]]
    words[0] = str(verb.lemma_).lower()
    text = " ".join(words) + " "
    passive = f"be {verb.lower_} " if is_passive(verb) else ""
    for phrase in lexicon.words["frames.consequence.phrases"]:
        if text.startswith(phrase + " ") or (
            passive and (passive + " ".join(words[1:]) + " ").startswith(phrase + " ")
        ):
            return Act(verb, STRONG, vague=True, borne=True, word=phrase)
    if is_negated(verb):
        for phrase in lexicon.words["frames.consequence.stands"]:
            if text.startswith(phrase + " ") or (passive and passive.startswith(phrase + " ")):
                return Act(verb, WEAK, vague=True, word=f"not {phrase}")
        for phrase in lexicon.words["frames.consequence.refused"]:
            if text.startswith(phrase + " ") or (passive and passive.startswith(phrase + " ")):
                borne = not phrase.startswith(("stand", "sit", "tolerate", "remain", "hesitate", "rule"))
                return Act(verb, STRONG, vague=True, borne=borne, word=f"not {phrase}")
    return None
