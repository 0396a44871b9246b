"""Items some at a time, by how much text they carry."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def batches_of(items: Iterable[Item], *, characters: int, len_of: Callable[[Item], int]) -> Iterator[list[Item]]:
    """Yield items in order, in lists that end where they hold at least so many characters."""
    batch: list[Item] = []
    length = 0
    for item in items:
        batch.append(item)
        length += len_of(item)
        if length >= characters:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch
