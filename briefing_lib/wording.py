"""Records in words: statuses, dates, counts and the parties of a case."""

from datetime import date

from briefing_lib.models import Case, DateRange, Precision, Status

STATUS_WORDS = {status: status.value.replace("_", " ") for status in Status}
NUMBER_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def in_words(value: DateRange | date | None, *, unknown: str = "date not known") -> str:
    """Return a date as prose: "24 June 2020", "June 2020", "3 May 2019 or earlier", "3 to 9 May 2019".

    Of an open start it does not say "by 3 May", which reads as a deadline.
    """
    if value is None:
        return unknown
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if value.end is None:
        return f"{in_words(value.start)} or later" if value.start else unknown
    if value.start is None:
        return f"{in_words(value.end)} or earlier"
    if value.start == value.end:
        return in_words(value.end)
    if value.precision is Precision.MONTH:
        return f"{value.end:%B %Y}"
    if value.precision is Precision.YEAR:
        return f"{value.end.year}"
    return _between(value.start, value.end)


def _between(start: date, end: date) -> str:
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {in_words(end)}"
    if start.year == end.year:
        return f"{start.day} {start:%B} to {in_words(end)}"
    return f"{in_words(start)} to {in_words(end)}"


def number(many: int) -> str:
    """Return a count as news style has it: in words under ten, in digits with thousands parted from there on."""
    return NUMBER_WORDS[many] if 0 <= many < len(NUMBER_WORDS) else f"{many:,}"


def count_of(many: int, noun: str, plural: str = "") -> str:
    """Return a count with its noun: "no threats", "one threat", "12 threats"."""
    return f"{'no' if many == 0 else number(many)} {noun if many == 1 else plural or noun + 's'}"


def per_cent(share: float) -> str:
    """Return a share from 0 to 1 in whole per cent."""
    return f"{100 * share:.0f}%"


def came_to(status: Status, many: int) -> str:
    """Return what came of so many threats, as the rest of a sentence: "was withdrawn", "are pending"."""
    verb, was = is_or_are(many), was_or_were(many)
    return {
        Status.CARRIED_OUT: f"{was} carried out",
        Status.PARTLY_CARRIED_OUT: f"{was} partly carried out",
        Status.REVERSED: f"{was} carried out and then reversed",
        Status.SUSPENDED: f"{verb} suspended",
        Status.WITHDRAWN: f"{was} withdrawn",
        Status.TARGET_COMPLIED: "lapsed because the target complied",
        Status.NOT_CARRIED_OUT: f"{was} not carried out",
        Status.PENDING: f"{verb} pending",
        Status.UNCLEAR: f"{verb} unclear",
    }[status]


def is_or_are(many: int) -> str:
    """Return the verb for so many."""
    return "is" if many == 1 else "are"


def was_or_were(many: int) -> str:
    """Return the verb for so many, in the past."""
    return "was" if many == 1 else "were"


def listed(parts: list[str] | tuple[str, ...], *, last: str = "and") -> str:
    """Return the parts as prose: "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def capital(text: str) -> str:
    """Return the text with its first letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


def deadline_of(case: Case) -> str:
    """Return the time by which the case should have come true, as its ISO day, its words, or an empty string."""
    if case.deadline is not None and case.deadline.end is not None:
        return case.deadline.end.isoformat()
    return case.deadline_words


def deadline_in_words(case: Case) -> str:
    """Return the same for a sentence: "by 3 May 2019", the document's words, or an empty string."""
    if case.deadline is not None and case.deadline.end is not None:
        return f"by {in_words(case.deadline.end)}"
    return case.deadline_words


def condition_of(case: Case) -> str:
    """Return what the threat hangs on, in the document's words: its condition, else its demand."""
    return case.condition or case.demand


def target_of(case: Case) -> str:
    """Return the target's name, or an empty string where the sources name nobody."""
    return case.target.name if case.target else ""


def between(senders: tuple[str, ...], targets: tuple[str, ...]) -> str:
    """Return whose threats are meant, to follow that word: " by Ruritania or Axphain against Graustark"."""
    by = f" by {listed(senders, last='or')}" if senders else ""
    return f"{by} against {listed(targets, last='or')}" if targets else by


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many characters, cut at a word with an ellipsis, never after a comma or the like."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    if not text[most - 1].isspace():
        head = head.rpartition(" ")[0] or head
    return f"{head.rstrip(' ,;:–—-“‘(')}…"
