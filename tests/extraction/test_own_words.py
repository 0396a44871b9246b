"""A collection's own names and words: added, put in the place of ours, or refused with what may stand there."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from factories import a_document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing_lib import extraction
from briefing_lib.errors import BadLexicon, BadMetadata, BriefingError
from briefing_lib.extraction import Rules, Wanted, load_lexicon
from briefing_lib.extraction.framing import FRAMES
from briefing_lib.extraction.lexicon.own_words import FIXED, MOST_WORDS
from briefing_lib.models import FollowThrough, Mode, Status
from briefing_lib.pipeline import follow_through

DOCS = Path(__file__).parents[2] / "docs"
PACKAGE = Path(extraction.__file__).parents[1]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def example_of(page: str) -> tuple[dict[str, str], str]:
    """The documents and the file that a page of the documentation gives as its example."""
    blocks = FENCE.findall((DOCS / page).read_text("utf-8"))
    (told,) = [text for kind, text in blocks if kind == "text"]
    documents = dict(part.split("\n", 1) for part in told.strip().split("\n\n"))
    return documents, "\n".join(text for kind, text in blocks if kind == "toml")


def followed(folder: Path, documents: dict[str, str], **own: str) -> FollowThrough:
    """What is found in documents, with files of the collection's own."""
    folder.mkdir(exist_ok=True)
    for name, text in (documents | {f"{stem}.toml": text for stem, text in own.items()}).items():
        (folder / name).write_text(text, encoding="utf-8")
    found = follow_through(folder, as_of=date(2024, 6, 1))
    assert not found.skipped
    return found


def with_words(folder: Path, text: str) -> Rules:
    """The rules with words of one's own."""
    path = folder / "words.toml"
    path.write_text(text, encoding="utf-8")
    return Rules(words=path)


def modes_in(rules: Rules, text: str) -> list[Mode]:
    """The modes of the threats in a text."""
    return [threat.mode for threat in rules.extract(a_document(text, title="", publisher="")).threats]


# --- what the documentation says --------------------------------------------------------------------------------------


def test_the_documented_words_find_what_ours_do_not(tmp_path: Path) -> None:
    """The example of docs/word-lists.md does what the page says."""
    documents, words = example_of("word-lists.md")
    assert not followed(tmp_path / "ours", documents).cases
    (case,) = followed(tmp_path / "own", documents, words=words).cases
    assert (case.sender.name, case.mode, case.status) == ("Graustark", Mode.RESTRICT, Status.WITHDRAWN)
    assert "binned" in case.outcomes[0].passage.quote()


def test_the_documented_actors_are_one_under_three_names(tmp_path: Path) -> None:
    """The example of docs/actors.md does what the page says."""
    documents, actors = example_of("actors.md")
    (case,) = followed(tmp_path / "own", documents, actors=actors).cases
    assert case.target
    assert (case.sender.name, case.target.name) == ("Harbour Front", "Free City of Osterhaven")
    assert case.status is Status.CARRIED_OUT


def test_the_page_lists_every_list_that_may_be_changed() -> None:
    """No list is left out, and none is made up."""
    rows = re.findall(r"^\| `(\w+\.\w+)` \| ([^|]*) \|", (DOCS / "word-lists.md").read_text("utf-8"), re.MULTILINE)
    listed = {f"{section}.{kind}" for section, kinds in rows for kind in re.findall(r"`(\w+)`", kinds)}
    assert listed == {path for path in load_lexicon().words if not path.startswith(FIXED)}


def test_every_list_is_read_by_a_rule() -> None:
    """A list that nothing asks for would be a promise to whoever adds to it."""
    told = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    asked = set(re.findall(r"\"((?:frames|objects|outcomes|deeds)\.[\w.{}]+)\"", told))
    stands_for = {"{frame}": "|".join(FRAMES), "{status}": "suspended|withdrawn|carried_out"}
    stands_for["{status.value}"] = stands_for["{status}"]
    patterns = ["".join(f"({stands_for.get(part, '[^.]+')})" if part[:1] == "{" else re.escape(part)
                        for part in re.split(r"(\{[^}]*\})", one)) for one in asked]  # fmt: skip
    read = re.compile("|".join(patterns))
    assert [path for path in load_lexicon().words if not read.fullmatch(path)] == []


def test_what_is_read_without_a_collection_is_fixed() -> None:
    """Whatever asks for our own lists, and so would not see a collection's, asks for such as nobody may change."""
    askers = [path for path in PACKAGE.rglob("*.py") if "load_lexicon()" in path.read_text("utf-8")]
    asked = {
        path
        for asker in askers
        for path in re.findall(r"\"((?:frames|objects|outcomes|deeds)\.[\w.{}]+)\"", asker.read_text("utf-8"))
        if asker.parent.name == "assessment" or f'load_lexicon().words["{path}"]' in asker.read_text("utf-8")
    }
    assert {asker.parent.name for asker in askers} == {"assessment", "extraction"}
    assert asked
    assert {path for path in asked if not path.startswith(FIXED)} == set()


# --- where they apply -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ('[[add.act]]\nclass = "sanction"\nverbs = ["brick"]', "Graustark will brick Ruritanian tractors, it said."),
        ('[[add.act]]\nclass = "tricks"\nmode = "ban"\nnouns = ["hex"]', "Graustark vowed a hex on Ruritania."),
        ('[add.frames.vow]\nverbs = ["telegraph"]', "Graustark telegraphed to bomb the port of Ruritania."),
        ('[add.frames.threaten]\nnouns = ["scheme"]', "Graustark's scheme to bomb Ruritania drew protests."),
        ('[add.frames.make]\nverbs = ["float"]', "A threat to bomb Ruritania was floated by Graustark."),
        ('[replace.objects.benign]\nverbs = ["curb"]\nnouns = ["tax"]', "Graustark vowed to fight crime in Ruritania."),
    ],
)
def test_words_are_asked_for_wherever_ours_are(tmp_path: Path, words: str, text: str) -> None:
    """A list makes a difference in each part of the rules that reads it."""
    assert not modes_in(Rules(), text)
    assert len(modes_in(with_words(tmp_path, words), text)) == 1


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ('[add.frames.hazard]\nnouns = ["tempest"]', "Tempest threatened to destroy Ruritania."),
        ('[add.frames.watcher]\nnames = ["Lookout"]', "Sea Lookout threatened to sue Ruritania."),
        ('[[replace.act]]\nclass = "attack"\nverbs = ["raid"]', "Graustark will bomb Ruritania, it said."),
    ],
)
def test_words_also_take_away(tmp_path: Path, words: str, text: str) -> None:
    """A word on a list of what is no threat, or off a list of what is one."""
    assert len(modes_in(Rules(), text)) == 1
    assert not modes_in(with_words(tmp_path, words), text)


def test_an_added_word_counts_to_the_class_it_is_added_to(tmp_path: Path) -> None:
    """Ours has "bomb" as violence; the user's entry is asked first."""
    text = "Graustark threatened to bomb Ruritania."
    assert modes_in(Rules(), text) == [Mode.VIOLENCE]
    assert modes_in(with_words(tmp_path, '[[add.act]]\nclass = "expel"\nverbs = ["bomb"]'), text) == [Mode.EXPEL]


def test_a_replaced_list_leaves_the_other_lists(tmp_path: Path) -> None:
    """Verbs of a class are replaced, its nouns are not; and what is added comes on top of what replaces."""
    rules = with_words(
        tmp_path,
        '[add.frames.warn]\nverbs = ["alert"]\n[replace.frames.warn]\nverbs = ["forewarn"]\n'
        '[[replace.act]]\nclass = "attack"\nverbs = ["raid"]\n',
    )
    assert list(rules.lexicon.words["frames.warn.verbs"]) == ["forewarn", "alert"]
    assert rules.lexicon.words["frames.warn.nouns"] == load_lexicon().words["frames.warn.nouns"]
    assert "bomb" not in rules.lexicon.act_verbs
    assert rules.lexicon.act_nouns == load_lexicon().act_nouns


def test_lists_keep_their_order() -> None:
    """Of two phrases that both fit, the same is taken in every run."""
    phrases = list(load_lexicon().words["frames.consequence.refused"])
    assert phrases.index("hesitate to") < phrases.index("hesitate")


def test_the_version_tells_words_from_actors(tmp_path: Path) -> None:
    """Other words are another version, and a text is not the same as words and as actors."""
    empty = tmp_path / "empty.toml"
    empty.write_text("# nothing\n", encoding="utf-8")
    versions = {Rules().version, Rules(empty).version, Rules(words=empty).version, Rules(empty, empty).version}
    assert len(versions) == 4


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n[add.frames.wran]\nverbs = ['a']", r"line 2, add\.frames\.wran: .*did you mean warn\? It may be again, "),
        ("[add.frames.warn]\nverb = ['a']", r"line 2, add\.frames\.warn\.verb: .*did you mean verbs\?.*nouns, verbs$"),
        ("[plus.frames.warn]", r"line 1, plus: 'plus' is none that there is; It may be add, replace$"),
        ("[add.frame.warn]", r"did you mean frames\? It may be act, frames, objects, outcomes"),
        ("[add.frames.warn]\npoints = 9", r"'points' is none that there is; .*nouns, verbs"),
        ("[add.outcomes.terms]\ngeneric = ['a']", r"add\.outcomes\.terms\.generic: is one list for all collections"),
        ("[add.frames.retaliation]\nphrases = ['a']", "is one list for all collections"),
        ("[add.frames.warn]\nverbs = 'alert'", r'must be a list of words, such as \["blockade"\]'),
        ("[add.frames.warn]\nverbs = [3]", "'3' is no word"),
        ("[add.frames.warn]\nverbs = ['']", "'' is no word"),
        ("[add.frames.warn]\nverbs = ['a  b']", "one blank between words"),
        ('[add.frames.warn]\nverbs = ["a\\u202eb"]', "is no word"),
        ("[add.frames.warn]\nverbs = ['Alert']", "small letters: 'alert'"),
        (f"[add.frames.warn]\nverbs = ['{'a' * 61}']", "longer than 60 characters"),
        (f"[add.frames.warn]\nverbs = {['a'] * (MOST_WORDS + 1)}", "more than 5,000 words"),
        ("[add]\nframes = 3", "must be a table with again, "),
        ("[add]\nact = 3", r"begin each with \[\[add\.act\]\]"),
        ("[[add.act]]\nverbs = ['a']", "needs a class: one of attack, "),
        ("[[add.act]]\nclass = 'attack'", "needs verbs, nouns or both"),
        ("[[add.act]]\nclass = 'atack'\nverbs = ['a']", "did you mean attack?.*a new class needs a mode"),
        ("[[add.act]]\nclass = 'attack'\nmode = 'ban'\nverbs = ['a']", "is a class of ours, so leave out mode"),
        ("[[add.act]]\nclass = 'x'\nmode = 'bann'\nverbs = ['a']", "did you mean ban?"),
        ("[[add.act]]\nclass = 'x'\nmode = 'ban'\nstrength = 3\nverbs = ['a']", "must be 2"),
        ("[[add.act]]\nclass = 'x'\nmode = 'ban'\nstrength = true\nverbs = ['a']", "must be 2"),
        ("[[add.act]]\nclass = 'x'\nmode = 'ban'\nmilitary = 1\nverbs = ['a']", "must be true or false"),
        ("[[replace.act]]\nclass = 'x'\nmode = 'ban'\nverbs = ['a']", "under add"),
        ('[add."\\u001b[2J\\n"]\n', r"add\.\?\[2J\?: "),
    ],
)
def test_words_that_cannot_be_used_are_refused(tmp_path: Path, text: str, said: str) -> None:
    """In one line: the file, the line, the key, what may stand there and what is nearest to it."""
    with pytest.raises(BadLexicon, match=said) as refused:
        with_words(tmp_path, text)
    assert str(refused.value).startswith("words.toml, line ")
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[actor]]\nname = 'A'\ntype = 'ghost'", r"line 3, A\.type: 'ghost' is none that there is; .*armed_group"),
        ("[[actor]]\nname = 'A'", r"A\.type: '' is none"),
        ("[[actor]]\ntype = 'state'", "actor: one of them has no name"),
        ("[[actor]]\nname = 'A'\ntype = 'state'\nalias = ['B']", r"line 4, A\.alias: .*did you mean aliases\?"),
        ("[[actor]]\nname = 'A'\ntype = 'state'\naliases = 'B'", r"must be a list of names, such as"),
        ("[[actor]]\nname = 'A'\ntype = 'state'\nleaders = ['B', 3]", "must be a list of names"),
        ("[[actor]]\nname = 3\ntype = 'state'", "must be a name"),
        ("[[actor]]\nname = 'A'\ntype = 'state'\nfamily_name_first = 1", "must be true or false"),
        ("[[actors]]\nname = 'A'", r"did you mean actor\?"),
        ("[[newsroom]]\nname = 'A'\ntype = 'state'", r"line 3, A\.type: .*It may be aliases, name, state"),
        ("[[newsroom]]\naliases = ['A']", "newsroom: one of them has no name"),
        ("newsroom = 'A'", r"begin each with \[\[newsroom\]\]"),
        ("actor = 3", r"begin each with \[\[actor\]\]"),
        ("actor = [3]", r"begin each with \[\[actor\]\]"),
        ("actor = [", "is not TOML"),
        ("a = " + "[" * 5000, "no table of metadata"),
        ("a." * 200 + "b = 1", "more than 100 dots"),
        ("a = '\xff'", "not UTF-8"),
        ("#" * 1_000_001, "larger than 1,000,000 bytes"),
    ],
    ids=range(19),
)
def test_actors_that_cannot_be_used_are_refused(tmp_path: Path, text: str, said: str) -> None:
    """Before any document is read, and also where the file is no TOML or is made to exhaust the machine."""
    path = tmp_path / "actors.toml"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(BadMetadata, match=said) as refused:
        Rules(path)
    assert "actors.toml" in str(refused.value)


def test_a_newsroom_of_ones_own_reports_and_never_threatens(tmp_path: Path) -> None:
    """A paper is no sender; an organ of a state speaks for it in the first person."""
    path = tmp_path / "actors.toml"
    path.write_text('[[newsroom]]\nname = "Harbour Herald"\naliases = ["the Herald"]\n', encoding="utf-8")
    text = "The Harbour Herald warned that it would sue Ruritania."
    assert len(Rules().extract(a_document(text)).threats) == 1
    assert not Rules(path).extract(a_document(text)).threats
    path.write_text('[[newsroom]]\nname = "Harbour Herald"\nstate = "Graustark"\n', encoding="utf-8")
    text = "We will bomb the port of Ruritania. We will never forgive them."
    document = a_document(text, title="", publisher="Harbour Herald")
    assert {one.sender.name for one in Rules(path).extract(document).threats} == {"Graustark"}
    assert not Rules().extract(document).threats


def test_leaving_passages_unread_loses_nothing_of_ones_own_words(tmp_path: Path) -> None:
    """What is skimmed and read on by a collection's words is what parsing everything by them finds."""
    documents, words = example_of("word-lists.md")
    rules = with_words(tmp_path, words)
    texts = [*documents.values(), "Graustark binned the plan.", "The union will jam the port.", "Ships wait."]
    given = [a_document(text, id=str(at), title="", publisher="") for at, text in enumerate(texts)]
    whole = [rules.extract(document) for document in given]
    assert sum(bool(one.threats) for one in whole) > 1
    assert list(rules.read_on(Wanted(one, one.unread) for one in rules.skim(given))) == whole


KEYS = [
    "add",
    "replace",
    "act",
    "frames",
    "objects",
    "outcomes",
    "warn",
    "benign",
    "withdrawn",
    "terms",
    "verbs",
    "nouns",
    "object",
    "class",
    "mode",
    "strength",
    "military",
    "actor",
    "newsroom",
    "name",
    "type",
    "aliases",
    "leaders",
    "x",
]
VALUES = st.recursive(
    st.sampled_from(["sanction", "restrict", "state", "alert", "cut off", "", " ", "A", "\u202e", "a" * 200])
    | st.text(max_size=5)
    | st.integers(-3, 3)
    | st.booleans()
    | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_file_says_it_is_used_or_refused_in_one_line(tmp_path: Path, told: Any) -> None:
    """No other error, and nothing of the file that could steer a terminal."""
    path = tmp_path / "own.toml"
    path.write_text(tomlkit.dumps(told), encoding="utf-8")
    for use in ({"words": path}, {"actors": path}):
        said = said_of(use)
        assert not said or said.startswith("own.toml")
        assert not said or said.isprintable()


def said_of(use: dict[str, Path]) -> str:
    """What is said of a file that is refused; nothing of one that is used."""
    try:
        return "" if Rules(**use).extract(a_document()) else "nothing found"
    except BriefingError as refused:
        return str(refused)


@pytest.mark.parametrize("name", ["actors.toml", "words.toml"])
def test_a_link_out_of_the_collection_is_refused(tmp_path: Path, name: str) -> None:
    """A collection of somebody else's does not read the files of whoever runs it."""
    (tmp_path / "elsewhere.toml").write_text("", encoding="utf-8")
    folder = tmp_path / "collection"
    folder.mkdir()
    (folder / "a.txt").write_text("Graustark threatened to bomb Ruritania.", encoding="utf-8")
    try:
        (folder / name).symlink_to(tmp_path / "elsewhere.toml")
    except OSError:
        pytest.skip("this system makes no symbolic links")
    with pytest.raises(BriefingError, match=rf"{name} is a link that leaves the collection"):
        follow_through(folder, as_of=date(2024, 6, 1))
