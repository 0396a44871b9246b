"""A case in the making: the mentions of one threat, and what speaks of it."""

from dataclasses import dataclass, field

from briefing_lib.models import Actor, Outcome, Threat


@dataclass(slots=True)
class Strand:
    """A case in the making: mentions of one threat, and what speaks of it with the reason why.

    ``told_in`` are the places in which an outcome speaks of it, by document and offsets, those among them too that were
    left out since others tell more.
    """

    threats: list[Threat]
    outcomes: list[Outcome] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    told_in: set[tuple[str, int, int]] = field(default_factory=set)

    @property
    def sender(self) -> Actor:
        """Who threatens."""
        return self.threats[0].sender
