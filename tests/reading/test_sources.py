"""A folder of files becomes documents with what is known of them, and reasons for what is left out."""

import hashlib
import json
from datetime import date

import pytest

from briefing_lib.errors import BadMetadata, SourcesNotFound
from briefing_lib.models import Document, Precision
from briefing_lib.reading import Limits, iter_sources, read_sources

PROSE = "The minister said that the strait is closed, and that ships of the republic wait for the order to leave it."


def write(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read_one(folder, files):
    [document] = read_sources(write(folder, files)).documents
    return document


def reasons(folder, files, **options):
    return {skipped.path: skipped.reason for skipped in read_sources(write(folder, files), **options).skipped}


def test_documents_come_in_order_of_publication_then_id(tmp_path):
    files = {"2021-03-05-b.txt": PROSE, "2021-03-05-a.txt": PROSE, "2020-01-01-z.txt": PROSE, "undated.txt": PROSE}
    reading = read_sources(write(tmp_path / "straits", files))
    assert [d.id for d in reading.documents] == ["2020-01-01-z", "2021-03-05-a", "2021-03-05-b", "undated"]
    assert reading.name == "straits"
    assert reading == read_sources(tmp_path / "straits")


def test_a_document_is_what_its_file_says(tmp_path):
    """Line endings become one kind and a byte order mark goes; curly quotes and everything else stay."""
    data = "\ufeff“Closed”,\r\nsaid the minister.\r\rIt’s so. \x07\u202e".encode()
    document = read_one(tmp_path, {"note.txt": data})
    assert document.text == "“Closed”,\nsaid the minister.\n\nIt’s so. \x07\u202e"
    assert document.sha256 == hashlib.sha256(data).hexdigest()


def test_one_file_is_a_collection_of_its_own(tmp_path):
    write(tmp_path, {"strait.txt": PROSE, "strait.toml": 'title = "Strait closed"', "other.txt": PROSE})
    reading = read_sources(tmp_path / "strait.txt")
    assert (reading.name, [d.title for d in reading.documents]) == ("strait", ["Strait closed"])


def test_subfolders_are_read_and_hidden_and_housekeeping_files_are_not(tmp_path):
    names = ("in/deep/a.txt", ".hidden.txt", ".git/x.txt", "README.md", "in/readme.txt")
    files = dict.fromkeys(names, PROSE) | dict.fromkeys(
        ("sources.toml", "actors.toml", "words.toml", "decisions.toml"), ""
    )
    reading = read_sources(write(tmp_path, files))
    assert [d.id for d in reading.documents] == ["in/deep/a"]
    assert reading.skipped == ()


@pytest.mark.parametrize(
    ("files", "title"),
    [
        ({"sources.toml": '["2021-03-05-name.md"]\ntitle = "By configuration"'}, "By configuration"),
        ({"2021-03-05-name.toml": 'title = "By sidecar"'}, "By sidecar"),
        ({}, "By front matter"),
    ],
)
def test_the_nearest_word_on_a_field_wins(tmp_path, files, title):
    """Configuration, then sidecar, then the file's own; fields that one leaves out come from the next."""
    own = f"---\ntitle: By front matter\nauthor: J. Doe\n---\n{PROSE}"
    sidecar = {"2021-03-05-name.toml": 'title = "By sidecar"'} if "sources.toml" in files else {}
    document = read_one(tmp_path, {"2021-03-05-name.md": own} | sidecar | files)
    assert (document.title, document.author) == (title, "J. Doe")
    assert document.published is not None
    assert document.published.start == date(2021, 3, 5)


def test_a_file_name_gives_the_day_and_the_title(tmp_path):
    document = read_one(tmp_path, {"2021-03-05-strait-closed.txt": PROSE})
    assert document.title == "Strait closed"
    assert document.published is not None
    assert document.published.start == date(2021, 3, 5)


@pytest.mark.parametrize(("given", "precision"), [("2021-03-05", "day"), ('"2021-03"', "month"), ('"2021"', "year")])
def test_toml_dates_and_strings_keep_their_precision(tmp_path, given, precision):
    document = read_one(tmp_path, {"a.txt": PROSE, "sources.toml": f'["a.txt"]\npublished = {given}'})
    assert document.published is not None
    assert document.published.precision == Precision(precision)


def test_all_fields_come_from_configuration(tmp_path):
    given = {"title": "T", "publisher": "P", "author": "A", "url": "U", "licence": "L", "grade": "B2", "kind": "note"}
    table = "\n".join(f'{name} = "{value}"' for name, value in given.items())
    document = read_one(tmp_path, {"a.txt": PROSE, "sources.toml": f'["a.txt"]\n{table}\nremarks = ["mine"]'})
    assert {name: getattr(document, name) for name in given} == given


def test_a_missing_date_is_noted(tmp_path):
    document = read_one(tmp_path, {"a.txt": PROSE})
    assert document.published is None
    assert any("no publication date" in note for note in document.notes)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('["a.txt"]\ntitle = ', "line 2"),
        ('\n\n["a.txt"]\npublished = "soon"', r"line 4.*published"),
        ('["a.txt"]\npublised = "2021"', r"line 2.*did you mean 'published'"),
        ('["a.txt"]\ngrade = "Z9"', r"line 2.*Admiralty"),
        ("title = 5", "line 1.*no table"),
        ('["a.txt"]\ntitle = 5', r"line 2.*text in quotes"),
        ("a = " + "[" * 5000, "no table of metadata"),
    ],
)
def test_bad_configuration_raises_with_its_line(tmp_path, toml, message):
    with pytest.raises(BadMetadata, match=message):
        read_sources(write(tmp_path, {"a.txt": PROSE, "sources.toml": toml}))


def test_a_bad_sidecar_skips_its_document_alone(tmp_path):
    files = {"a.txt": PROSE, "a.toml": "title = ", "b.txt": PROSE}
    assert "a.toml is not TOML" in reasons(tmp_path, files)["a.txt"]
    assert [d.id for d in read_sources(tmp_path).documents] == ["b"]


def test_metadata_of_no_document_is_reported(tmp_path):
    files = {"a.txt": PROSE, "aa.toml": 'title = "x"', "sources.toml": '["b.txt"]\ntitle = "x"'}
    told = reasons(tmp_path, files)
    assert "beside no document" in told["aa.toml"]
    assert "'b.txt'" in told["sources.toml"]


def test_an_unknown_format_is_skipped_with_what_is_read(tmp_path):
    told = reasons(tmp_path, {"a.exe": "x", "b": "x", "c.txt": PROSE})
    assert told["a.exe"].endswith(".txt, .md, .html, .htm, .pdf, .docx, .jsonl")
    assert "without a suffix" in told["b"]


def test_ids_are_unique(tmp_path):
    """Files that share a stem, or differ only in case, keep their suffix."""
    names = ("a.txt", "a.md", "A.html", "b.txt", "a.txt.md")
    reading = read_sources(write(tmp_path, dict.fromkeys(names, f"<p>{PROSE}</p>")))
    assert sorted(d.id for d in reading.documents) == ["A.html", "a.md", "a.txt", "a.txt.md", "b"]


def test_a_record_file_gives_a_document_a_line(tmp_path):
    lines = [
        json.dumps({"id": "one", "text": PROSE, "title": "T", "date": "2021-03-05", "source": "The Courier"}),
        "not json",
        json.dumps({"id": "one", "text": PROSE}),
        "",
        json.dumps({"id": "two", "title": "no text"}),
        json.dumps(["a list"]),
        "[" * 100_000,
        json.dumps({"id": 7, "text": "half \ud800 pair", "date": "soon"}),
    ]
    reading = read_sources(write(tmp_path, {"all.jsonl": "\n".join(lines)}))
    assert [d.id for d in reading.documents] == ["one", "7", "all.jsonl#3"]
    assert (reading.documents[0].publisher, reading.documents[0].path) == ("The Courier", "all.jsonl")
    assert reading.documents[1].text == "half \ufffd pair"
    assert any("'soon'" in note for note in reading.documents[1].notes)
    assert [s.path for s in reading.skipped] == [f"all.jsonl, line {n}" for n in (2, 5, 6, 7)]


def test_a_flood_of_bad_lines_is_summed_up(tmp_path):
    reading = read_sources(write(tmp_path, {"all.jsonl": "x\n" * 500}))
    assert len(reading.skipped) == 101
    assert "400 more lines" in reading.skipped[-1].reason


def test_reading_streams(tmp_path):
    write(tmp_path, {"a.txt": PROSE, "b.txt": PROSE})
    first = next(iter_sources(tmp_path))
    assert isinstance(first, Document)


@pytest.mark.parametrize("name", ["nowhere", "a\0b", "x" * 5000])
def test_no_such_collection(tmp_path, name):
    with pytest.raises(SourcesNotFound):
        read_sources(tmp_path / name)


def test_a_folder_without_documents(tmp_path):
    with pytest.raises(SourcesNotFound, match="no document") as raised:
        read_sources(write(tmp_path, {"README.md": PROSE}))
    assert f"in {str(tmp_path)!r};" in str(raised.value)


def test_metadata_loses_what_a_reader_cannot_see(tmp_path):
    document = read_one(tmp_path, {"a.txt": PROSE, "a.toml": 'title = "Strait\\u202e \\u001b[31mclosed\\u0000\\n now"'})
    assert document.title == "Strait [31mclosed now"


@pytest.mark.parametrize(
    ("name", "data", "limits", "reason"),
    [
        ("a.txt", b"x" * 101, Limits(max_bytes=100), "raise max_bytes"),
        ("a.txt", b"x" * 101, Limits(max_characters=100), "raise max_characters"),
        ("a.jsonl", b'{"text": "' + b"x" * 101 + b'"}', Limits(max_bytes=100), "raise max_bytes"),
        ("a.jsonl", b'{"text": "' + b"x" * 101 + b'"}', Limits(max_characters=100), "raise max_characters"),
        ("a.txt", b"", Limits(), "empty"),
        ("a.txt", b" \n\t\n", Limits(), "empty"),
        ("a.txt", b"PK\x03\x04\0\0", Limits(), "NUL"),
        ("a.md", b"---\ntitle: x\n---\n", Limits(), "empty"),
    ],
)
def test_a_file_over_a_limit_or_without_text_is_skipped(tmp_path, name, data, limits, reason):
    [told] = reasons(tmp_path, {name: data}, limits=limits).values()
    assert reason in told
