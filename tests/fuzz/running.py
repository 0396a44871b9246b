"""How many cases are tried: a small fixed set in the tests; with FUZZ_CASES, so many new ones in all."""

import os
from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

CASES = int(os.environ.get("FUZZ_CASES", "0"))
FEW = 60
# The properties share the cases by weight; the sum of the weights is told by a test.
WEIGHTS = 12.13
counted: Counter[str] = Counter()
_LENIENT = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def holds(*, weight: float = 1.0, **strategies: st.SearchStrategy[Any]) -> Callable[[Any], Any]:
    """Make a test of a property, tried on so many cases drawn from strategies by name, each counted."""
    wanted = int((CASES / WEIGHTS if CASES else FEW) * weight)

    def make(test: Callable[..., None]) -> Any:
        @wraps(test)
        def counting(*args: Any, **kwargs: Any) -> None:
            counted[test.__name__.removeprefix("test_")] += 1
            test(*args, **kwargs)

        own = settings(
            max_examples=max(wanted, 5),
            deadline=None,
            database=None,
            derandomize=not CASES,
            suppress_health_check=_LENIENT,
            phases=[Phase.explicit, Phase.generate, Phase.shrink],
        )
        counting.weight = weight  # type: ignore[attr-defined]
        tried = own(given(**strategies)(counting))
        tried.weight = weight
        return tried

    return make
