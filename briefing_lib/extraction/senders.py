"""Who threatens: the party that says it, whether the act is its own, and the actor it stands for."""

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from briefing_lib.extraction.actors import Party
from briefing_lib.extraction.acts import noun_class
from briefing_lib.extraction.framing import governor_of
from briefing_lib.extraction.grammar import SUBJECTS, agent_of, ancestors_with, is_passive, prepositional, subject_of
from briefing_lib.extraction.lexicon import Lexicon
from briefing_lib.extraction.phrases import is_own_word
from briefing_lib.extraction.scene import Scene
from briefing_lib.extraction.statements import sentence_speaker
from briefing_lib.models import Actor, ActorType, Mode

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Token


_GUESSES = 4  # meanings of a pronoun that are tried


def sender_party(scene: Scene) -> Party | None:
    """Return who makes the threat by the grammar: the subject of the frame, else whoever speaks."""
    candidate, statements = scene.candidate, scene.statements
    token = candidate.sender
    speaker = statements.speaker_of(candidate.head)
    if token is None and speaker is None and candidate.frame == "say" and candidate.actor is not None:
        token = candidate.actor  # "he was told that German divisions would cross the frontier"
    if token is None and speaker is None and is_passive(candidate.head):
        # "The mission has been told that …", in a statement.
        return statements.voice.party or _whose_membership(scene) or _speaker_before(scene)
    if token is None:
        return speaker if speaker is not None or candidate.frame != "none" else _speaker_before(scene)
    party = _other_than_told(scene, token, scene.party(token))
    if party.role == "own":
        return speaker if speaker is not None and speaker.actor is not None else _writer_of(scene) or speaker
    if candidate.frame == "own" and speaker is not None:
        if party.role in {"thing", "yours"}:
            return speaker
        if _is_of_others(scene, party, speaker):
            return None
    if party.role == "thing" and party.actor is None and candidate.head.dep_ == "conj":
        return _said_before(scene) or party
    is_paper = party.actor is None and scene.lexicon.holds("frames.say.nouns", token.lemma)
    if (is_paper or party.role in {"thing", "unlisted"}) and (maker := _maker_of(token, scene.lexicon)) is not None:
        return scene.party(maker)
    return (_writer_of(scene) or party) if is_paper and party.role == "thing" else party


def _is_of_others(scene: Scene, party: Party, speaker: Party) -> bool:
    """Tell whether a speaker only says what others will do, and of no demand: "Iran could take a step towards us"."""
    if speaker.actor is None or party.actor is None or not party.certain or scene.same_side(party, speaker):
        return False
    return scene.candidate.condition is None or not scene.candidate.condition.compels


def _other_than_told(scene: Scene, token: "Token", party: Party) -> Party:
    """Return whom a pronoun means but for whoever is told: in "they told Roe that …" they are not Roe's people."""
    told = next((c for c in token.head.children if c.dep_ in {"dobj", "dative"} and c.pos_ == "PROPN"), None)
    if party.role != "pronoun" or told is None or token.dep_ != "nsubj":
        return party
    whom = scene.party(told)
    if whom.actor is None or party.actor is None or not scene.same_side(party, whom):
        return party
    meant = islice(scene.cast.meanings(token, scene.passage.start), _GUESSES)
    return next((one for one in meant if one.actor is not None and not scene.same_side(one, whom)), party)


def _speaker_before(scene: Scene) -> Party | None:
    """Return who said the sentence before, with which this one goes on: "Any violation would be met by force."."""
    sentence = scene.sentence
    if sentence.start == 0:
        return None
    before = sentence.doc[sentence.start - 1].sent
    return sentence_speaker(before, scene.cast, scene.passage.start, scene.lexicon)


def _whose_membership(scene: Scene) -> Party | None:
    """Return the body that somebody is to be shut out of, by whomever: "or face suspension from the Commonwealth"."""
    for noun in scene.sentence:
        if noun.lemma in _SHUTTING_OUT:
            for body in (*prepositional(noun, "from"), *prepositional(noun.head, "from")):
                party = scene.party(body)
                if party.actor is not None and party.actor.type is ActorType.ORGANISATION:
                    return party
    return None


_SHUTTING_OUT = {"suspension", "expulsion", "exclusion", "removal", "ban"}


def _said_before(scene: Scene) -> Party | None:
    """Return the speaker above a verb that the parser hung on the wrong clause: "said the attack is …, and warned"."""
    for above in ancestors_with(scene.candidate.head):
        subject = subject_of(above) if above.pos_ in {"VERB", "AUX"} else None
        if subject is not None:
            party = scene.party(subject)
            if party.actor is not None and party.may_threaten:
                return party
    return None


def _writer_of(scene: Scene) -> Party | None:
    """Return whose paper it is that says what somebody will do: "the letter says the mayors will resign": theirs."""
    doer = _doer(scene)
    if doer is not None and doer.actor is not None and doer.may_threaten and doer.role != "thing":
        return doer
    return _speaker_before(scene) if doer is None or doer.role == "pronoun" else None


def _maker_of(token: "Token", lexicon: Lexicon) -> "Token | None":
    """Return who made the paper that threatens: "released a declaration, which threatened …"."""
    verb = token.head
    if token.dep_ in {"dobj", "nsubjpass"} and lexicon.holds("frames.make.papers", verb.lemma):
        return agent_of(verb) if is_passive(verb) else subject_of(verb)
    return None


def may_send(scene: Scene, party: Party) -> bool:
    """Tell whether a party can threaten: a watcher cannot; "Vienna's note" can where it is said to say something."""
    candidate = scene.candidate
    is_many = party.actor is not None and party.actor.type is ActorType.GROUP
    if party.role == "observers" and is_many and candidate.frame in {"threaten", "vow"}:
        return True  # "the traders threatened to keep their shutters down"
    if party.role == "observers" and candidate.act is not None and candidate.act.mode is Mode.RELATIONS:
        return candidate.frame in {"threaten", "vow", "say", "announce"} and _is_own_deed(scene)
    if party.role != "thing":
        return party.may_threaten
    if party.actor is None or candidate.sender is None:
        return False
    is_bill = scene.lexicon.holds("frames.bill.nouns", candidate.sender.lemma)
    if is_bill and candidate.sender.head.lemma in {"support", "oppose", "back", "reject", "welcome"}:
        return False
    return is_bill or candidate.frame in {"say", "announce", "vow", "warn"}


def _is_own_deed(scene: Scene) -> bool:
    """Tell whether those who only report of others speak of themselves: "doctors said they would stop work"."""
    actor, sender = scene.candidate.actor, scene.candidate.sender
    if sender is None or not (actor is None or actor.pos_ == "PRON"):
        return False
    return scene.lexicon.holds("frames.profession.nouns", sender.lemma)


# --- whose act ----------------------------------------------------------------------------------------------------


def is_own_act(scene: Scene, party: Party) -> bool:
    """Tell whether the act is the sender's own, not what he fears, foretells or reports of somebody else."""
    candidate = scene.candidate
    if candidate.frame == "against" and _warns_its_own(scene, party):
        return False
    if candidate.act is not None and candidate.act.neutral and not _depends_on_another(scene, party):
        return False
    voice = scene.statements.voice.party
    if candidate.head.pos_ == "NOUN" and candidate.frame in {"announce", "intend", "vow"} and voice is not None:
        return scene.same_side(party, voice)  # "the enemy's intention to seize …" accuses
    return _is_done_by(scene, party) and not _is_told_by_another(scene, party)


def _is_done_by(scene: Scene, party: Party) -> bool:
    candidate, actor = scene.candidate, scene.candidate.actor
    if candidate.act is not None and candidate.act.borne and candidate.target is not None:
        return _befalls(scene, party, candidate.target, candidate.act.head)
    if candidate.act is None or actor is None or candidate.act.borne or is_own_word(actor):
        return True
    if candidate.frame in {"threaten", "ultimatum", "against", "warn_of", "as_warned"} or _is_the_teller(scene, actor):
        return True
    doer = scene.party(actor)
    if scene.speaks_for(party, doer) or doer.role == "own":
        return True
    if candidate.frame == "announce" and scene.lexicon.holds("frames.bill.nouns", candidate.head.lemma):
        return doer.role in _BODIES and not _is_a_group(party)  # "a bill under which the police would …"
    if doer.role == "pronoun" and doer.actor is None:
        return candidate.frame != "none"
    if _is_own_body(scene, party, actor, doer):
        return True
    return _is_done_with(scene, party, actor, doer)


def _is_the_teller(scene: Scene, actor: "Token") -> bool:
    """Tell whether the doer is who tells it: the subject of the frame, or "he" in "the mayor's letter that he …"."""
    candidate = scene.candidate
    if actor == candidate.sender:
        return candidate.frame not in {"none", "own"}
    if candidate.head.pos_ == "NOUN":
        return actor.pos_ == "PRON" and candidate.frame == "say"
    return candidate.sender is not None and _stands_for(actor, candidate.sender, candidate.head)


def _stands_for(pronoun: "Token", teller: "Token", verb: "Token") -> bool:
    """Tell whether a pronoun means who tells it, where nobody is told: "the bishops warned that they would leave"."""
    if verb.pos_ != "VERB" or any(c.dep_ in {"dobj", "dative"} for c in verb.children):
        return False
    between = pronoun.doc[verb.i + 1 : pronoun.i]
    if any(t.dep_ in SUBJECTS and t.pos_ in {"NOUN", "PROPN"} for t in between):
        return False  # "said that the rebels had mined the road, and that they would attack"
    several = teller.tag_ in {"NNS", "NNPS"}
    return pronoun.i > verb.i > teller.i and pronoun.lower_ == ("they" if several else "it")


def _is_own_body(scene: Scene, party: Party, actor: "Token", doer: Party) -> bool:
    """Tell whether a body of no known side is the speaker's: a spokesman's "company", a state's "cabinet"."""
    if doer.role in {"collectives", "states"} and not doer.certain and _is_bare(actor, scene.lexicon):
        return True
    return not (doer.actor and doer.certain) and actor.lemma in _CABINET and _is_state(party)


# What a state's own papers call its government by.
_CABINET = {"government", "cabinet", "council"}


def _is_state(party: Party) -> bool:
    return party.actor is not None and (party.actor.type is ActorType.STATE or bool(party.actor.home))


def _is_done_with(scene: Scene, party: Party, actor: "Token", doer: Party) -> bool:
    """Tell whether what is said to act is what the sender acts with, or is his own: its army, a sanction, a base."""
    candidate, lexicon = scene.candidate, scene.lexicon
    passive = any(c.dep_ == "auxpass" for c in candidate.act.head.children) if candidate.act is not None else False
    is_tool = lexicon.holds("frames.instrument.nouns", actor.lemma)
    if is_tool and lexicon.holds("frames.bill.nouns", actor.lemma) and _is_a_group(party):
        return False  # "protesters say the bill would …": they do not make it
    if doer.actor is not None:
        if doer.role == "thing" and candidate.frame in {"own", "none"} and not is_tool and not passive:
            return noun_class(actor, lexicon) is not None  # "many of its industries would shut down" tells of no act
        # "The Oslo base would close": a firm's own, whatever country it stands in.
        is_its_tool = is_tool and (not doer.certain or (doer.role == "thing" and _is_firm(scene, party)))
        return scene.same_side(doer, party) or is_its_tool
    if candidate.condition is not None and noun_class(actor, lexicon) is not None:
        return True  # "the enrichment would go ahead should the council meet"
    refused = candidate.act is not None and candidate.act.refusal
    denied = refused and candidate.condition is not None  # "no fuel would leave the depots as long as …"
    return is_tool or denied or passive


def _is_a_group(party: Party) -> bool:
    return party.actor is not None and party.actor.type is ActorType.GROUP


# Who carries out what a law says.
_BODIES = frozenset({"heads", "officials", "collectives", "states"})


def _befalls(scene: Scene, party: Party, target: "Token", verb: "Token") -> bool:
    """Tell whether what a sentence's subject will have to bear comes from the sender: "they would lose fees"."""
    whom = scene.party(target)
    lifeless = whom.role == "thing" and whom.actor is None
    if lifeless and scene.lexicon.holds("frames.consequence.subjects_pay", verb.lemma):
        return is_passive(verb)  # "growth might suffer", not "a price will be paid"
    loses = scene.lexicon.holds("frames.consequence.subjects_lose", verb.lemma)
    if loses and whom.role == "pronoun" and whom.actor is not None and party.actor is not None:
        return scene.cast.home_of(whom.actor).name != scene.cast.home_of(party.actor).name
    return whom.role != "own"  # "we shall pay any price" is a vow, not a threat


def _is_bare(noun: "Token", lexicon: Lexicon) -> bool:
    """Tell whether a body stands as "the bloc", "the company": its spokesman's own, whomever the text named last."""
    alone = {c.dep_ for c in noun.children} <= {"det", "punct", "cc", "conj", "appos"}
    return alone and lexicon.holds("frames.bare.nouns", noun.lemma)


def _is_firm(scene: Scene, party: Party) -> bool:
    """Tell whether a party is, or speaks for, a company or other body that acts for no state."""
    actor = scene.cast.home_of(party.actor) if party.actor is not None else None
    return actor is not None and not actor.home and actor.type in {ActorType.COMPANY, ActorType.ORGANISATION}


def _warns_its_own(scene: Scene, party: Party) -> bool:
    """Tell whether a warning goes to the warner's own people or to those whom it is to protect."""
    if scene.candidate.target is None:
        return False
    whom = scene.party(scene.candidate.target)
    return whom.role == "victims" or (whom.actor is not None and scene.same_side(whom, party))


def _is_told_by_another(scene: Scene, party: Party) -> bool:
    """Tell whether a plan is only what another says of the planner ("Britain warned that Russia was about to …")."""
    candidate = scene.candidate
    if candidate.frame not in {"intend", "ready", "announce", "hint"} or candidate.head.pos_ == "NOUN":
        return False
    above = governor_of(candidate.head, scene.lexicon)
    if above is None or above.frame not in {"say", "warn", "announce"} or above.token.pos_ != "VERB":
        return False
    teller = subject_of(above.token)
    if teller is None:
        return False
    whose = scene.party(teller)
    if whose.role in {"newsroom", "thing"} or whose.actor is None:
        return False
    return not scene.same_side(whose, party) and not scene.speaks_for(whose, party)


def _depends_on_another(scene: Scene, party: Party) -> bool:
    """Tell whether an act hangs on what somebody else does: "it would send its ships back if the other drilled"."""
    candidate, condition = scene.candidate, scene.candidate.condition
    if candidate.frame in {"threaten", "ultimatum"}:
        return True
    if condition is None or candidate.frame not in {"say", "announce", "vow", "warn", "own", "none", "hint"}:
        return False
    doc = candidate.head.doc
    if condition.compels and doc[condition.start].lower_ == "unless":
        return True
    subject = next((t for t in doc[condition.start : condition.end] if t.dep_ in {"nsubj", "nsubjpass"}), None)
    if candidate.frame == "warn" and candidate.actor is not None and candidate.actor.pos_ == "PRON":
        return True  # "warned that they would move out if the vote went ahead"
    if subject is None:
        return condition.compels  # "if there was no agreement by June"
    if is_own_word(subject):
        return False
    whose = scene.party(subject)
    if whose.role == "yours":
        return True
    if whose.actor is not None and whose.role != "thing":
        return not scene.same_side(whose, party)
    return condition.compels or _is_somebodys_doing(subject, scene.lexicon)


def _is_somebodys_doing(subject: "Token", lexicon: Lexicon) -> bool:
    """Tell whether what a condition speaks of is done by somebody: "if the strike goes on", "if the bill is passed"."""
    lemma = subject.lemma
    if any(c.dep_ == "auxpass" for c in subject.head.children):
        return True
    if subject.pos_ != "NOUN":
        return False
    return (
        lexicon.holds("frames.breach.deed", lemma)
        or lemma in lexicon.act_nouns
        or lexicon.holds("frames.bill.nouns", lemma)
    )


def continues_speech(scene: Scene, party: Party) -> bool:
    """Tell whether a sentence goes on with what the one before it reports: "…, the army said. It will …"."""
    if scene.candidate.actor is None:
        return False
    speaker = _speaker_before(scene)
    return speaker is not None and scene.same_side(party, speaker)


# --- the actor ----------------------------------------------------------------------------------------------------


def acting_party(scene: Scene, party: Party) -> Party:
    """Return whose threat it is where a speaker of no known country tells what somebody will do: the doer's."""
    doer = _doer(scene)
    if doer is not None and doer.actor is not None and scene.speaks_for(party, doer):
        return replace(doer, actor=scene.cast.home_of(doer.actor), role="name", speaker=party.speaker)
    return party


def sender_of(scene: Scene, party: Party, target: Actor | None) -> tuple[Actor | None, str]:
    """Return the sender and who spoke for it: the state of its officials, unless the quarrel is within that state."""
    cast, actor = scene.cast, party.actor
    voice = scene.statements.voice
    speaker = voice.speaker if party is voice.party else party.speaker
    if actor is None:
        return _unnamed(scene, party, target, speaker), speaker
    home = cast.home_of(actor)
    if home.name == actor.name:
        return actor, "" if party.role == "name" and speaker in {actor.surface, actor.name} else speaker
    if target is not None and target.home == actor.home and target.type is not ActorType.GROUP:
        return actor, "" if party.role == "name" else speaker
    if actor.type is ActorType.GROUP:
        return actor, ""
    return replace(home, surface=actor.surface), speaker or actor.name


def _doer(scene: Scene) -> Party | None:
    candidate = scene.candidate
    if candidate.actor is None or candidate.act is None or candidate.act.borne:
        return None
    return scene.party(candidate.actor)


def _unnamed(scene: Scene, party: Party, target: Actor | None, speaker: str) -> Actor | None:
    """Return whom an official without a country speaks for: the other state of the sentence, else of the text before.

    One whom nothing places is named by his office; a pronoun that nothing explains names nobody.
    """
    if party.role in {"pronoun", "own"}:
        return None
    cast, (start, end) = scene.cast, scene.bounds()
    for low in (start, scene.passage.start, max(0, scene.passage.start - 2000)):
        others = [actor for actor in cast.others_than(target, low, end) if actor.type is not ActorType.PERSON]
        if others:
            return others[-1] if low == start else max(others, key=lambda actor: cast.counts[actor.name])
    return Actor(speaker, ActorType.PERSON, speaker) if speaker else None
