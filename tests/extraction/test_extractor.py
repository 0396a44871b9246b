"""The seam between reading and assessment: one interface, a version that tells what may be kept, and names."""

import pickle
from pathlib import Path

import pytest
from factories import a_document

from briefing_lib.errors import UnknownParameter
from briefing_lib.extraction import Extractor, Rules, extractor_named
from briefing_lib.pipeline import extractor_for

OWN = '[[actor]]\nname = "Harbour Front"\ntype = "armed_group"\n'


def own_actors(folder: Path, text: str = OWN) -> Path:
    """Write a collection's own names."""
    path = folder / "actors.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_version_is_of_what_changes_the_result(tmp_path: Path) -> None:
    """Equal rules and names have one version wherever their file lies; other names have another."""
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    plain, named = Rules().version, Rules(own_actors(one)).version
    assert plain == Rules().version
    assert named == Rules(own_actors(other)).version
    assert len({plain, named, Rules(own_actors(one, OWN.replace("Front", "League"))).version}) == 3


def test_the_version_holds_the_code_of_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another digest of the code, as another release has, is another version."""
    before = Rules().version
    monkeypatch.setattr("briefing_lib.extraction.rules._code_digest", lambda: "another release")
    assert Rules().version != before


def test_an_extractor_goes_to_another_process_with_its_names(tmp_path: Path) -> None:
    """What is unpickled needs no file, has the same version and finds the same."""
    path = own_actors(tmp_path)
    rules: Extractor = Rules(path)
    sent = pickle.dumps(rules)
    path.unlink()
    there: Extractor = pickle.loads(sent)
    document = a_document("The Harbour Front threatened to blockade the port.")
    assert there.version == rules.version
    assert there.extract(document) == rules.extract(document)
    assert there.extract(document).threats[0].sender.name == "Harbour Front"


def test_a_collection_gives_its_extractor_its_names(tmp_path: Path) -> None:
    """The pipeline's extractor of a folder knows the folder's actors, where it has a file of them."""
    assert extractor_for(tmp_path, "rules").version == Rules().version
    assert extractor_for(tmp_path, "rules").version != Rules(own_actors(tmp_path)).version
    assert extractor_for(tmp_path, "rules").version == Rules(tmp_path / "actors.toml").version


@pytest.mark.parametrize("name", ["", "Rules", "rule", "../rules"])
def test_an_unknown_name_is_an_error_that_lists_the_known(name: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(UnknownParameter, match="give rules"):
        extractor_named(name)
