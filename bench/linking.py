"""How linking and assessment grow: cases made of threats and outcomes that no parser was needed for."""

import random
import sys
import time
from datetime import date, timedelta

from briefing_lib.assessment import assess
from briefing_lib.collecting import seldom
from briefing_lib.extraction import Extraction
from briefing_lib.models import Actor, ActorType, DateRange, Document, Outcome, Passage, Status, Threat

_ACTS = ("close", "seize", "bomb", "tax", "boycott", "expel", "arrest", "block", "annex", "shell", "sue", "fine")
_THINGS = 2_000


def extractions(many: int) -> list[Extraction]:
    """Make as many documents, each with a threat, every other one with a report; the senders grow with them."""
    chance = random.Random(1)
    actors = [Actor(f"State {number}", ActorType.STATE, f"State {number}") for number in range(max(20, many // 50))]
    found = []
    for number in range(many):
        sender, target = chance.sample(actors, 2)
        day = date(2020, 1, 1) + timedelta(days=chance.randrange(1_000))
        dates = DateRange(day, day)
        text = f"{sender.name} threatened to act against {target.name}. It has acted."
        document = Document(f"d{number}", f"d{number}.txt", text, "0" * 64, published=dates)
        terms = (chance.choice(_ACTS), f"thing{chance.randrange(_THINGS)}", f"place{chance.randrange(_THINGS)}")
        threat = Threat(sender, "act", Passage(document, 0, 40), target, terms=terms, issued=dates)
        outcome = Outcome(Status.CARRIED_OUT, Passage(document, 45, 58), False, sender, target, terms, on=dates)
        found.append(
            Extraction(document, (threat,), (outcome,) if number % 2 else (), names=(sender.name, target.name))
        )
    return found


if __name__ == "__main__":
    made = extractions(int(sys.argv[1]))
    started = time.perf_counter()
    with seldom():
        cases = assess(made, as_of=date(2023, 1, 1))
    sys.stdout.write(f"{len(cases)} {time.perf_counter() - started}\n")
