"""What a plain report tells, as a record: the forms of its verb, who did it, what it was done to."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_lib.extraction.grammar import agent_of, is_passive, lemma_forms, objects_of, prepositional, subject_of
from briefing_lib.extraction.lexicon import Lexicon
from briefing_lib.extraction.outcomes.clauses import Found, set_forms
from briefing_lib.extraction.outcomes.disputed import is_contested
from briefing_lib.extraction.outcomes.states import is_again, lasts
from briefing_lib.extraction.phrases import names_time
from briefing_lib.models import Deed

if TYPE_CHECKING:
    from briefing_lib.extraction.trees import Token


def deed_of(found: Found, lexicon: Lexicon) -> Deed | None:
    """Return what a found report tells; None for what is stated of a threat, and for the end of a quarrel."""
    deed = None if found.stated else _told_in(found, lexicon)
    contested = deed is not None and is_contested(found.head, lexicon)
    return replace(deed, contested=True) if deed is not None and contested else deed


def _told_in(found: Found, lexicon: Lexicon) -> Deed | None:
    verb = found.head
    goes_on, again = lasts(verb, lexicon), is_again(verb, lexicon)
    if found.state is not None:
        forms = (found.state.lower_, _lemma(found.state))
        goes_on = goes_on and _lemma(verb) != "stand"  # "the trains stood still"
        return Deed(forms, _lemma(found.about), is_state=True, lasts=goes_on, again=again)
    if found.deed is None and found.about is not None and found.act is not None:
        undergoers = tuple(_lemma(noun) for noun in prepositional(found.about, "of", "on", "against"))
        return Deed((_lemma(found.about),), _lemma(found.actor), undergoers, lasts=goes_on, again=again)
    if found.deed is None:
        return None
    deed = found.deed
    doer = agent_of(deed) if is_passive(deed) else subject_of(deed)
    if doer is not None and is_passive(deed) and _is_measure(doer, lexicon):
        doer = None  # "was cut by a third", "was paid by May"
    undergoers = tuple(dict.fromkeys(_lemma(noun) for noun in _undergoers(deed)))
    if not undergoers and doer is not None and doer.pos_ == "NOUN":
        # "Letters of dismissal went out", "the men of the garrison left": who or what it is, said by another noun.
        undergoers = tuple(_lemma(noun) for noun in prepositional(doer, "of"))
    let = next((c for c in deed.children if c.dep_ == "ccomp" and _lemma(deed) == "let"), None)
    if let is not None:  # "let the fishermen go"
        freed = subject_of(let)
        return Deed(
            (f"let {_lemma(let)}", "let"),
            _lemma(doer),
            (_lemma(freed),) if freed is not None else (),
            False,
            goes_on,
            again,
        )
    return Deed(_forms_of(deed), _lemma(doer), undergoers, lasts=goes_on, again=again)


def _is_measure(noun: "Token", lexicon: Lexicon) -> bool:
    return lexicon.holds("outcomes.told.quantities", _lemma(noun)) or names_time(noun)


def _forms_of(verb: "Token") -> tuple[str, ...]:
    """Return the forms of a verb, with a bare object too ("open fire"), and without when it was ("went in March")."""
    lemma = _lemma(verb)
    small = [c for c in verb.children if c.dep_ == "prep"]
    when = [c for c in small if any(names_time(noun) for noun in c.children if noun.dep_ == "pobj")]
    others = {c.lower_ for c in verb.children if c not in when}
    dated = {f"{lemma} {c.lower_}" for c in when if c.lower_ not in others}
    bare = [f"{lemma} {_lemma(c)}" for c in verb.children if c.dep_ == "dobj" and c.i == verb.i + 1]
    return (*bare, *set_forms(verb), *(form for form in lemma_forms(verb) if form not in dated))


def _undergoers(verb: "Token") -> Iterator["Token"]:
    """Yield what is acted on, and of "two of the camps" the camps."""
    for noun in objects_of(verb):
        yield noun
        yield from prepositional(noun, "of")


def _lemma(token: "Token | None") -> str:
    return "" if token is None else token.lemma
