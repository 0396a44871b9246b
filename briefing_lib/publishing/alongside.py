"""What this process does while the notebook's kernel does its own: the tables, and what can be got ready."""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from threading import Thread

from briefing_lib.errors import NotebookFailed
from briefing_lib.models import FollowThrough

# Seconds that are waited for a better explanation of a failure.
_PATIENCE = 10


def alongside(work: Callable[[], FollowThrough], then: Callable[[], None]) -> tuple[Future[FollowThrough], Thread]:
    """Do work in this process while the notebook's kernel does its own, and what may be done ahead after it.

    By a thread that the process does not wait for as it ends: an interruption must not last as long as the work.
    """
    future: Future[FollowThrough] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised again where the result is asked for
            future.set_exception(error)
        else:
            # What goes wrong ahead goes wrong again where it is needed, and is told there.
            with suppress(Exception):
                then()

    thread = Thread(target=run, name="follow-through", daemon=True)
    thread.start()
    return future, thread


def problem_of(table: Future[FollowThrough]) -> BaseException | None:
    """Return what went wrong with the sources, or nothing where reading them still goes on, which may be for long."""
    try:
        return table.exception(timeout=_PATIENCE)
    except TimeoutError:
        return None


def result_of(table: Future[FollowThrough], seconds: int) -> FollowThrough:
    """Return the table when it is done.

    Raises
    ------
    NotebookFailed
        It takes longer than so many seconds.
    """
    try:
        return table.result(timeout=seconds)
    except TimeoutError as error:
        why = f"reading the sources for the tables took longer than {seconds} seconds; allow more with --timeout"
        raise NotebookFailed(why) from error
