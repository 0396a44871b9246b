"""A web server by TLS: whose certificate is taken, and that nothing is read without one."""

import datetime
import json
import ssl
from pathlib import Path

import fsspec
import pytest
import trustme

from briefing_lib.errors import UrlUnavailable
from briefing_lib.reading import content_digests, read_sources
from remote import ENGLISH, SECRET, Answer, a_server, of_folder, run_briefing

pytestmark = pytest.mark.usefixtures("nothing_kept")
AS_OF = ("--as-of", "2021-12-31")
YESTERDAY = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusting(authority: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """This process takes the authority's certificates, by fsspec's configuration."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    monkeypatch.setitem(fsspec.config.conf, "https", {"ssl": context})
    return context


@pytest.fixture
def trusting_by_environment(authority: trustme.CA, tmp_path: Path) -> dict[str, str]:
    """What a person has in the environment for it."""
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    return {"SSL_CERT_FILE": str(tmp_path / "authority.pem")}


def certificate(authority: trustme.CA, *names: str, expired: bool = False) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made = (
        authority.issue_cert(*names, not_before=YESTERDAY, not_after=YESTERDAY)
        if expired
        else authority.issue_cert(*names)
    )
    made.configure_cert(context)
    return context


@pytest.fixture
def good(authority: trustme.CA) -> ssl.SSLContext:
    return certificate(authority, "127.0.0.1")


def leading_to(target: str, *names: str) -> Answer:
    """Answer with what these paths lead on to, and with a page that links a document below the others."""

    def answer(path: str) -> tuple[int, str, bytes]:
        if path in names:
            return 302, f"{target}{path}", b""
        if path.endswith("/"):
            return 200, "text/html", b'<a href="a.txt">a</a>'
        return (200, "text/plain", ENGLISH.encode()) if path.endswith("/a.txt") else (404, "text/plain", b"")

    return answer


def test_an_authority_is_trusted_by_the_environment(
    good: ssl.SSLContext, trusting_by_environment: dict[str, str], straits: Path, tmp_path: Path
) -> None:
    """The table is to the byte that of a folder."""
    with a_server(of_folder(straits), certificate=good) as url:
        there, here = (
            run_briefing("table", place, *AS_OF, "--format", "csv", here=tmp_path, environment=trusting_by_environment)
            for place in (f"{url}/straits/", str(straits))
        )
    assert (there.returncode, there.stderr) == (0, here.stderr)
    assert there.stdout == here.stdout
    assert there.stdout.count("\n") == 4


@pytest.mark.parametrize("name", ["", "report.md"])
def test_a_certificate_of_nobody_is_told_in_a_line_and_nothing_is_read(
    name: str, good: ssl.SSLContext, straits: Path, tmp_path: Path
) -> None:
    fetched: list[str] = []
    with a_server(of_folder(straits), certificate=good, fetched=fetched) as url:
        done = run_briefing("table", f"{url}/straits/{name}", *AS_OF, here=tmp_path, environment={})
    assert (done.returncode, done.stdout, fetched) == (1, "", [])
    assert done.stderr.startswith(f"briefing: '{url}/straits/{name}': its certificate is not accepted (")
    assert done.stderr.endswith(
        "); ask who runs the server, or trust an authority of your own by SSL_CERT_FILE: docs/remote-sources.md\n"
    )
    assert done.stderr.count("\n") == 1


def test_of_an_s3_server_the_variable_of_its_driver_is_named_and_counts(
    good: ssl.SSLContext, trusting_by_environment: dict[str, str], tmp_path: Path
) -> None:
    with a_server(lambda _: (404, "application/xml", b""), certificate=good) as url:
        options = {"endpoint_url": url, "key": "tests", "secret": SECRET}
        given = {"FSSPEC_S3": json.dumps(options), "AWS_MAX_ATTEMPTS": "1", "AWS_DEFAULT_REGION": "us-east-1"}
        trusted = {"AWS_CA_BUNDLE": trusting_by_environment["SSL_CERT_FILE"]}
        refused, asked = (
            run_briefing("table", "s3://bucket/folder", here=tmp_path, environment=given | more)
            for more in ({}, trusted)
        )
    assert "its certificate is not accepted (" in refused.stderr
    assert "trust an authority of your own by AWS_CA_BUNDLE: docs" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert asked.stderr == (
        "briefing: there is nothing at 's3://bucket/folder'; give a folder of documents, or one document\n"
    )


@pytest.mark.usefixtures("trusting")
@pytest.mark.parametrize("name", ["", "report.md"])
@pytest.mark.parametrize(
    ("host", "expired", "said"),
    [
        ("127.0.0.1", True, "certificate has expired"),
        ("elsewhere.example", False, "certificate is not valid for '127.0.0.1'"),
    ],
)
def test_a_certificate_that_is_old_or_of_another_is_not_accepted(
    host: str, expired: bool, said: str, name: str, authority: trustme.CA, straits: Path
) -> None:
    fetched: list[str] = []
    bad = certificate(authority, host, expired=expired)
    with a_server(of_folder(straits), certificate=bad, fetched=fetched) as url:
        for use in (read_sources, content_digests):
            with pytest.raises(UrlUnavailable, match=rf"its certificate is not accepted \(.*{said}\); ask who runs"):
                use(f"{url}/straits/{name}")
    assert fetched == []


def test_where_nothing_is_encrypted_it_is_told(straits: Path) -> None:
    with (
        a_server(of_folder(straits)) as url,
        pytest.raises(UrlUnavailable, match="no encrypted connection can be made"),
    ):
        read_sources(f"{url.replace('http', 'https')}/straits/")


@pytest.mark.usefixtures("trusting")
def test_what_leads_on_to_http_is_not_followed(good: ssl.SSLContext) -> None:
    """Neither the page of a folder nor a document; the server that is led on to is not asked."""
    fetched: list[str] = []
    with a_server(leading_to(""), fetched=fetched) as plain:
        with (
            a_server(leading_to(plain, "/docs/"), certificate=good) as url,
            pytest.raises(UrlUnavailable, match="it leads on to http://, which is not encrypted; name the http://"),
        ):
            read_sources(f"{url}/docs/")
        with a_server(leading_to(plain, "/docs/a.txt"), certificate=good) as url:
            for place in ("/docs/", "/docs/a.txt"):
                [skipped] = read_sources(f"{url}{place}").skipped
                assert skipped.reason == "cannot be opened: it leads on to http://, which is not encrypted"
    assert fetched == []


def test_what_leads_on_to_another_server_by_tls_is_followed_without_credentials(
    good: ssl.SSLContext, trusting: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that fsspec's configuration holds go to the server that was named alone."""
    opens = f"Bearer {SECRET}"
    options = {"ssl": trusting, "client_kwargs": {"headers": {"Authorization": opens}}}
    monkeypatch.setitem(fsspec.config.conf, "https", options)
    here: list[str | None] = []
    there: list[str | None] = []
    with (
        a_server(leading_to(""), certificate=good, shown=there) as other,
        a_server(leading_to(other, "/docs/a.txt"), certificate=good, shown=here) as url,
    ):
        [document] = read_sources(f"{url}/docs/").documents
    assert ENGLISH in document.text
    assert set(here) == {opens}
    assert set(there) == {None}


@pytest.mark.usefixtures("trusting")
def test_a_link_to_http_is_none(good: ssl.SSLContext) -> None:
    """Though it names the very server, of which the page came by TLS."""

    def answer(path: str) -> tuple[int, str, bytes]:
        return (200, "text/html", page.encode()) if path.endswith("/") else (200, "text/plain", ENGLISH.encode())

    with a_server(answer, certificate=good) as url:
        page = f'<a href="{url.replace("https", "http")}/docs/a.txt">a</a> <a href="{url}/docs/b.txt">b</a>'
        reading = read_sources(f"{url}/docs/")
    assert ([document.id for document in reading.documents], reading.skipped) == (["b"], ())
