"""What a URL names, and what of it is carried on: no secret, and nothing outside its folder."""

import os
import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_lib.errors import UrlUnavailable
from briefing_lib.reading import origin_at
from briefing_lib.reading.origins import remote
from remote import SECRET


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("s3://bucket/reports/straits", "straits"),
        ("s3://bucket/reports/straits/", "straits"),
        ("s3://bucket", "bucket"),
        ("s3://bucket/a%20b", "a%20b"),
        ("http://127.0.0.1:9/reports/a%20b/", "a b"),
        ("http://127.0.0.1:9/a%2f..%2fb/", "b"),
        ("http://127.0.0.1:9/a%5c..%5c/", "a"),
        ("http://127.0.0.1:9/", "127.0.0.1"),
        ("http://127.0.0.1:9/a%3cb%3a/", "a-b-"),
        ("memory://Straits", "Straits"),
        ("memory://x/../..", "x"),
    ],
)
def test_a_collection_is_named_for_the_last_part_of_its_url(url: str, name: str) -> None:
    """By a name that is safe for a folder of outputs."""
    assert remote.last_name_of(url) == name


def test_a_key_that_would_become_another_on_the_way_is_never_opened(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = f"{bucket.removeprefix('s3://')}/{os.urandom(4).hex()}"
    keys = ("docs/a.txt", "docs/../up.txt", "docs//empty.txt", "docs/./same.txt", "docs/.hidden.txt", "docs/sub/")
    listed = {f"{place}/{key}": {"name": f"{place}/{key}", "size": 200, "ETag": key} for key in keys}
    import s3fs

    monkeypatch.setattr(s3fs.S3FileSystem, "find", lambda *_, **__: listed)
    files = {file.path: file for file in origin_at(f"s3://{place}/docs").files()}
    assert {path for path, file in files.items() if file.key} == {"a.txt"}
    assert {path for path, file in files.items() if "rename it" in file.problem} == {
        "../up.txt",
        "/empty.txt",
        "./same.txt",
    }


def test_another_process_gets_a_url_and_no_credentials(bucket: str, straits: Path) -> None:
    import s3fs

    place = f"{bucket}/{os.urandom(4).hex()}"
    s3fs.S3FileSystem(secret=SECRET, key="tests").put(f"{straits.as_posix()}/", place, recursive=True)
    origin = origin_at(place)
    assert origin.files()
    carried = pickle.dumps(origin.from_elsewhere())
    assert len(carried) < 500
    assert SECRET.encode() not in carried


WORDS = st.text("ab/.%@:?#&=\\ -_1é\n", max_size=12)
USERS = WORDS.filter(lambda text: "/" not in text)  # which ends what can be a user


@settings(max_examples=200, deadline=None)
@given(
    scheme=st.sampled_from(["s3", "https", "memory", "ftp"]),
    user=WORDS.filter(lambda text: "/" not in text),
    rest=WORDS,
)
def test_no_url_carries_a_secret_on(scheme: str, user: str, rest: str) -> None:
    """Whatever stands around it, a password is in no URL that is taken and in no error."""
    for url in (f"{scheme}://{user}:{SECRET}@host/{rest}", f"{scheme}://host/{rest}?{user}={SECRET}"):
        with pytest.raises(UrlUnavailable) as raised:
            origin_at(url)
        assert SECRET not in str(raised.value)
        assert "\n" not in str(raised.value)


@settings(max_examples=200, deadline=None)
@given(link=WORDS)
def test_no_link_leads_out_of_its_folder(link: str) -> None:
    path = remote._path_of_link(f"https://host/docs/{link}", "https://host/docs/")
    if path is not None:
        parts = path.split("/")
        assert not {"", ".", ".."} & set(parts)
        assert not any(set("\\/") & set(part) for part in parts)


@settings(max_examples=200, deadline=None)
@given(rest=WORDS)
def test_any_url_names_a_folder_that_can_be_made_here(rest: str) -> None:
    name = remote.last_name_of(f"https://host/{rest}")
    assert name.strip(". ")
    assert not set('<>:"/\\|?*\n') & set(name)
