"""What one document says: who threatens whom of what, and what came of it, each with its words."""

from dataclasses import dataclass

from briefing_lib.models.documents import DateRange, Passage
from briefing_lib.models.terms import ActorType, Kind, Modality, Mode, Status


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who threatens or is threatened.

    ``name`` is canonical ("Ruritania"); ``surface`` is what the text says ("Strelsau"). ``home`` names the state
    that a person or body acts for ("United States" for its president), or is empty.
    """

    name: str
    type: ActorType = ActorType.GROUP
    surface: str = ""
    home: str = ""


@dataclass(frozen=True, slots=True)
class Threat:
    """One mention of a threat in one document.

    Attributes
    ----------
    sender, target
        Who threatens whom; ``target`` is None where the text names nobody.
    speaker
        The person or body that uttered it for the sender, or an empty string.
    act
        The threatened act, in the document's words.
    condition, demand
        The document's words, or empty strings.
    deadline_words, deadline
        The document's words for the time by which, and the dates they resolve to.
    issued
        When the threat was made, or None where it cannot be told.
    terms
        Content lemmas of the act, for linking.
    passage
        The sentence or clause that says so: the evidence.
    reasons
        Why the rules read it as a threat, in words.
    """

    sender: Actor
    act: str
    passage: Passage
    target: Actor | None = None
    speaker: str = ""
    kind: Kind = Kind.UNCONDITIONAL
    mode: Mode = Mode.UNSPECIFIED
    modality: Modality = Modality.ASSERTED
    condition: str = ""
    demand: str = ""
    deadline_words: str = ""
    deadline: DateRange | None = None
    issued: DateRange | None = None
    terms: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deed:
    """What a clause reports, by its grammar and as lemmas: what was done or is so, who did it, what it was done to.

    Attributes
    ----------
    forms
        The verb with what follows it and alone ("turn off", "turn"), the noun of an act, or the word for a state.
    doer
        The head of who did it, or an empty string where the clause names nobody.
    undergoers
        The heads of what it was done to.
    is_state
        Whether it tells how things are ("the road is open"), not what was done.
    lasts
        Whether it is told as going on unchanged ("still", "remains", "to this day").
    again
        Whether it is told as being so once more ("again", "back", "since").
    contested
        Whether one side says so and the next sentence has another side say otherwise.
    """

    forms: tuple[str, ...]
    doer: str = ""
    undergoers: tuple[str, ...] = ()
    is_state: bool = False
    lasts: bool = False
    again: bool = False
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """One mention of what came of a threat, or a plain report of an act that may be one.

    Attributes
    ----------
    status
        What the passage says of the threat; for a plain report of an act, ``carried_out``.
    stated
        True where the text speaks of a threat or plan and what became of it; False for a plain report of an act.
    actor, target
        Who did it, and to whom, as far as the text says.
    terms
        Content lemmas of the act, for linking.
    refers_to
        The threat that the text itself points at ("that threat", a relative clause), or None.
    on
        When it happened, or None.
    deed
        For a plain report, what it reports, else None.
    """

    status: Status
    passage: Passage
    stated: bool = True
    actor: Actor | None = None
    target: Actor | None = None
    terms: tuple[str, ...] = ()
    mode: Mode = Mode.UNSPECIFIED
    refers_to: Threat | None = None
    on: DateRange | None = None
    reasons: tuple[str, ...] = ()
    deed: Deed | None = None
