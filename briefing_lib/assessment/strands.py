"""A case in the making: the mentions of one threat, and what speaks of it."""

from dataclasses import dataclass, field

from briefing_lib.models import Actor, Outcome, Threat


@dataclass(slots=True)
class Strand:
    """A case in the making: mentions of one threat, and what speaks of it with the reason why.

    ``told_in`` are the ids of the documents in which an outcome speaks of it, those among them that were left out since
    others tell more.
    """

    threats: list[Threat]
    outcomes: list[Outcome] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    told_in: set[str] = field(default_factory=set)

    @property
    def sender(self) -> Actor:
        """Who threatens."""
        return self.threats[0].sender
