"""The shipped collection, by the command, as a user renders it."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
SOURCES = ROOT / "seeds" / "north-korea"

pytestmark = pytest.mark.xdist_group("end to end")


def rendered_into(folder: Path) -> Path:
    """Render by the command from a folder that is not the project's, and return where the files are."""
    command = [sys.executable, "-m", "briefing_lib.cli", "render", "--sources", str(SOURCES), "--as-of", "2020-06-24"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    place = folder / "outputs" / "north-korea" / "2020-06-24"
    for name in ("briefing.html", "briefing.pdf", "cases.csv"):
        assert str(Path("outputs", "north-korea", "2020-06-24", name)) in done.stdout
        assert (place / name).stat().st_size > 0
    return place


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped collection's briefing."""
    return rendered_into(tmp_path_factory.mktemp("end"))


@pytest.fixture(scope="module")
def table(outputs: Path) -> Any:
    return json.loads((outputs / "cases.json").read_text("utf-8"))


def test_there_are_cases_and_each_is_on_the_page(outputs: Path, table: Any) -> None:
    page = (outputs / "briefing.html").read_text("utf-8")
    assert table["cases"]
    for case in table["cases"]:
        assert case["id"] in page


def test_nothing_published_later_is_used(table: Any) -> None:
    assert max(one["published"] for one in table["documents"]) <= "2020-06-24"


def test_every_quote_is_what_its_document_says(outputs: Path, table: Any) -> None:
    from briefing_lib.reading import read_sources

    texts = {document.id: document.text for document in read_sources(SOURCES).documents}
    quotes = [quote for case in table["cases"] for quote in (*case["threats"], *case["outcomes"])]
    assert quotes
    for quote in quotes:
        assert texts[quote["document"]][quote["start"] : quote["end"]] == quote["quote"]


def test_a_second_run_gives_the_same_bytes(outputs: Path, tmp_path: Path) -> None:
    again = rendered_into(tmp_path)
    for name in ("briefing.html", "briefing.pdf", "cases.csv", "cases.json"):
        assert (again / name).read_bytes() == (outputs / name).read_bytes(), name


def test_the_page_is_one_file_that_fetches_nothing(outputs: Path) -> None:
    page = (outputs / "briefing.html").read_text("utf-8")
    assert "default-src 'none'" in page
    assert not re.search(r"""<(?:script|img|iframe|source|video)[^>]+src=["'](?!data:)""", page)
    assert "<link" not in page
    assert "@import" not in page
    assert not re.search(r"url\((?!['\"]?(?:data:|#))", page)


def test_no_code_shows(outputs: Path) -> None:
    assert "follow_through(sources" not in (outputs / "briefing.html").read_text("utf-8")


def test_each_source_file_is_in_the_record_with_its_hash(outputs: Path, table: Any) -> None:
    record = json.loads((outputs / "run.json").read_text("utf-8"))
    assert set(record["sources"]) == {path.name for path in SOURCES.iterdir() if path.is_file()}
    for document in table["documents"]:
        assert record["sources"][document["path"]] == document["sha256"]
