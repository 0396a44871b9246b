"""To whom a threat is made: named by the grammar, by the act or the condition, else the nearest other actor."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from briefing_lib.extraction.actors import Party
from briefing_lib.extraction.candidates import aims_of, is_act_noun
from briefing_lib.extraction.gazetteer import Mention, is_legislature
from briefing_lib.extraction.grammar import lemma_forms, objects_of, prepositional, subject_of
from briefing_lib.extraction.parsing import entity_type
from briefing_lib.extraction.phrases import NEUTRAL, PERSONAL, YOURS, is_own_word, role_of, words_of_phrase
from briefing_lib.extraction.scene import Scene
from briefing_lib.models import Actor, ActorType

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Token

_LONG = 6.0  # sentences: whom a story is about stays its matter for longer than a pronoun's antecedent
_NEAR = 1500  # characters before the passage in which another actor is still the matter at hand
# Bodies that are the executive itself.
_SEATS = frozenset({"White House", "Pentagon", "Kremlin", "State Department", "Downing Street", "Elysee", "Élysée"})
_GUESSES = 3  # meanings of a pronoun that are tried
# What is sent is the sender's own: "send a thousand policemen over the line" (VerbNet send-11.1).
_SENDING = frozenset({"send", "deploy", "dispatch", "order", "mobilise", "mobilize", "unleash", "move", "use", "call"})
# Frames whose object is told of the act; it may be one's own envoy.
_TOLD = frozenset({"say", "announce", "intend", "hint", "decide", "none"})
# Who is asked to judge is not who is threatened: "take the matter to the council".
_BRINGING = frozenset({"take", "bring", "refer", "carry", "go", "appeal", "turn", "complain"})
# Before whom a deed is done to.
_SUFFERING = frozenset({"on", "upon", "against", "into"})
# With whom one does these is a partner: "sign a treaty with Cuba" (VerbNet correspond-36.1, amalgamate-22.2).
_PARTNERING = frozenset(
    {"sign", "conclude", "ally", "side", "cooperate", "co-operate", "work", "join", "partner", "unite"}
)
# What a deed is taken for (VerbNet characterize-29.2, seem-109).
_TAKING = frozenset({"amount", "consider", "hold", "regard", "treat", "see", "constitute", "mean", "view", "deem"})
# Who is the sender's own where a text calls them his: "its men".
_OWN_MEN = frozenset({"men", "fighters", "soldiers", "troops", "forces", "supporters", "members", "gunmen"})
# What tells that a speaker is several.
_PLURAL = frozenset({"two", "three", "both", "countries", "governments", "states", "leaders", "powers", "nations"})
_INNER = {"poss", "pobj", "compound", "amod", "appos"}


def target_of(scene: Scene, party: Party) -> Actor | None:
    """Return whom the threat is made to, or None where the document names nobody else."""
    if (body := _legislature(scene, party)) is not None:
        return body
    if (leader := _impeached(scene, party)) is not None:
        return leader
    if (bearers := _bearers(scene)) is not None:
        return bearers
    # What goes by a pronoun is less certain than a name, and whose a thing is least: "raise its output unless …".
    sided = frozenset(_sided(scene))
    for token, is_named in sorted(_tokens(scene), key=_uncertainty):
        if is_own_word(token) or token.lower_ in YOURS or token.head == scene.candidate.actor:
            continue
        if token.i in sided or _is_instructed(token):
            continue
        if is_named and (anybody := _anybody(scene, token)) is not None:
            return anybody
        whom = _whom(scene, token, party)
        if whom.actor is None and (several := _several(scene, token, whom, party, is_named=is_named)) is not None:
            return several
        if whom.role == "states" and whom.actor is not None and _is_own(scene, whom, party):
            if (other := _other_state(scene, party)) is not None:
                return other  # "strike its neighbour off the list"
            continue
        if whom.role == "adversaries" and not whom.certain:
            return _adversary(scene, party) or (None if scene.same_side(whom, party) else whom.actor)
        if (
            whom.actor is not None
            and _may_be_threatened(whom, token, is_named=is_named)
            and not _is_own(scene, whom, party)
        ):
            return _as_target(scene, whom, party)
    others = frozenset((*_names_of(scene, sided), *_joined_with(scene, party)))
    found = _employer(scene, party) or _nearest(scene, party, others)
    told = None if found is not None and found.surface in scene.sentence.text else _by_office(scene, party)
    return told or found


def _several(scene: Scene, token: "Token", whom: Party, party: Party, *, is_named: bool) -> Actor | None:
    """Return whom a plural of officials means, of whom no more is known: "mayors who gave them a room"."""
    if whom.role == "officials" and (body := _sent_by(scene, token, party)) is not None:
        return body
    if is_named and whom.role in {"heads", "officials"} and token.tag_ == "NNS":
        return Actor(whom.speaker, ActorType.GROUP, whom.speaker)
    return None


def _sent_by(scene: Scene, official: "Token", party: Party) -> Actor | None:
    """Return whose officials somebody would attack: "officials from the authority", where no list knows it theirs."""
    beside = official.doc[official.i + 1 : official.i + 2]  # what the parser often hangs on the verb
    named = [noun for prep in beside if prep.lower_ in {"from", "of"} for noun in prep.children if noun.dep_ == "pobj"]
    bodies = (scene.party(noun) for noun in named)
    others = (whose for whose in bodies if whose.actor is not None and not _is_own(scene, whose, party))
    return next((whose.actor for whose in others if whose.role in {"name", "unlisted"}), None)


def _is_instructed(token: "Token") -> bool:
    """Tell whether somebody is given an instruction: he is one's own ("instructed the envoy that …")."""
    return token.dep_ in {"dobj", "dative", "nsubjpass"} and token.head.lemma in {"instruct", "authorize", "authorise"}


def _sided(scene: Scene) -> Iterator[int]:
    """Yield the places of those who act with the sender, or whom it would guard or feed: they are not threatened.

    "British and French forces would intervene", "any attack on Malta would be answered".
    """
    act, doer, condition = scene.candidate.act, scene.candidate.actor, scene.candidate.condition
    if doer is not None and scene.candidate.frame not in _TOLD - {"none"}:
        inner = [t for t in doer.subtree if t.dep_ in {"amod", "compound", "conj"} and t.tag_ in {"JJ", "NNP", "NNPS"}]
        yield from (t.i for t in inner if any(c.dep_ in {"cc", "conj"} for c in (*t.children, *t.head.children)))
    if act is not None and act.head.lemma in _PARTNERING:
        yield from (t.i for noun in prepositional(act.head, "with") for t in noun.subtree)
        yield from (t.i for o in objects_of(act.head) for noun in prepositional(o, "with") for t in noun.subtree)
    span = range(condition.start, condition.end) if condition is not None else range(0)
    for noun in scene.sentence:
        if noun.i in span and noun.dep_ == "nsubj" and noun.head.lemma in _RECEIVING:
            yield from (t.i for t in noun.subtree)  # "unless the town receives food": another has to let it in
        done = noun.pos_ == "NOUN" and (act is None or noun != act.head)
        done = done and (noun.i in span or _is_taken_for(noun))
        if done and _is_deed(noun, scene):
            yield from (t.i for suffers in prepositional(noun, *_SUFFERING) for t in suffers.subtree)


_RECEIVING = frozenset({"receive", "get", "obtain"})


def _is_taken_for(noun: "Token") -> bool:
    """Tell whether a deed is what would be taken for something: "an attack on Malta would amount to war"."""
    return noun.dep_ in {"nsubj", "nsubjpass"} and noun.head.lemma in _TAKING


def _joined_with(scene: Scene, party: Party) -> Iterator[str]:
    """Yield who threatens beside the sender where several do: "in Mali and Niger the two governments said …"."""
    if party.actor is None or not _PLURAL & set(party.speaker.lower().split()):
        return
    cast, end = scene.cast, scene.bounds()[1]
    mine = cast.home_of(party.actor).name
    near = cast.within(max(0, end - _NEAR), end)
    for one, other in pairwise(near):
        names = [cast.home_of(m.entry.actor).name for m in (one, other)]
        if mine in names and cast.document.text[one.end : other.start].strip() in {"and", ",", ", and"}:
            yield from names


def _names_of(scene: Scene, places: frozenset[int]) -> Iterator[str]:
    """Yield the names of those whom some words name."""
    for at in places:
        actor = scene.party(scene.sentence.doc[at]).actor
        if actor is not None:
            yield scene.cast.home_of(actor).name


def _employer(scene: Scene, party: Party) -> Actor | None:
    """Return the company that a report speaks of most, where those who work threaten to stop: it is their employer."""
    act, cast = scene.candidate.act, scene.cast
    if act is None or party.actor is None or party.actor.home or party.actor.type is ActorType.STATE:
        return None
    forms = {form for token in (act.head, *objects_of(act.head)) for form in lemma_forms(token)}
    if forms.isdisjoint(_STRIKING):
        return None
    named = {m.entry.actor.name: m.entry.actor for m in cast.mentions if m.entry.actor.type is ActorType.COMPANY}
    named.pop(party.actor.name, None)
    return max(named.values(), key=lambda actor: cast.counts[actor.name], default=None)


# How those who work stop doing so (VerbNet stop-55.4; CAMEO 143).
_STRIKING = frozenset(
    [
        "strike",
        "walk out",
        "walk off",
        "down tool",
        "down",
        "stop work",
        "work",
        "walkout",
        "stoppage",
        "strike action",
        "industrial action",
    ]
)


def _by_office(scene: Scene, party: Party) -> Actor | None:
    """Return whom the grammar names by a common noun, where the text names nobody: "told the operator that …"."""
    told = [c for c in scene.candidate.head.children if c.dep_ in {"dobj", "dative"}]
    named = [token for token, is_named in _tokens(scene) if is_named]
    for token in (*named, *told):
        whom = scene.party(token)
        if whom.role not in _OFFICES or is_own_word(token) or token.pos_ == "PRON" or _is_own(scene, whom, party):
            continue
        if whom.speaker != party.speaker and (whom.actor is None or whom.actor.type is ActorType.GROUP):
            return Actor(whom.speaker, ActorType.GROUP, whom.speaker)
    return None


_OFFICES = frozenset({"heads", "officials", "groups", "collectives", "adversaries"})


def _whom(scene: Scene, token: "Token", party: Party) -> Party:
    """Return whom a word means; of those whom a pronoun may mean, the first who is not the sender himself."""
    if token.lower_ not in PERSONAL | NEUTRAL or token.pos_ != "PRON" or token.dep_ == "poss":
        return scene.party(token)
    meant = list(islice(scene.cast.meanings(token, scene.passage.start), _GUESSES))
    others = (one for one in meant if one.actor is not None and not _is_own(scene, one, party))
    return next(others, None) or (meant[0] if meant else scene.party(token))


def _uncertainty(pair: tuple["Token", bool]) -> int:
    token, is_named = pair
    return (0 if token.pos_ != "PRON" else 2 if token.dep_ == "poss" else 1) * 2 + (not is_named)


def _bearers(scene: Scene) -> Actor | None:
    """Return those who will bear it where a plain plural names them: "participants could face …"."""
    act, token = scene.candidate.act, _named(scene)
    if act is not None and not act.borne and act.head.pos_ == "VERB":
        # "Instructors who failed to report would be struck off": whoever does it, in the passive.
        token = next((c for c in act.head.children if c.dep_ == "nsubjpass" and _is_told_apart(c)), None)
    elif act is None or not act.borne:
        return None
    if token is None or token.tag_ != "NNS" or scene.lexicon.holds("frames.talks.nouns", token.lemma):
        return None
    if is_act_noun(token, scene.lexicon):
        return None  # "further sanctions could follow"
    whom = scene.party(token)
    if whom.actor is not None or whom.role != "thing":
        return None
    return Actor(whom.speaker, ActorType.GROUP, whom.speaker)


def _is_told_apart(noun: "Token") -> bool:
    return any(c.dep_ == "relcl" for c in noun.children) and not any(c.dep_ in {"det", "poss"} for c in noun.children)


def _anybody(scene: Scene, token: "Token") -> Actor | None:
    """Return whoever it may be, where a threat goes to no one in particular: "any country that …"."""
    if token.lower_ in {"those", "anyone", "anybody", "whoever", "everyone"}:
        words = str(token.doc[token.i : max(t.i for t in token.subtree) + 1].text)
        return Actor(words, ActorType.GROUP, words) if any(c.dep_ == "relcl" for c in token.children) else None
    is_open = any(child.lower_ in {"any", "every", "whichever"} and child.dep_ == "det" for child in token.children)
    which = any(child.dep_ in {"relcl", "acl"} for child in token.children) and not _is_deed(token, scene)
    if not is_open or not (which or scene.lexicon.holds("frames.anybody.nouns", token.lemma)):
        return None
    whom = scene.party(token)
    if whom.actor is not None and whom.certain and whom.role != "groups":
        return None
    words = words_of_phrase(token)
    return Actor(words, ActorType.GROUP, words)


def _is_deed(token: "Token", scene: Scene) -> bool:
    """Tell whether a noun is something done, not somebody: "any refusal to testify"."""
    lemma, lexicon = token.lemma, scene.lexicon
    listed = any(lexicon.holds(f"frames.breach.{kind}", lemma) for kind in ("refusal", "deed"))
    return listed or is_act_noun(token, lexicon) or lexicon.holds("frames.instrument.nouns", lemma)


def _other_state(scene: Scene, party: Party) -> Actor | None:
    """Return the state told of before the sentence that is not the sender's."""
    mine = scene.cast.home_of(party.actor).name if party.actor is not None else ""
    before = scene.cast.antecedents.states_before(scene.bounds()[0])
    return next((scene.cast.home_of(m.entry.actor) for m in before if m.state != mine), None)


def _adversary(scene: Scene, party: Party) -> Actor | None:
    """Return whom the sender calls the enemy: the other state or body that the document speaks of most."""
    others = scene.cast.others_than(party.actor, 0, len(scene.cast.document.text))
    return max(others, key=lambda actor: scene.cast.counts[actor.name], default=None)


def _legislature(scene: Scene, party: Party) -> Actor | None:
    """Return the parliament that a leader quarrels with over a bill: to veto or not to sign is aimed at it."""
    act = scene.candidate.act
    if act is None or party.actor is None or party.actor.type not in {ActorType.PERSON, ActorType.STATE}:
        return None
    over_a_bill = any(scene.lexicon.holds("frames.bill.nouns", t.lemma) for t in objects_of(act.head))
    if act.head.lemma not in {"veto", "sign"} or not over_a_bill:
        return None
    home = scene.cast.home_of(party.actor).name
    return _at_home(scene, party, is_legislature) or scene.cast.legislature_of(home)


def _impeached(scene: Scene, party: Party) -> Actor | None:
    """Return whom an impeachment is aimed at: a person of the sender's own state, who is named, or spoken of most."""
    act, cast = scene.candidate.act, scene.cast
    if act is None or party.actor is None or not any(t.lemma.startswith("impeach") for t in act.head.subtree):
        return None
    home = cast.home_of(party.actor).name
    start, end = scene.bounds()
    people = [m for m in cast.within(start, end) if _is_of(m, home) and m.entry.actor.name != party.actor.name]
    people = people or [m for m in cast.mentions if _is_of(m, home) and m.entry.actor.name != party.actor.name]
    if not people:  # a committee that no list places
        named = (m for m in cast.within(start, end) if m.entry.actor.type is ActorType.PERSON)
        people = [m for m in named if party.speaker != m.entry.actor.name]
    names = Counter(m.entry.actor.name for m in people)
    return max((m.entry.actor for m in reversed(people)), key=lambda actor: names[actor.name], default=None)


def _is_of(mention: Mention, state: str) -> bool:
    return mention.entry.actor.type is ActorType.PERSON and mention.entry.actor.home == state


def _nearest(scene: Scene, party: Party, sided: frozenset[str]) -> Actor | None:
    """Return the other actor whom the sentence names, else the most prominent one before it, else after it."""
    cast, (start, end) = scene.cast, scene.bounds()
    here = [one for one in _states_and_bodies(cast.others_than(party.actor, start, end)) if one.name not in sided]
    text = cast.document.text[start:end]
    here = [one for one in here if not re.search(rf"\b(?:in|at|near) {re.escape(one.surface)}\b", text)]
    if here:
        return here[0]
    mine = {*sided, *({party.actor.name, party.actor.home} if party.actor else ())} - {""}
    before = [
        (mention, whose)
        for mention in cast.antecedents.actors_before(start, half_life=_LONG)
        if start - mention.start < _NEAR and (whose := cast.home_of(mention.entry.actor)).name not in mine
    ]
    if before:
        of_a_state = party.actor is not None and cast.home_of(party.actor).type is ActorType.STATE
        # A state quarrels with whom the world knows, where one is near, rather than with a body that may be its own.
        known = [pair for pair in before if pair[0].entry.how != "text"] if of_a_state else []
        mention, whose = (known or before)[0]
        return replace(whose, surface=cast.document.text[mention.start : mention.end])
    others = _states_and_bodies(cast.others_than(party.actor, 0, len(cast.document.text)))
    others = [one for one in others if one.name not in sided]
    if others:
        return max(others, key=lambda actor: cast.counts[actor.name])
    return _at_home(scene, party)


def _states_and_bodies(actors: list[Actor]) -> list[Actor]:
    """Leave out people for whom nothing says whom they act for."""
    return [actor for actor in actors if actor.type is not ActorType.PERSON]


def _at_home(scene: Scene, party: Party, is_wanted: Callable[[str], bool] = bool) -> Actor | None:
    """Return the body of the sender's own state that a person quarrels with, where no other state is named."""
    if party.actor is None or party.actor.type is not ActorType.PERSON:
        return None
    cast, end = scene.cast, scene.bounds()[1]
    for mention in (*cast.before(end), *cast.within(end, len(cast.document.text))):
        actor = mention.entry.actor
        is_body = mention.entry.how == "body" and actor.home == party.actor.home and actor.name not in _SEATS
        if is_body and is_wanted(actor.name):
            return actor
    return None


def _may_be_threatened(whom: Party, token: "Token", *, is_named: bool) -> bool:
    """Tell whether a party is somebody: an unlisted name counts only where the grammar gives it the part."""
    if whom.role in {"newsroom", "observers"}:
        return False
    if not is_named and (whom.actor is None or whom.actor.type is ActorType.GROUP):
        return False
    if token.head.lower_ in {"at", "in"} and whom.actor is not None and whom.actor.type is ActorType.ORGANISATION:
        return False  # "the works at Velden": where they are
    if whom.role == "unlisted":
        return is_named and entity_type(token) in {"PERSON", "ORG", "NORP"}
    return whom.role != "thing" or (whom.actor is not None and whom.certain)


def _is_own(scene: Scene, whom: Party, party: Party) -> bool:
    """Tell whether a party is on the sender's side; within a state, a leader can threaten its parliament."""
    if whom.actor is None or party.actor is None:
        return False
    if whom.actor.type is ActorType.GROUP:
        words = whom.actor.name.split()
        mine = words[0] in {"its", "his", "her", "their"} and words[-1] in _OWN_MEN
        return mine or whom.actor.name == party.actor.name
    if whom.role == "pronoun" and whom.actor.type is party.actor.type is ActorType.PERSON:
        return whom.actor.name == party.actor.name
    if whom.actor.type is ActorType.PERSON and scene.candidate.frame in _TOLD:
        return scene.same_side(whom, party)  # "instructed the envoy that …": told, not threatened
    is_body = whom.role == "name" and whom.actor.home and whom.actor.name != party.actor.name
    if is_body and party.actor.type is not ActorType.STATE:
        return False
    return scene.same_side(whom, party)


def _as_target(scene: Scene, whom: Party, party: Party) -> Actor | None:
    actor = whom.actor
    if actor is None or actor.type is ActorType.GROUP:
        return actor
    home = scene.cast.home_of(actor)
    sender_home = scene.cast.home_of(party.actor).name if party.actor else ""
    return actor if home.name == sender_home else replace(home, surface=actor.surface)


def _tokens(scene: Scene) -> Iterator[tuple["Token", bool]]:
    """Yield the words that may name the target, likeliest first, and whether the grammar gives them the part."""
    candidate, named = scene.candidate, _named(scene)
    if named is not None:
        yield named, True
        inner = (t for t in _phrase_of(named) if t.dep_ in {"poss", "compound", "pobj"})
        is_deed = _is_deed(named, scene)  # "any attack on Malta": on whom is not who is threatened
        yield from ((t, t.head.lower_ == "by") for t in inner if not (is_deed and t.head.lower_ in _SUFFERING))
    if candidate.act is not None:
        trust = (t for t in candidate.act.head.subtree if t.lemma == "confidence")
        yield from ((whom, True) for noun in trust for whom in prepositional(noun, "in"))
    if candidate.act is not None and candidate.act.head.pos_ in {"VERB", "AUX"}:
        yield from _of_act(candidate.act.head)
    elif candidate.act is not None:
        yield from ((t, t.dep_ == "pobj") for t in candidate.act.head.subtree if t.dep_ in _INNER)
    yield from ((t, True) for t in _asked(scene))
    if candidate.condition is not None:
        clause = scene.sentence.doc[candidate.condition.start : candidate.condition.end]
        for subject in (t for t in clause if t.dep_ in {"nsubj", "agent"}):
            if scene.lexicon.holds("frames.talks.nouns", subject.lemma):
                yield from ((t, True) for t in prepositional(subject, "with"))
            yield subject, True
        yield from ((t, False) for t in clause if t.dep_ in {"poss", "compound", "amod"})
    yield from ((t, False) for t in _provokers(candidate.head))


def _provokers(head: "Token") -> Iterator["Token"]:
    """Yield whose deed a threat follows ("after Ruritania rejected it, he threatened …")."""
    for child in head.children:
        if child.dep_ == "advcl" and any(
            c.lower_ in {"after", "when", "because", "as", "since"} for c in child.children
        ):
            yield from (c for c in child.children if c.dep_ in {"nsubj", "agent"})


def _named(scene: Scene) -> "Token | None":
    """Return the word that the grammar makes the target."""
    token = scene.candidate.target
    if token is not None and token.pos_ == "VERB":  # "participants found in breach could face": the parser's subject
        return subject_of(token) or token
    return token


def _asked(scene: Scene) -> Iterator["Token"]:
    """Yield of whom the sentence says that something is demanded: "demanded that Ruritania leave, and authorised …"."""
    act = scene.candidate.act
    for verb in scene.sentence:
        if verb.pos_ != "VERB" or not scene.lexicon.holds("frames.demand.verbs", verb.lemma):
            continue
        if act is not None and act.head.dep_ == "xcomp" and act.head.head == verb:
            continue  # "asked Congress to close the ports": the act itself is asked for
        yield from (c for c in verb.children if c.dep_ in {"dobj", "dative"} and entity_type(c))
        for clause in (c for c in verb.children if c.dep_ in {"ccomp", "xcomp"}):
            yield from (c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"})


def _of_act(verb: "Token") -> Iterator[tuple["Token", bool]]:
    for head in (verb, *objects_of(verb)):  # "visas for its students"
        yield from ((t, True) for t in prepositional(head, "for") if role_of(t) == "groups")
    for token in aims_of(verb):
        if _is_means(token, verb):
            continue
        yield token, True
        yield from ((t, t.head.lower_ == "by") for t in _phrase_of(token) if t.dep_ in _INNER)
    far = (t for t in _phrase_of(verb) if t.dep_ in {"pobj", "dobj"} and t.head.head != verb)
    yield from ((t, False) for t in far if not (t.head.lower_ == "with" and verb.lemma in _PARTNERING))


def _is_means(token: "Token", verb: "Token") -> bool:
    """Tell whether an act is done with somebody, not to him: "clear the bridge with the army", "send policemen"."""
    if token.head.lower_ == "to" and verb.lemma in _BRINGING:
        return True
    if token.head.lower_ == "with":
        return role_of(token) == "collectives" or verb.lemma in _PARTNERING
    is_sent = token.dep_ == "dobj" and verb.lemma in _SENDING
    return is_sent and role_of(token) in {"collectives", "officials", "groups"}


def _phrase_of(head: "Token") -> Iterator["Token"]:
    """Yield what depends on a word, without what relative and other finite clauses say of it."""
    for child in head.children:
        if child.dep_ not in {"relcl", "advcl", "ccomp"} or child.tag_ in {"VBG", "VBN"}:
            yield child
            yield from _phrase_of(child)
