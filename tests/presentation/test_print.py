"""The page on paper: tagged, with an outline, the marking on each page, heads repeated, links that lead somewhere."""

import io

import pytest
from sample_cases import a_collection

pikepdf = pytest.importorskip("pikepdf")
pypdf = pytest.importorskip("pypdf")

MARKING = "TLP:CLEAR"
HEAD = "What was threatened"


@pytest.fixture(scope="module")
def printed(pages):
    from briefing_lib.publishing.pdf import import_weasyprint, to_pdf

    if import_weasyprint() is None:
        pytest.skip("WeasyPrint's system library is not installed")
    return to_pdf(pages[8].read_text("utf-8")).content


@pytest.fixture(scope="module")
def texts(printed):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(printed)).pages]


def test_it_is_tagged_and_carries_title_language_and_day(printed):
    pdf = pikepdf.open(io.BytesIO(printed))
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "en"
    assert str(pdf.docinfo["/Title"]) == "Threats and follow-through, straits, 30 June 2021"
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20210630")


def test_its_outline_is_the_headings_in_a_readers_order(printed):
    with pikepdf.open(io.BytesIO(printed)).open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles[:3] == ["Key judgements", "What changed", "The threats and what came of each"]
    assert titles[-1] == "Method and limits"


def test_its_text_runs_in_a_readers_order(texts):
    head, _, body = " ".join(" ".join(texts).split()).partition("Method and limits")
    assert "Of the eight threats" in head
    said = (
        *("Key judgements", "What changed", "Evidence for no. 1:", "Evidence for no. 8:", "When threats were made"),
        *("How far the rate", "Other explanations", "Every parameter of this run"),
    )
    places = [body.index(words) for words in said]
    assert places == sorted(places)


def test_marking_title_and_number_stand_on_every_page(texts):
    for place, text in enumerate(texts, start=1):
        assert text.count(MARKING) >= 2
        assert "Threats and follow-through, straits, 30 June 2021" in text
        assert f"{place} / {len(texts)}" in text


def test_the_contents_on_the_first_page_name_the_pages(texts):
    lines = texts[0].splitlines()
    place = next(place for place, text in enumerate(texts[1:], start=2) if "Method and limits" in text)
    assert any(line.split() == ["Method", "and", "limits", str(place)] for line in lines)


def test_the_tables_head_is_repeated(texts):
    holding = [text for text in texts if "Evidence for no. " in text]
    assert len(holding) > 1
    assert all(HEAD in text for text in holding)


def test_no_case_is_parted_from_its_evidence(texts):
    for place, case in enumerate(a_collection(8).cases, start=1):
        (holding,) = [text for text in texts if f"Evidence for no. {place}:" in text]
        row, _, _ = " ".join(holding.split()).partition(f"Evidence for no. {place}:")
        assert case.act in row


def test_every_quote_is_printed_once_open(texts):
    whole = " ".join(" ".join(texts).split())
    assert whole.count("the straits stayed open to every flag") == 1


def test_links_lead_to_places_that_are_there(printed):
    reader = pypdf.PdfReader(io.BytesIO(printed))
    places = set(reader.named_destinations)
    wanted = set()
    for page in reader.pages:
        for note in page.get("/Annots", []):
            action = note.get_object()
            if "/Dest" in action:
                wanted.add(str(action["/Dest"]))
    assert wanted
    assert wanted <= places


def test_every_drawing_has_an_alternative_text_and_every_font_is_embedded(printed):
    pdf = pikepdf.open(io.BytesIO(printed))
    figures = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
    assert figures
    assert all(str(one.get("/Alt", "")) for one in figures)
    described = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontName" in one]
    assert described
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(one.keys()) for one in described)


def test_every_header_cell_says_what_it_heads(printed):
    pdf = pikepdf.open(io.BytesIO(printed))
    cells = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/TH"]
    assert cells
    assert {str(one.A.Scope) for one in cells} == {"/Column", "/Row"}
    assert all(str(one.A.Scope) == ("/Column" if one.P.P.S == "/THead" else "/Row") for one in cells)


def test_qpdf_finds_nothing_wrong(printed):
    pdf = pikepdf.open(io.BytesIO(printed))
    assert pdf.check_pdf_syntax() == []


def test_a_checker_of_tags_finds_nothing_wrong(printed, tmp_path):
    """The rules that it has, a part of PDF/UA-1; a rule that it could not run is no finding."""
    pdfua = pytest.importorskip("pdfua")
    (tmp_path / "a.pdf").write_bytes(printed)
    found = pdfua.validate(str(tmp_path / "a.pdf")).findings
    assert [one.message for one in found if one.severity.name in ("ERROR", "WARNING")] == []
