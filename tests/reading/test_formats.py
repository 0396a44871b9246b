"""Each format gives its text and its own metadata; what cannot be read safely is skipped with a reason."""

import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest

from briefing_lib.models import Document, Skipped
from briefing_lib.reading import Limits, iter_sources, paragraphs

PROSE = "The minister said that the strait is closed, and that ships of the republic wait for the order to leave it."


def read(tmp_path, name: str, data: bytes | str, **options) -> Document | Skipped:
    (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return next(iter(iter_sources(tmp_path / name, **options)))


def a_page(body: str = f"<article><p>{PROSE}</p><p>Graustark vowed to answer.</p></article>", head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body><nav>Home | News</nav>{body}</body></html>"


def test_html_gives_its_main_text_and_meta_tags(tmp_path):
    head = (
        "<title>Strait closed - The Courier</title><meta name='author' content='Jane Doe'>"
        "<meta property='og:title' content='Strait closed'><meta property='og:site_name' content='The Courier'>"
        "<meta property='article:published_time' content='2021-03-05T10:00:00Z'>"
    )
    page = read(tmp_path, "page.html", a_page(head=head))
    assert isinstance(page, Document)
    assert page.text == f"{PROSE}\n\nGraustark vowed to answer."
    assert (page.title, page.author, page.publisher) == ("Strait closed", "Jane Doe", "The Courier")
    assert page.published is not None
    assert page.published.start == date(2021, 3, 5)


def test_html_is_data(tmp_path):
    """Script and handlers give no text; what is escaped stays as the text that it is."""
    body = f"<script>alert('run')</script><p onclick='run()'>{PROSE} &lt;script&gt; {{{{ x }}}}</p>"
    page = read(tmp_path, "page.htm", a_page(body))
    assert isinstance(page, Document)
    assert "alert" not in page.text
    assert page.text.endswith("<script> {{ x }}")


@pytest.mark.parametrize("name", ["fragment.html", "legacy.html"])
def test_html_without_a_frame_or_in_another_encoding(tmp_path, name):
    if name == "fragment.html":
        data: bytes = f"<p>{PROSE}</p><p>“Closed.”</p>".encode()
    else:
        data = a_page(f"<p>{PROSE}</p><p>“Closed.”</p>", "<meta charset='windows-1252'>").encode("cp1252")
    page = read(tmp_path, name, data)
    assert isinstance(page, Document)
    assert page.text == f"{PROSE}\n\n“Closed.”"


def test_html_without_text_is_skipped(tmp_path):
    skipped = read(tmp_path, "page.html", "<html><body><script>load()</script></body></html>")
    assert isinstance(skipped, Skipped)
    assert "no text in this page" in skipped.reason


def test_markdown_front_matter_is_no_part_of_the_text(tmp_path):
    given = f"---\ntitle: Strait closed\ndate: 2021-03-05\nsource: The Courier\n---\n\n{PROSE}\n\n---\n\nMore.\n"
    note = read(tmp_path, "a.md", given)
    assert isinstance(note, Document)
    assert note.text == f"\n{PROSE}\n\n---\n\nMore.\n"
    assert (note.title, note.publisher) == ("Strait closed", "The Courier")
    assert note.published is not None


def test_markdown_takes_its_title_from_its_heading(tmp_path):
    note = read(tmp_path, "a.md", f"# Strait closed\n\n{PROSE}")
    assert isinstance(note, Document)
    assert note.title == "Strait closed"


@pytest.mark.parametrize(
    "front",
    [
        "a: " + "[" * 15_000,
        "title: !!python/object/apply:os.system ['exit 1']",
        "title: [unclosed",
        "- a\n- list",
        "title: *missing",
        "date: 2021-13-45",
    ],
)
def test_bad_front_matter_skips_the_file(tmp_path, front):
    """Deep nesting, which overflows the stack of the C parser, tags that build objects, and plain mistakes."""
    skipped = read(tmp_path, "a.md", f"---\n{front}\n---\n{PROSE}")
    assert isinstance(skipped, Skipped)
    assert "front matter" in skipped.reason


def test_a_rule_is_no_front_matter(tmp_path):
    note = read(tmp_path, "a.md", f"---\n\n{PROSE}\n")
    assert isinstance(note, Document)
    assert note.text.startswith("---")


def a_word_file(**properties: object) -> bytes:
    import docx

    word = docx.Document()
    word.add_heading("Strait closed", 0)
    word.add_paragraph(PROSE)
    table = word.add_table(1, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Graustark vowed to answer."
    word.add_paragraph("The end.")
    for name, value in properties.items():
        setattr(word.core_properties, name, value)
    word.save(out := BytesIO())
    return out.getvalue()


def repacked(data: bytes, old: bytes, new: bytes) -> bytes:
    """The same Word file with something else in its main part."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            content = before.read(part)
            after.writestr(part.filename, content.replace(old, new, 1) if "document.xml" in part.filename else content)
    return out.getvalue()


def test_word_gives_paragraphs_and_tables_in_order(tmp_path):
    word = read(tmp_path, "a.docx", a_word_file(title="Strait closed", author="Jane Doe"))
    assert isinstance(word, Document)
    assert word.text == f"Strait closed\n\n{PROSE}\n\nGraustark vowed to answer.\n\nThe end."
    assert (word.title, word.author) == ("Strait closed", "Jane Doe")
    assert [p.kind.value for p in paragraphs(word)][:2] == ["title", "paragraph"]


@pytest.mark.parametrize(
    ("name", "created", "published"),
    [
        ("a.docx", datetime(2021, 3, 5, 9), date(2021, 3, 5)),
        ("2020-01-02-a.docx", datetime(2021, 3, 5, 9), date(2020, 1, 2)),
        ("a.docx", datetime(2013, 12, 23, 23, 15), None),  # the stamp of a template, not of the document
    ],
)
def test_when_a_file_was_made_is_the_last_resort_for_its_date(tmp_path, name, created, published):
    word = read(tmp_path, name, a_word_file(created=created))
    assert isinstance(word, Document)
    assert (word.published and word.published.start) == published


BOMB = b"<w:body>" + b"<w:p/>" * 500_000


@pytest.mark.parametrize(
    ("old", "new", "limits", "reason"),
    [
        (b"?>", b"?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>", Limits(), "XML entities"),
        (b"<w:body>", BOMB, Limits(max_expanded_bytes=1_000_000), "max_expanded_bytes"),
        (b"<w:body>", BOMB, Limits(max_expansion=50), "max_expansion"),
        (b"<w:body>", b"<w:body", Limits(), "damaged"),
        (b"<w:body>", b"<w:body>" + b"<w:tbl><w:tr><w:tc>" * 300, Limits(), "damaged"),
    ],
)
def test_a_hostile_word_file_is_skipped(tmp_path, old, new, limits, reason):
    skipped = read(tmp_path, "a.docx", repacked(a_word_file(), old, new), limits=limits)
    assert isinstance(skipped, Skipped)
    assert reason in skipped.reason


@pytest.mark.parametrize(
    ("data", "reason"), [(b"PK\x03\x04 no", "not a .docx"), (b"\xd0\xcf\x11\xe0 old", "old .doc format")]
)
def test_what_is_no_word_file_is_skipped(tmp_path, data, reason):
    skipped = read(tmp_path, "a.docx", data)
    assert isinstance(skipped, Skipped)
    assert reason in skipped.reason


def a_pdf(*pages: str, **encryption: object) -> bytes:
    """A PDF of one line a page, and the information that a typesetter writes."""
    import pikepdf

    pdf = pikepdf.new()
    helvetica = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = pdf.make_indirect(pikepdf.Dictionary({key: pikepdf.Name(name) for key, name in helvetica.items()}))
    for text in pages:
        page = pdf.add_blank_page(page_size=(1000, 400))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream(f"BT /F1 12 Tf 50 300 Td ({text}) Tj ET".encode())
    pdf.docinfo["/Title"] = "Strait closed"
    pdf.docinfo["/CreationDate"] = "D:20210305090000Z"
    pdf.save(out := BytesIO(), **encryption)
    return out.getvalue()


def test_pdf_gives_the_text_of_its_pages_and_its_information(tmp_path):
    document = read(tmp_path, "a.pdf", a_pdf(PROSE, "Graustark vowed to answer."))
    assert isinstance(document, Document)
    assert document.text == f"{PROSE}\n\nGraustark vowed to answer."
    assert document.title == "Strait closed"
    assert document.published is not None
    assert document.published.start == date(2021, 3, 5)
    assert any("was made" in note for note in document.notes)


def test_a_sentence_that_runs_on_to_the_next_page_stays_whole(tmp_path):
    document = read(tmp_path, "a.pdf", a_pdf("The strait is closed to", "all ships of the crown."))
    assert isinstance(document, Document)
    assert document.text == "The strait is closed to\nall ships of the crown."


@pytest.mark.parametrize(
    ("data", "limits", "reason"),
    [
        (b"%PDF-1.7 nothing", Limits(), "damaged"),
        (b"not a pdf", Limits(), "damaged"),
        (a_pdf(""), Limits(), "no text in this PDF"),
        (a_pdf(*"abc"), Limits(max_pages=2), "max_pages"),
        (a_pdf(PROSE), Limits(max_characters=20), "max_characters"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_skipped(tmp_path, data, limits, reason):
    skipped = read(tmp_path, "a.pdf", data, limits=limits)
    assert isinstance(skipped, Skipped)
    assert reason in skipped.reason


@pytest.mark.parametrize("revision", [4, 6])
def test_an_encrypted_pdf_is_skipped(tmp_path, revision):
    import pikepdf

    shut = pikepdf.Encryption(owner="o", user="u", R=revision)
    skipped = read(tmp_path, "a.pdf", a_pdf(PROSE, encryption=shut))
    assert isinstance(skipped, Skipped)
    assert "encrypted" in skipped.reason


def test_a_page_tree_without_end_is_skipped(tmp_path):
    """Ten kids that are one node, ten levels deep: ten thousand million pages in a kilobyte."""
    nodes = [b"<</Type/Pages/Count 9/Kids[" + b"%d 0 R " % (number + 1) * 10 + b"]>>" for number in range(2, 14)]
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<</Type/Page/MediaBox[0 0 9 9]>>"]
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % pair for pair in enumerate(objects, 1))
    data = b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R/Size 15>>\nstartxref\n0\n%%EOF"
    assert isinstance(read(tmp_path, "a.pdf", data), Skipped)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "mac_roman"])
def test_encodings_are_told_apart(tmp_path, encoding):
    text = f"“It’s closed” – so {PROSE}"
    document = read(tmp_path, "a.txt", text.encode(encoding))
    assert isinstance(document, Document)
    assert document.text == text


def test_a_stray_byte_does_not_change_the_encoding_of_the_rest(tmp_path):
    document = read(tmp_path, "a.txt", f"“It’s closed”: {PROSE}".encode() + b"\x93")
    assert isinstance(document, Document)
    assert document.text == f"“It’s closed”: {PROSE}\ufffd"
    assert any("not UTF-8" in note for note in document.notes)
