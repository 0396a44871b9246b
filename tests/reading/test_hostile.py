"""Files that mean harm: nothing outside the folder is read, nothing hangs, the other documents come through."""

import os
import sys
from datetime import date

import pytest

from briefing_lib.models import Document, Skipped
from briefing_lib.reading import find_dates, iter_sources, paragraphs, read_sources, resolve_date
from briefing_lib.reading.boilerplate import find_boilerplate
from briefing_lib.reading.language import is_english

PROSE = "The minister said that the strait is closed, and that ships of the republic wait for the order to leave it."

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are of POSIX")


@pytest.fixture
def folder(tmp_path):
    """A collection of one good document, with a secret beside it."""
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text(PROSE)
    return tmp_path / "in"


def told(folder) -> dict[str, str]:
    reading = read_sources(folder)
    assert [d.id for d in reading.documents] == ["good"]
    return {skipped.path: skipped.reason for skipped in reading.skipped}


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("../secret.txt", "leaves the collection"),
        ("/etc/hostname", "leaves the collection"),
        ("/dev/zero", "leaves the collection"),
        ("..", "leaves the collection"),
        (".", "not a regular file"),
        ("nowhere", "leads nowhere"),
        ("link.txt", "leads nowhere"),
        ("good.txt", "read under its own name"),
    ],
)
def test_links_are_not_followed_out_or_twice(folder, target, reason):
    (folder / "link.txt").symlink_to(target)
    assert reason in told(folder)["link.txt"]


def test_a_link_to_a_hidden_file_of_the_collection_is_read(folder):
    (folder / ".kept").mkdir()
    (folder / ".kept" / "b.txt").write_text(PROSE)
    (folder / "b.txt").symlink_to(".kept/b.txt")
    assert [d.id for d in read_sources(folder).documents] == ["b", "good"]


def test_a_pipe_is_not_waited_for(folder):
    os.mkfifo(folder / "pipe.txt")
    assert told(folder)["pipe.txt"] == "not a regular file"
    assert [type(item) for item in iter_sources(folder / "pipe.txt")] == [Skipped]


@pytest.mark.parametrize(
    "name", ["evil\x1b[31m.txt", "rtl\u202etxt.exe.txt", "line\nbreak.txt", os.fsdecode(b"bad\xff.txt")]
)
def test_a_name_that_deceives_is_refused_and_shown_escaped(folder, name):
    (folder / name).write_text(PROSE)
    [(path, reason)] = told(folder).items()
    assert path.isprintable()
    assert "rename it" in reason


def test_a_folder_may_be_named_like_a_file(folder):
    (folder / "folder.txt").mkdir()
    (folder / "folder.txt" / "b.txt").write_text(PROSE)
    assert [d.id for d in read_sources(folder).documents] == ["folder.txt/b", "good"]


def test_a_file_that_goes_while_it_is_read_is_skipped(folder):
    (folder / "a.txt").write_text(PROSE)
    items = iter_sources(folder)
    (folder / "a.txt").unlink()
    assert [type(item) for item in items] == [Skipped, Document]


def test_configuration_cannot_be_read_from_elsewhere(folder):
    from briefing_lib.errors import BadMetadata

    (folder / "sources.toml").symlink_to("../secret.txt")
    with pytest.raises(BadMetadata, match="leaves the collection"):
        read_sources(folder)


WORST = [
    *("a", "(", " ", "\n", "1", "-", ".", "“", "\t", "#", "_", "©", "\x00", "a\n", "a ", "on ", "the ", "in the "),
    *("photo ", "(photo:", "share ", "1 ", "2020-", "June ", "June 1-", "last ", "copyright x ", "a/b(", "by early "),
]


@pytest.mark.parametrize("piece", WORST, ids=repr)
def test_no_pattern_is_slow_on_its_worst_text(piece):
    """A hundred thousand characters of any one thing pass through every rule; a cost that is not linear hangs here."""
    text = piece * (100_000 // len(piece))
    document = Document("d", "d.txt", text, "", boilerplate=find_boilerplate(text, title=piece * 100))
    paragraphs(document)
    sum(1 for _ in find_dates(text))
    is_english(text)
    assert resolve_date(text, published=date(2021, 3, 5)) is None


FOREIGN = {
    "Spanish": "El ministro dijo que el estrecho está cerrado y que los barcos esperan la orden de salir. ",
    "German": "Der Minister sagte, die Meerenge sei geschlossen und die Schiffe warteten auf den Befehl zur Ausfahrt. ",
    "Russian": "Министр сказал, что пролив закрыт и что корабли республики ждут приказа выйти в море. ",
    "Korean": "장관은 해협이 폐쇄되었으며 공화국의 선박들이 출항 명령을 기다리고 있다고 말했다. ",
    "Chinese": "部长说海峡已经关闭，共和国的船只正在等待离开的命令。",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_another_language_is_skipped_with_the_way_to_keep_it(folder, language):
    (folder / "a.txt").write_text(FOREIGN[language] * 8)
    assert "not in English" in told(folder)["a.txt"]
    (folder / "a.toml").write_text('language = "en"')
    assert len(read_sources(folder).documents) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Nyet. Da. Sí.",
        "Ri Yong Su, Pak Chol Min, Kim Sung Ho, Choe Ryong Il and Jon Kyong Nam. " * 10,
        "Marshal Andrzej Wojciechowski of Szczebrzeszyn received the ambassador of Reykjavík in Łódź on Friday. " * 5,
        "1 234 567 8 90 " * 50,
        "WARNING TO ALL SHIPS OF THE REPUBLIC: THE STRAIT IS CLOSED. " * 10,
    ],
)
def test_english_is_kept_however_full_of_names(text):
    assert is_english(text)


def test_the_reason_names_a_limit_that_the_collection_can_raise(folder):
    (folder / "long.txt").write_text(PROSE * 3)
    configuration = folder / "sources.toml"
    configuration.write_text(f"[limits]\nmax_characters = {len(PROSE)}\n")
    assert "raise max_characters under [limits] in sources.toml" in told(folder)["long.txt"]
    configuration.write_text(f"[limits]\nmax_bytes = {len(PROSE)}\n")
    assert "raise max_bytes under [limits] in sources.toml" in told(folder)["long.txt"]
    configuration.write_text("[limits]\nmax_bytes = 1_000\n")
    assert [d.id for d in read_sources(folder).documents] == ["good", "long"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("max_byte = 1", "no such limit; these are: max_bytes, max_characters"),
        ("max_bytes = 0", "must be a whole number of 1 or more, not 0"),
        ("max_bytes = -1", "must be a whole number"),
        ("max_bytes = true", "must be a whole number"),
        ('max_bytes = "1 GB"', "must be a whole number"),
        ("max_bytes = inf", "must be a whole number"),
    ],
)
def test_a_limit_that_cannot_be_is_told_with_its_line(folder, line, problem):
    from briefing_lib.errors import BadMetadata

    (folder / "sources.toml").write_text(f"\n[limits]\n{line}\n")
    with pytest.raises(BadMetadata, match=rf"line 3, 'limits': max_byte.*{problem}"):
        read_sources(folder)


LOOKALIKES = {
    "Rurit\u0430nia": "Cyrillic",
    "\u0420uritania": "Cyrillic",
    "Rur\u0456tania": "Cyrillic",
    "\u039fpec": "Greek",
}


@pytest.mark.parametrize("word", LOOKALIKES)
def test_a_word_that_passes_for_another_is_told(folder, word):
    (folder / "2021-03-05-a.txt").write_text(f"{PROSE} So said the minister of {word}.", encoding="utf-8")
    (folder / "2021-03-05-a.toml").write_text(f'title = "{word} speaks"\npublisher = "The {word}"', encoding="utf-8")
    [document] = [d for d in read_sources(folder).documents if d.id != "good"]
    assert [note.partition(" mixes")[0] for note in document.notes] == [
        f"{word!r} in its {part}" for part in ("title", "publisher", "text")
    ]


@pytest.mark.parametrize(
    "word", ["Ruritania", "Россия", "Ελλάδα", "Russia (Россия)", "β-blocker", "Δt", "µm", "a" * 100_000]
)
def test_a_word_in_one_alphabet_is_not(folder, word):
    (folder / "2021-03-05-a.txt").write_text(f"{PROSE} So said the minister of {word}.", encoding="utf-8")
    assert [d.notes for d in read_sources(folder).documents if d.id != "good"] == [()]


def test_an_actor_that_looks_like_another_is_not_that_one():
    from factories import a_document

    from briefing_lib.extraction import Rules

    text = "{} threatened on Monday to bomb the capital of Japan."
    named = [Rules().extract(a_document(text.format(name))).threats[0].sender for name in ("Russia", "Russi\u0430")]
    assert named[0].name == "Russia"
    assert named[1] is None or named[1].name != "Russia"
