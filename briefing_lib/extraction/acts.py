"""The classes of costly acts: which one a noun or a verb with its objects names, and how costly that is."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_lib.extraction.grammar import is_passive, is_to_infinitive, lemma_forms, objects_of, prepositional
from briefing_lib.extraction.lexicon import STRONG, WEAK, ActClass, Lexicon
from briefing_lib.models import Mode

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Token

# Classes whose cost depends on what is stopped or left.
INVERTED = {"close", "leave"}
_TOOLS = ("with", "to", "toward", "towards", "on", "by", "against")  # what a light verb carries out an act by


TO_COURT = {"take", "bring", "drag", "haul", "go"}
IN_COURT = {"challenge", "contest", "fight"}
COURTS = {"court", "arbitration", "tribunal", "arbitrator"}


# Of the acts by which those who work or take part stop doing so: what only they announce.
LABOUR = {
    *("strike", "walkout", "stoppage", "work stoppage", "strike action", "industrial action", "job action"),
    *("strike ballot", "boycott", "sit-in"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """What is done or to be borne: its cost (0 none, 1 in a threat's frame only, 2 always) and PLOVER mode.

    ``borne`` is True where the grammatical subject suffers it ("will pay a price"); ``vague`` where it has no content;
    ``refusal`` where it is cooperation denied; ``neutral`` where nothing tells whether it is costly;
    ``offer`` where it is one that may as well please, which takes an "unless" to be a threat.
    """

    head: "Token"
    cost: int
    mode: Mode = Mode.UNSPECIFIED
    military: bool = False
    vague: bool = False
    borne: bool = False
    refusal: bool = False
    neutral: bool = False
    offer: bool = False
    word: str = ""


def weigh_noun(noun: "Token", lexicon: Lexicon) -> Act:
    """Return how costly the act is that a noun names."""
    found = noun_class(noun, lexicon)
    vague = lexicon.holds("objects.vague.nouns", noun.lemma)
    if found is None:
        return Act(noun, WEAK if vague else 0, vague=vague, word=noun.text)
    return Act(noun, found.strength, found.mode, found.military, vague, word=noun.text)


def noun_class(noun: "Token", lexicon: Lexicon) -> ActClass | None:
    """Return the class of costly acts that a noun names, its modifiers first ("nuclear test", "general strike")."""
    # "A round of sanctions", "a wave of strikes": the content stands in the complement.
    if noun.lemma in lexicon.words["objects.measures.nouns"]:
        noun = next(prepositional(noun, "of"), noun)
    if noun.lemma in {"motion", "vote"} and any(
        inner.lemma == "confidence" and any(c.lower_ == "no" for c in inner.children)
        for inner in prepositional(noun, "of")
    ):
        return lexicon.act_nouns["no-confidence"]
    forms = [*lemma_forms(noun)]
    if noun.dep_ == "pobj":  # a walkout, not an attack: "go on strike"
        forms.insert(0, f"{noun.head.lower_} {noun.lemma}")
    if lexicon.holds("frames.carrier.nouns", noun.lemma):
        forms += [c.lemma for c in noun.children if c.dep_ == "compound"]
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
    for of_its_own in (
        *(_regarded, _made_to_answer, _made_useless, _laid_waste, _called_into_question, _unwelcome, _charged_on),
        *(_ceased, _taken_part_in, _answered_so),
    ):
        if (act := of_its_own(verb, lexicon)) is not None:
            return act
    found = verb_class(verb, lexicon)
    direct = objects_of(verb)
    oblique = list(prepositional(verb, *_TOOLS))
    if verb.lemma in {"ask", "request"}:  # "ask the court for fines"
        oblique += prepositional(verb, "for")
    if verb.lemma == "go":  # "go into action"
        oblique += prepositional(verb, "into")
    lemmas = [noun.lemma for noun in direct]
    if _goes_to_court(verb):
        return Act(verb, STRONG, Mode.ARREST, word=f"{verb.text} … to court")
    if _is_striving(verb, lexicon):
        return Act(verb, 0)
    if found is None or any(lexicon.holds("frames.light.verbs", form) for form in lemma_forms(verb)):
        light = _through_object(verb, direct, oblique, lexicon)
        if light.cost or found is None:
            return light
    assert found is not None
    if any(lexicon.holds("objects.benign.verbs", form) for form in lemma_forms(verb)) and any(
        lexicon.holds("objects.benign.nouns", lemma) for lemma in lemmas
    ):
        return Act(verb, 0)
    if any(lexicon.holds("frames.needs_object.verbs", form) for form in lemma_forms(verb)) and not (
        direct or is_passive(verb)
    ):
        return Act(verb, 0)
    if found.name in INVERTED:
        return _stopped(verb, found, direct, oblique, lexicon)
    vague = any(lexicon.holds("objects.vague.verbs", form) for form in lemma_forms(verb))
    if vague and _is_mild_answer(verb, lexicon):
        return Act(verb, 0)
    return Act(verb, found.strength, found.mode, found.military, vague, word=verb.text)


def is_labour(noun: "Token") -> bool:
    """Tell whether a noun names an act of those who stop work or stay away: "a 48-hour strike", "industrial action"."""
    return noun.pos_ == "NOUN" and not LABOUR.isdisjoint(lemma_forms(noun))


def _taken_part_in(verb: "Token", _: Lexicon) -> Act | None:
    """Weigh what those who work are asked for or join: "ballot its members for strike action", "join the walkout"."""
    if verb.lemma == "join":
        named = objects_of(verb)
    elif verb.lemma in BALLOTING:
        named = list(prepositional(verb, "for", "on", "over"))
    else:
        return None
    noun = next(filter(is_labour, named), None)
    return Act(verb, STRONG, Mode.RELATIONS, word=f"{verb.text} … {noun.text}") if noun is not None else None


BALLOTING = {"ballot", "vote"}


def _answered_so(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Weigh what somebody's answer will be like: "our response will be very negative"."""
    if verb.lemma != "be" or not any(_is_own_answer(c) for c in verb.children):
        return None
    told = next((c for c in verb.children if c.dep_ in {"acomp", "attr"}), None)
    harsh = told is not None and lexicon.holds("objects.hostile.answers", told.lower_)
    return Act(verb, STRONG, vague=True, word=f"be {told.text}") if told is not None and harsh else None


def _is_own_answer(noun: "Token") -> bool:
    owned = any(c.dep_ == "poss" for c in noun.children)
    return noun.dep_ == "nsubj" and noun.lemma in ANSWERING and owned


ANSWERING = {"response", "answer", "reply", "reaction", "retaliation"}


def _is_striving(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a fight is one for or against what is nobody: "wage war on malaria", "fight for every customer"."""
    if any(lexicon.holds("objects.benign.nouns", n.lemma) for n in prepositional(verb, "on", "against")):
        return True
    return verb.lemma in {"fight", "battle"} and any(True for _ in prepositional(verb, "for"))


def _regarded(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Weigh what something will be taken for: "treat it as an act of war", "would be considered a provocation"."""
    if not any(lexicon.holds("frames.regard.verbs", form) for form in lemma_forms(verb)):
        return None
    under = [p for t in verb.subtree if t.lower_ == "as" and t.dep_ == "prep" for p in t.children if p.dep_ == "pobj"]
    under += [c for c in verb.children if c.dep_ == "oprd"]
    seen_as = [n for n in under if lexicon.holds("frames.regard.nouns", n.lemma)]
    return Act(
        verb, STRONG if seen_as else 0, Mode.VIOLENCE, bool(seen_as), vague=bool(seen_as), word=f"{verb.text} as …"
    )


def _ceased(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Weigh what is no longer done: "cease to observe the limits"; to cease an attack is a relief."""
    if not any(lexicon.holds("frames.cease.verbs", form) for form in lemma_forms(verb)):
        return None
    inner = next((c for c in verb.children if c.dep_ == "xcomp" and c.pos_ == "VERB" and c.i > verb.i), None)
    if inner is None:
        return None
    kind = verb_class(inner, lexicon)
    hostile = kind is not None and (kind.strength == STRONG or kind.name in INVERTED)
    return Act(verb, 0) if hostile else Act(verb, WEAK, Mode.RELATIONS, word=f"{verb.text} … {inner.text}")


def _made_to_answer(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Weigh what the doer will have others bear: "make them pay", "hold Quito accountable"."""
    if verb.lemma == "make":
        deed = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i and c.tag_ in {"VB", "VBP"}), None)
        if deed is not None and lexicon.holds("frames.consequence.subjects_pay", deed.lemma):
            return Act(verb, STRONG, vague=True, word=f"make … {deed.text}")
    if verb.lemma == "hold" and not is_passive(verb):
        answerable = {"accountable", "responsible", "liable"}
        if any(t.lower_ in answerable for c in verb.children for t in (c, *c.children) if t.i > verb.i):
            return Act(verb, WEAK, vague=True, word=f"{verb.text} … accountable")
    return None


def _made_useless(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Weigh what takes the use of a thing away: "make the service unavailable", "leave the port unusable"."""
    if verb.lemma not in MAKING:
        return None
    state = next((c for c in verb.children if c.pos_ == "ADJ" and c.i > verb.i and c.dep_ in _STATES), None)
    if state is None or not lexicon.holds("objects.useless.adjectives", state.lower_):
        return None
    return Act(verb, WEAK, Mode.RESTRICT, word=f"{verb.text} … {state.text}")


MAKING = {"make", "render", "leave"}
_STATES = {"ccomp", "oprd", "acomp", "xcomp", "dobj", "amod"}


def _laid_waste(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Weigh the end that a place is given in a figure: "turn their strongholds into a sea of fire"."""
    if verb.lemma not in {"turn", "reduce", "make"} or not objects_of(verb):
        return None
    waste = next((n for n in prepositional(verb, "into", "to") if lexicon.holds("objects.waste.nouns", n.lemma)), None)
    sea = waste is not None and waste.lemma == "sea"
    if waste is None or (sea and not any(n.lemma in {"fire", "flame", "blood"} for n in prepositional(waste, "of"))):
        return None
    return Act(verb, STRONG, Mode.VIOLENCE, military=True, word=f"{verb.text} … {waste.text}")


def _called_into_question(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Weigh what puts a benefit in doubt: "review its ties with Lima", "rethink the treaty"."""
    if verb.lemma not in REVIEWING or is_passive(verb):
        return None
    things = [t for noun in objects_of(verb) for t in (noun, *prepositional(noun, "on", "in", "of", "to"))]
    kept = next((t for t in things if lexicon.holds("objects.beneficial.nouns", t.lemma)), None)
    return Act(verb, WEAK, Mode.RELATIONS, word=f"{verb.text} … {kept.text}") if kept is not None else None


REVIEWING = {"review", "reassess", "rethink", "revise", "re-examine", "reexamine"}


def _unwelcome(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Weigh the sending away of envoys by its formula: "declare two attachés persona non grata"."""
    named = verb.lemma == "declare" and any(t.lower_ in PERSONA for t in verb.subtree)
    return Act(verb, STRONG, Mode.EXPEL, word=f"{verb.text} persona non grata") if named else None


PERSONA = {"persona", "personae"}


def _charged_on(verb: "Token", lexicon: Lexicon) -> Act | None:
    """Weigh a share of the price that is put on goods: "slap 20 percent on American timber"."""
    if verb.lemma not in CHARGING or not any(True for _ in prepositional(verb, "on", "upon")):
        return None
    share = next((noun for noun in objects_of(verb) if noun.lemma in SHARES), None)
    return Act(verb, WEAK, Mode.RESTRICT, word=f"{verb.text} … {share.text}") if share is not None else None


CHARGING = {"put", "slap", "levy", "impose", "charge", "lay", "place"}
SHARES = {"percent", "cent", "pct", "%"}


def _is_mild_answer(verb: "Token", lexicon: Lexicon) -> bool:
    """Tell whether an answer is given with something that harms nobody: "we will answer them with cloth"."""
    told = [n for n in prepositional(verb, "with") if n.pos_ == "NOUN"]
    return bool(told) and not any(
        weigh_noun(n, lexicon).cost or lexicon.holds("frames.consequence.objects", n.lemma) for n in told
    )


def _goes_to_court(verb: "Token") -> bool:
    """Tell whether somebody is taken to court: "take Bolivia to arbitration", "challenge the order in court"."""
    places: list[Token] = []
    if verb.lemma in TO_COURT:
        places += prepositional(verb, "to", "before")
    elif verb.lemma in IN_COURT:
        places += (noun for token in (verb, *objects_of(verb)) for noun in prepositional(token, "in"))
    return any(noun.lemma in COURTS for noun in places)


def _through_object(verb: "Token", direct: list["Token"], oblique: list["Token"], lexicon: Lexicon) -> Act:
    """Weigh a light verb by its object: "impose sanctions", "resort to force", "take action"."""
    if not any(lexicon.holds("frames.light.verbs", form) for form in lemma_forms(verb)):
        return Act(verb, 0)
    best, named = Act(verb, 0), direct
    for noun in [*direct, *oblique]:
        if noun.pos_ not in {"NOUN", "PROPN"}:
            continue
        act = weigh_noun(noun, lexicon)
        if noun.lemma == "duty" and verb.lemma in {"carry", "do", "take"}:
            continue  # what one is bound to do, not a tariff
        if act.cost > best.cost and not (noun in oblique and act.cost == WEAK):
            best = Act(verb, act.cost, act.mode, act.military, act.vague, word=f"{verb.text} … {noun.text}")
            named = direct if noun in direct else [*direct, noun]
    if best.vague and best.cost == STRONG and not _is_hostile_word(named, lexicon):
        best = Act(verb, WEAK, best.mode, best.military, vague=True, word=best.word)
    if not best.cost and _is_mild_answer(verb, lexicon):
        return best
    if not best.cost and any(lexicon.holds("objects.vague.verbs", form) for form in lemma_forms(verb)):
        best = Act(verb, WEAK, vague=True, word=verb.text)
    return best


def _is_hostile_word(nouns: list["Token"], lexicon: Lexicon) -> bool:
    """Tell retaliation from a mere measure: action, step and response are hostile only with a hostile adjective."""
    plain = {"action", "step", "measure", "response", "cost", "price", "limit", "check", "option"}
    for noun in nouns:
        if noun.lemma not in plain:
            return True
        of_force = next(prepositional(noun, "of"), None)  # "measures of physical force"
        kind = noun_class(of_force, lexicon) if of_force is not None else None
        if kind is not None and kind.strength == STRONG and of_force is not None and of_force.lemma not in plain:
            return True
        for child in noun.children:
            lemma = child.lemma
            if child.dep_ in {"amod", "compound"} and (
                lemma in lexicon.act_nouns
                or lexicon.holds("objects.hostile.adjectives", lemma)
                or f"{lemma} {noun.lemma}" in lexicon.act_nouns
            ):
                return True
    return False


def _is_of_arms(noun: "Token", lexicon: Lexicon) -> bool:
    """Tell whether what is stopped is the making of arms."""
    if noun.lemma not in {"production", "development", "deployment", "procurement", "manufacture"}:
        return False
    kinds = (noun_class(made, lexicon) for made in prepositional(noun, "of"))
    return any(kind is not None and kind.military for kind in kinds)


def _stopped(verb: "Token", found: ActClass, direct: list["Token"], oblique: list["Token"], lexicon: Lexicon) -> Act:
    """Weigh stopping, cutting or leaving: costly where the object is a benefit, a relief where it is an attack."""
    offered = any(lexicon.holds("frames.offer.verbs", form) for form in lemma_forms(verb))
    if offered and not direct:
        oblique = list(prepositional(verb, "from"))  # "withdraw to the line" yields, "from the treaty" does not
    things = direct or oblique
    if found.name == "leave" and any(lexicon.holds("objects.beneficial.own", n.lemma) for n in things):
        return Act(verb, 0)
    if verb.lemma == "repeal":
        return Act(verb, WEAK, found.mode, neutral=True, word=verb.text)  # whom a law serves it does not say
    if any(_is_of_arms(noun, lexicon) for noun in things):
        return Act(verb, 0)  # "will stop production of the missile"
    for noun in things:
        lemmas = [t.lemma for t in (noun, *noun.children) if t == noun or t.dep_ == "compound"]
        if any(lexicon.holds("objects.beneficial.nouns", lemma) for lemma in lemmas):
            return Act(verb, STRONG, found.mode, found.military, word=f"{verb.text} … {noun.text}")
    for noun in things:
        kind = noun_class(noun, lexicon)
        if kind is not None and kind.strength == STRONG and found.name != "leave":
            return Act(verb, 0)
        if lexicon.holds("objects.benign.nouns", noun.lemma):
            return Act(verb, 0)
    if found.name == "leave" and any(lexicon.holds("objects.beneficial.nouns", n.lemma) for n in oblique):
        return Act(verb, STRONG, found.mode, word=verb.text)
    # "Would withdraw if …" may as well be an offer: like a refusal, it takes an "unless" to be a threat.
    return Act(verb, WEAK, found.mode, found.military, refusal=offered, word=verb.text)
