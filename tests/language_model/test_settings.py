"""Names and versions of models, and the settings that they are asked with."""

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from briefing_lib.errors import UnknownParameter
from briefing_lib.extraction import extractor_named
from briefing_lib.extraction.language_model import LanguageModel
from briefing_lib.extraction.language_model.asking import SECONDS_ALLOWED
from language_model.conftest import Endpoint, use_settings
from language_model.sample_answers import STRAIT, TEXT, a_text, read_by


def test_the_version_is_of_the_model_and_of_the_rules(endpoint: Endpoint, tmp_path: Path) -> None:
    """An alias is the model itself; another place, model or word list is another version."""
    own = tmp_path / "words.toml"
    own.write_text("[add.frames.warn]\nverbs = ['alert']", encoding="utf-8")
    names = ["rules", "llm:here", "llm:plain", "llm:gone"]
    versions = {extractor_named(name).version for name in names} | {extractor_named("llm:here", words=own).version}
    assert len(versions) == 5
    assert extractor_named("llm:plain").version == extractor_named("llm:simple").version


def test_it_goes_to_another_process(endpoint: Endpoint) -> None:
    """What is unpickled asks the same model."""
    endpoint.answers(threats=[STRAIT])
    extractor = extractor_named("llm:here")
    there: LanguageModel = pickle.loads(pickle.dumps(extractor))
    assert (there.name, there.version) == ("llm:here", extractor.version)
    assert there.extract(a_text()).threats == extractor.extract(a_text()).threats


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("llm:", "llm knows no model ''"),
        ("llm:heer", r"did you mean here\? `llm models` lists"),
        ("llm", "give rules, or llm: and the name"),
        ("gpt", "give rules, or llm: and the name"),
    ],
)
def test_a_model_that_is_none_is_an_error(endpoint: Endpoint, name: str, said: str) -> None:
    """Before anything is read or sent."""
    with pytest.raises(UnknownParameter, match=said):
        extractor_named(name)
    assert not endpoint.requests


def test_a_model_without_its_key_is_an_error(endpoint: Endpoint) -> None:
    """Not a failure of the model: the message says what to set."""
    with pytest.raises(UnknownParameter, match="llm keys set nobody-has-this-key"):
        read_by("keyed")
    assert not endpoint.requests


def test_settings_that_cannot_be_read_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's own settings of ``llm`` are named, not quoted."""
    use_settings(tmp_path, monkeypatch, "- {model_id: only}")
    with pytest.raises(UnknownParameter, match=r"the settings or a plug-in of llm cannot be used \(KeyError\)"):
        extractor_named("llm:only")


@pytest.mark.parametrize("told", ["soon", "0", "-1", "nan", "inf"])
def test_a_time_that_is_none_is_an_error(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    """The variable is named."""
    monkeypatch.setenv(SECONDS_ALLOWED, told)
    with pytest.raises(UnknownParameter, match=f"{SECONDS_ALLOWED}='{told}' is no number of seconds"):
        extractor_named("llm:here")


def test_without_the_package_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an optional extra."""
    monkeypatch.setitem(sys.modules, "llm", None)
    with pytest.raises(UnknownParameter, match=r"pip install 'briefing-lib\[llm\]'"):
        extractor_named("llm:anything-at-all")


def test_nothing_of_it_is_imported_where_no_model_is_named(tmp_path: Path) -> None:
    """Rules ask nobody."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    code = (
        "import sys; from datetime import date; from briefing_lib.pipeline import follow_through; "
        f"assert follow_through({str(tmp_path)!r}, as_of=date(2021, 4, 1)).cases; "
        "print([name for name in sys.modules if name in ('llm', 'openai') or 'language_model' in name])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"
