"""Words that pass for others: Latin letters among letters of other alphabets that look the same."""

import re

# Cyrillic and Greek letters with a Latin double (Unicode Technical Standard 39, confusables.txt).
_DOUBLES = "аеорсухіјѕһԁԛԝАВЕЅІЈКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρ"
_PLACE = re.compile(f"[A-Za-z][{_DOUBLES}]|[{_DOUBLES}][A-Za-z]")
# Of a word that is no name, so many letters on each side are enough to find it by.
_REACH = 30


def first_lookalike(text: str) -> str:
    """Return the first word in which Latin letters and doubles of them meet, or an empty string.

    No rule takes such a word for the one that it looks like; this is for telling a reader, who would.

    Examples
    --------
    >>> first_lookalike("Ruritania and Rurit\u0430nia") == "Rurit\u0430nia"
    True
    """
    found = _PLACE.search(text)
    if found is None:
        return ""
    before, after = text[max(0, found.start() - _REACH) : found.start()], text[found.end() : found.end() + _REACH]
    start = next((place + 1 for place in range(len(before) - 1, -1, -1) if not before[place].isalpha()), 0)
    end = next((place for place, letter in enumerate(after) if not letter.isalpha()), len(after))
    return f"{before[start:]}{found[0]}{after[:end]}"
