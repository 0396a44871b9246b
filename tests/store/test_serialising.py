"""What is kept comes back as it was, or is refused."""

import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from factories import a_document
from reports import snippets

from briefing_lib.extraction import Rules
from briefing_lib.store import Kept, Store
from briefing_lib.store.as_read import found_from_bytes, found_to_bytes
from briefing_lib.store.serialising import Unusable, from_bytes, key_of, to_bytes
from store import extracted, found_of_all_sorts


def test_an_extraction_comes_back_as_it_was() -> None:
    """Every field of every record, and which threat an outcome points at, over snippets of all sorts."""
    rules = Rules()
    pointing = 0
    for row in snippets("outcomes")[:60]:
        made = rules.extract(a_document(row["text"]))
        back = from_bytes(to_bytes(made), made.document)
        assert back == made
        for one, other in zip(made.outcomes, back.outcomes, strict=True):
            pointing += one.refers_to is not None
            assert (other.refers_to is None) or any(other.refers_to is threat for threat in back.threats)
            assert one.refers_to == other.refers_to
    assert pointing > 10


@pytest.mark.parametrize("field", ["id", "text", "published", "publisher", "title", "boilerplate", "sha256"])
def test_whatever_an_extractor_can_see_of_a_document_is_in_its_key(field: str) -> None:
    document = a_document()
    others = {"published": None, "boilerplate": (extracted().threats[0].passage,)}
    changed = replace(document, **{field: others.get(field, "another")})
    assert key_of(changed, "v") != key_of(document, "v")
    assert key_of(document, "w") != key_of(document, "v")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: b"[1, 2]",
        lambda data: data.replace(b'"passage":[0,', b'"passage":[-1,'),
        lambda data: data.replace(b'"kind":"compellent"', b'"kind":"another"'),
        lambda data: data.replace(b'"names":[', b'"names":[7,'),
        lambda data: b"[" * 100_000,
        lambda data: b"cposix\nsystem\n(S'exit 1'\ntR.",
    ],
)
def test_an_entry_of_another_form_is_refused(spoil) -> None:
    made = extracted()
    spoilt = spoil(to_bytes(made))
    assert spoilt != to_bytes(made)
    with pytest.raises(Unusable):
        from_bytes(spoilt, made.document)


def test_what_was_read_comes_back_as_it_was() -> None:
    found = found_of_all_sorts()
    assert found_from_bytes(found_to_bytes(found)) == found


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: b"no bytes of ours",
        lambda data: zlib.compress(b"7"),
        lambda data: zlib.compress(b"[" * 100_000),
        lambda data: zlib.compress(zlib.decompress(data).replace(b'"The Courier"', b"7")),
        lambda data: zlib.compress(zlib.decompress(data).replace(b'"The Courier",', b"")),
        lambda data: zlib.compress(zlib.decompress(data).replace(b"[0,9,", b"[0,9000,")),
        lambda data: zlib.compress(zlib.decompress(data).replace(b'"month"', b'"moon"')),
        lambda data: zlib.compress(zlib.decompress(data).replace(b'"no text"', b"[]")),
        lambda data: zlib.compress(zlib.decompress(data).replace(b'#8",true', b'#8","no"')),
    ],
)
def test_what_was_read_in_another_form_is_refused(spoil) -> None:
    made = found_to_bytes(found_of_all_sorts())
    spoilt = spoil(made)
    assert spoilt != made
    with pytest.raises(Unusable):
        found_from_bytes(spoilt)


def test_what_does_not_last_is_not_kept(store: Path) -> None:
    made = replace(extracted(), lasting=False)
    with Store(store) as kept:
        kept.keep([Kept(made)], "v")
        assert kept.find([made.document], "v") == [None]
