"""Whatever goes in, each part keeps its promise: no error but its own, offsets that hold, nothing that runs."""

import ast
import csv
import io
import json
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from factories import a_case, a_document, a_follow_through
from hypothesis import strategies as st

from briefing_lib.errors import BadMetadata, UnknownParameter
from briefing_lib.models import Document
from briefing_lib.reading import find_dates, paragraphs, parse_published, resolve_date
from briefing_lib.reading.boilerplate import find_boilerplate
from briefing_lib.reading.extracted import shown as shown_path
from briefing_lib.reading.formats import extract as extract_text
from briefing_lib.reading.limits import Limits, Unreadable
from briefing_lib.reading.metadata import metadata_of_name, read_configuration, read_sidecar
from briefing_lib.reading.origins import File, OwnFile, origin_at
from briefing_lib.reading.records import blocks_of, read_records

from .running import WEIGHTS, holds
from .strategies import MARKUP_TEXT, NEWS_TEXT, TABLE_TEXT, files

pytestmark = pytest.mark.xdist_group("fuzz")
STEERING = {*map(chr, range(9)), *map(chr, range(11, 32)), *map(chr, range(0x7F, 0xA0)), "\u202e", "\u2066"}


@holds(data=st.data(), suffix=st.sampled_from([".txt", ".md", ".html", ".docx", ".pdf"]))
def test_any_bytes_are_read_or_refused(data: st.DataObject, suffix: str) -> None:
    try:
        read = extract_text(data.draw(files(suffix)), suffix, Limits())
    except Unreadable:
        return
    read.text.encode()
    assert "\r" not in read.text


@holds(content=TABLE_TEXT | st.binary(max_size=200))
def test_any_records_are_read_or_have_their_problem(content: str | bytes) -> None:
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    for first, lines in blocks_of(io.BytesIO(data), Limits()):
        for record in read_records(lines, first, Limits()):
            assert (record.extracted is None) == bool(record.problem)


@holds(content=TABLE_TEXT | st.binary(max_size=200))
def test_any_metadata_is_used_or_refused_with_its_place(tmp_path_factory: Any, content: str | bytes) -> None:
    folder = tmp_path_factory.getbasetemp()
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    (folder / "sources.toml").write_bytes(data)
    origin = origin_at(folder)
    sidecar = OwnFile(origin, File("sources.toml", key="sources.toml"))
    for read in (lambda: read_sidecar(sidecar), lambda: read_configuration(origin)):
        with suppress(BadMetadata):
            read()


@holds(value=st.text(max_size=40) | st.integers() | st.floats() | st.dates() | st.datetimes() | st.none())
def test_any_value_is_a_date_or_none(value: object) -> None:
    for found in (parse_published(value), metadata_of_name(str(value)).published):
        if found is not None and found.start is not None and found.end is not None:
            assert found.start <= found.end


@holds(text=NEWS_TEXT, published=st.none() | st.dates())
def test_dates_are_spans_in_order_and_resolve_to_days_in_order(text: str, published: date | None) -> None:
    end = 0
    for mention in find_dates(text):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.words in text[mention.start : mention.end]
        end = mention.end
        days = resolve_date(mention.words, published=published)
        if days is not None and days.start is not None and days.end is not None:
            assert days.start <= days.end


@holds(text=NEWS_TEXT, title=st.text(max_size=20), markdown=st.booleans())
def test_paragraphs_are_quotes_in_order_without_boilerplate(text: str, title: str, markdown: bool) -> None:
    marked = find_boilerplate(text, title=title, markdown=markdown)
    document = Document("d", "d.md" if markdown else "d.txt", text, "", title=title, boilerplate=marked)
    end = 0
    for passage in paragraphs(document):
        assert end <= passage.start < passage.end <= len(text)
        assert passage.quote() == text[passage.start : passage.end] == passage.quote().strip()
        assert not any(span.start < passage.end and passage.start < span.end for span in marked)
        end = passage.end


@holds(text=NEWS_TEXT, weight=0.1)
def test_what_is_found_is_quoted_from_the_document(text: str) -> None:
    from briefing_lib.extraction import Rules

    document = a_document(text)
    found = Rules().extract(document)
    for mention in (*found.threats, *found.outcomes):
        start, end = mention.passage.start, mention.passage.end
        assert 0 <= start < end <= len(text)
        assert mention.passage.quote() == text[start:end]


@holds(markup=MARKUP_TEXT)
def test_no_markup_gets_through_the_exporter(markup: str) -> None:
    from briefing_lib.publishing.disarming import disarm

    _require_harmless(disarm(f"<!DOCTYPE html><html><head><title>t</title></head><body>{markup}</body></html>"))


@holds(text=MARKUP_TEXT, weight=0.03)
def test_no_markdown_and_no_output_of_a_notebook_gets_through_the_exporter(text: str) -> None:
    """A notebook's own Markdown, and each kind of output that the page shows, without its policy."""
    import nbformat

    from briefing_lib.publishing.exporters import SHOWN_TYPES, BriefingHTMLExporter

    shown = [kind for kind in SHOWN_TYPES if not kind.startswith("image/") or kind == "image/svg+xml"]
    outputs = [nbformat.v4.new_output("display_data", data={kind: text}) for kind in shown]
    outputs.append(nbformat.v4.new_output("stream", text=text))
    outputs.append(nbformat.v4.new_output("error", ename=text, evalue=text, traceback=[text]))
    cell = nbformat.v4.new_code_cell("title", outputs=outputs)
    exporter = BriefingHTMLExporter()
    html, _ = exporter.from_notebook_node(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text), cell]))
    _require_harmless(html, script=exporter._script)


@holds(text=MARKUP_TEXT, name=st.sampled_from(["title", "href", "data_label"]))
def test_no_text_becomes_markup(text: str, name: str) -> None:
    from briefing_lib.presentation.markup import shown, tag

    page = _parsed(f"<!DOCTYPE html><body>{tag('p', text, **{name: text})}")
    [paragraph] = [one for one in page.iter() if _name(one) == "p"]
    assert list(paragraph) == []
    assert (paragraph.text or "") == shown(text).replace("\r\n", "\n").replace("\r", "\n")
    assert len(paragraph.attrib) == 1


def _parsed(html: str) -> Any:
    """A page as a browser reads it, by the algorithm of the HTML standard."""
    import tinyhtml5

    return tinyhtml5.parse(io.BytesIO(html.encode("utf-8", "replace")), transport_encoding="utf-8")


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _require_harmless(html: str, *, script: str = "") -> None:
    from briefing_lib.publishing.disarming import _FORBIDDEN

    for element in _parsed(html).iter():
        if not isinstance(element.tag, str):
            continue
        is_own = bool(script) and _name(element) == "script" and element.text == script and not element.attrib
        assert is_own or _name(element) not in _FORBIDDEN, html
        for key, value in element.attrib.items():
            low = str(key).rpartition("}")[2].lower()
            assert not low.startswith("on"), html
            if low in ("href", "src", "action"):
                plain = "".join(letter for letter in value if letter > " ").lower()
                assert not plain.startswith(("javascript:", "vbscript:", "data:text/html")), html


@holds(act=NEWS_TEXT | st.sampled_from("=+-@\t\r").flatmap(lambda first: st.text(max_size=9).map(first.__add__)))
def test_no_cell_of_the_table_is_a_formula(act: str) -> None:
    from briefing_lib.presentation import to_csv

    case = a_case(act=act, sender=act) if act.strip() else a_case()
    rows = list(csv.reader(io.StringIO(to_csv(a_follow_through(case)), newline="")))
    assert len(rows) == 2
    assert [cell for cell in rows[1] if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


@holds(text=st.text(max_size=80))
def test_nothing_steers_a_terminal(text: str) -> None:
    from briefing_lib.console import neutral, neutral_json

    assert not STEERING & set(neutral(text))
    assert not STEERING & set(neutral_json([text]))
    assert json.loads(neutral_json([text])) == [text]
    assert shown_path(text).isprintable() or not STEERING & set(shown_path(text))


@holds(
    value=st.recursive(st.text() | st.integers() | st.booleans(), lambda one: st.lists(one, max_size=3), max_leaves=6)
)
def test_a_parameter_is_a_literal_in_the_notebook_that_runs(value: Any) -> None:
    """Papermill writes values into a cell of code: that cell holds assignments of literals and nothing else."""
    from papermill.translators import PythonTranslator

    [assignment] = ast.parse(PythonTranslator.codify({"title": value}, "Parameters")).body
    assert isinstance(assignment, ast.Assign)
    assert ast.literal_eval(assignment.value) == value


@holds(text=TABLE_TEXT)
def test_a_written_parameter_is_taken_or_refused(text: str) -> None:
    from briefing_lib.publishing.parameters import Parameter, converted

    for default in ("", 1, 1.5, True, [], None):
        try:
            taken = converted([Parameter("p", default, "x")], [("p", text)], notebook="n")
        except UnknownParameter:
            continue
        assert default is None or isinstance(taken["p"], type(default) | int)


def test_the_weights_are_those_of_the_properties() -> None:
    assert sum(getattr(value, "weight", 0) for value in globals().values()) == pytest.approx(WEIGHTS)
