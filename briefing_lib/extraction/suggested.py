"""Acts put in the air: asked about, talked of, asked of one's own parliament or army, told to be prepared for."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefing_lib.extraction.acts import Act
from briefing_lib.extraction.candidates import ENOUGH, Candidate
from briefing_lib.extraction.framing import governor_of, is_at_distance
from briefing_lib.extraction.grammar import (
    ancestors_with,
    is_negated,
    is_passive,
    is_to_infinitive,
    prepositional,
    subject_of,
)
from briefing_lib.extraction.lexicon import STRONG, Lexicon
from briefing_lib.extraction.weighing import weigh

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Token

# Tokens from a verb of talking to what is talked of ("spoke in private of closing").
_NEAR = 6
TALKING = {"speak", "talk"}
RECOMMENDING = {"recommend", "propose", "urge"}
RULING = {"rule", "order", "direct", "decide"}
OPTIONS = {"option", "measure", "step", "response", "mean"}
ASKING = {"ask", "urge", "recommend", "call", "invite", "request", "instruct", "direct", "tell", "order"}


def what_if(word: "Token", lexicon: Lexicon, own_words: set[int]) -> Iterator[Candidate]:
    """Yield "what if we cut off the gas?", asked in the speaker's own words."""
    if word.lower_ != "what" or word.i + 1 >= len(word.doc) or word.nbor().lower_ != "if" or word.i not in own_words:
        return
    verb = next(
        (t for t in word.doc[word.i + 2 : word.sent.end] if t.pos_ == "VERB" and subject_of(t) is not None), None
    )
    act = weigh(verb, lexicon) if verb is not None else None
    if act is not None and verb is not None and act.cost and not act.neutral and not act.borne:
        yield Candidate(
            verb, "own", ENOUGH, act, subject_of(verb), None, subject_of(verb), reasons=("“what if”",), firm=False
        )


def talked_of(verb: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield "spoke of closing the base", "talked about sanctions on …"."""
    if verb.lemma not in TALKING or is_negated(verb) or is_at_distance(verb, lexicon):
        return
    for prep in verb.doc[verb.i + 1 : min(verb.i + _NEAR, verb.sent.end)]:
        if prep.lower_ not in {"of", "about"}:
            continue
        deed = next((t for t in verb.doc[prep.i + 1 : prep.i + 3] if t.tag_ == "VBG"), None)
        act = weigh(deed, lexicon) if deed is not None and deed.pos_ == "VERB" else None
        if act is not None and act.cost and not act.neutral and not act.borne:
            points = lexicon.points["hint"] + act.cost
            yield Candidate(verb, "hint", points, act, subject_of(verb), reasons=(f"“{verb.text} of” it",), firm=False)
        return


def asked_of_its_own(verb: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield "asked Congress to close the ports", "urged its members to stop work": what one has one's own body do."""
    told = verb.tag_ in {"VBD", "VBZ", "VBP"} or (verb.tag_ == "VBN" and not is_passive(verb))
    if verb.lemma not in ASKING or is_negated(verb) or not told:
        return
    for deed in verb.subtree:
        doer = next((c for c in deed.children if c.dep_ == "nsubj"), None)
        whom = doer if doer is not None else next((c for c in verb.children if c.dep_ in {"dobj", "dative"}), None)
        if deed.head != verb or deed.pos_ != "VERB" or not is_to_infinitive(deed) or whom is None:
            continue
        act = weigh(deed, lexicon)
        lemma = whom.lemma
        men = lexicon.holds("frames.own_body.men", lemma)
        costly = act.cost == STRONG or (men and act.cost and not act.neutral)
        if costly and not act.borne and (men or lexicon.holds("frames.own_body.nouns", lemma)):
            points = lexicon.points["announce"] + act.cost
            yield Candidate(
                verb, "announce", points, act, subject_of(verb), reasons=(f"{verb.text} {whom.text} to do it",)
            )
        return


def recommended(verb: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield "recommended that French ships be shut out of its ports"."""
    ruled = verb.lemma in RULING
    if not (ruled or verb.lemma in RECOMMENDING) or is_negated(verb):
        return
    for deed in verb.children:
        bare = any(c.dep_ == "auxpass" and c.lower_ == "be" for c in deed.children)
        if deed.dep_ != "ccomp" or not bare or any(c.dep_ == "aux" for c in deed.children):
            continue
        act = weigh(deed, lexicon)
        # What a court rules is done, but for what it makes depend on something.
        open_still = not ruled or any(t.lower_ in {"unless", "if"} and t.dep_ == "mark" for t in deed.subtree)
        if act.cost == STRONG and not act.borne and open_still:
            points = lexicon.points["announce"] + act.cost
            yield Candidate(verb, "announce", points, act, subject_of(verb), reasons=(f"{verb.text} that it be done",))


def among_options(noun: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield "was considering various options, including legal action", "every option, including going to court"."""
    if noun.lemma not in OPTIONS or is_at_distance(noun, lexicon):
        return
    verb = next((t for t in ancestors_with(noun) if t.pos_ == "VERB"), None)
    if verb is None or is_negated(verb) or not lexicon.holds("frames.weighing.verbs", verb.lemma):
        return
    after = noun.doc[noun.i + 1 : min(noun.i + 5, noun.sent.end)]
    including = next((t for t in after if t.lower_ == "including"), None)
    for named in including.subtree if including is not None else ():
        act = weigh(named, lexicon) if named.pos_ in {"NOUN", "VERB"} and named != including else None
        if act is not None and act.cost == STRONG and not act.borne:
            points = lexicon.points["hint"] + act.cost
            yield Candidate(verb, "hint", points, act, subject_of(verb), reasons=("one of the options",), firm=False)
            return


def had_better(word: "Token", lexicon: Lexicon, own_words: set[int]) -> Iterator[Candidate]:
    """Yield "Lima had better not try it", "they better watch out": what the other side is told for its own good."""
    deed = _told_for_its_own_good(word)
    if deed is None or is_at_distance(deed, lexicon):
        return
    whom = next((c for c in (*word.head.children, *deed.children) if c.dep_ == "nsubj"), None)
    governor = governor_of(deed, lexicon)
    told = governor is not None and governor.frame in {"say", "warn", "announce"} and not governor.denied
    if whom is None or not (told or deed.i in own_words):
        return
    act = Act(deed, STRONG, vague=True, borne=True, word=f"better … {deed.text}")
    sender = subject_of(governor.token) if told and governor is not None else None
    frame = "say" if told else "own"
    yield Candidate(deed, frame, ENOUGH, act, sender, whom, reasons=("“had better”",), firm=False)


def _told_for_its_own_good(word: "Token") -> "Token | None":
    """Return the verb of "had better not try", "better be careful", "better watch out"; advice is none."""
    if word.lower_ != BETTER or word.i == word.sent.start:
        return None
    first, *others = word.doc[word.i + 1 : min(word.i + 3, word.sent.end)] or (word,)
    if first.lower_ == "not":
        return next((t for t in others if t.tag_ == "VB"), None)
    careful = first.lower_ == "be" and any(t.lower_ in CAREFUL for t in others)
    return first if careful or (first.tag_ == "VB" and first.lemma in WATCHING) else None


BETTER = "better"
CAREFUL = {"careful", "afraid", "warned", "ready"}
WATCHING = {"watch", "beware", "stop", "mind", "behave"}


def had_better_expect(verb: "Token", lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield "had better prepare for an onslaught", "should get ready for the dismantling of the office"."""
    if not lexicon.holds("frames.brace.words", verb.lemma):
        return
    told = {t.lower_ for t in verb.doc[max(verb.sent.start, verb.i - 4) : verb.i]}
    if not {"had", "better"} <= told and not told & {"should", "must"}:
        return
    clause = verb if verb.pos_ == "VERB" else verb.head
    for noun in (*prepositional(verb, "for"), *(c for c in verb.children if c.dep_ == "dobj")):
        act = weigh(noun, lexicon)
        if act.cost and noun.pos_ == "NOUN":
            borne = Act(noun, STRONG, act.mode, act.military, act.vague, borne=True, word=noun.text)
            yield Candidate(
                clause, "say", ENOUGH, borne, None, subject_of(clause), reasons=(f"told to {verb.text} for it",)
            )
