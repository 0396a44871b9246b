import pytest

from briefing_lib.publishing.disarming import disarm

PAGE = "<!DOCTYPE html><html><head><title>t</title></head><body>{}</body></html>"
SCRIPT = 'const a = 1 < 2 && "</p>";'


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>evil()</script>",
        "<script src='evil.js'></script>",
        f"<script src='evil.js'>{SCRIPT}</script>",
        f"<script type='module'>{SCRIPT}</script>",
        "<SCRIPT>evil()</SCRIPT>",
        "<img src=x onerror='evil()'>",
        "<img src='http://evil.example/pixel.png'>",
        "<img srcset='http://evil.example/pixel.png 2x'>",
        "<svg onload='evil()'></svg>",
        "<svg><script>evil()</script></svg>",
        "<svg><image xlink:href='http://evil.example/a.svg'/></svg>",
        "<svg><foreignObject><iframe src='evil'></iframe></foreignObject></svg>",
        "<svg><a><set attributeName='href' to='javascript:evil()'/></a></svg>",
        "<a href='javascript:evil()'>x</a>",
        "<a href='java\nscript:evil()'>x</a>",
        "<a href=' JavaScript:evil()'>x</a>",
        "<a href='data:text/html,evil'>x</a>",
        "<a href='vbscript:evil'>x</a>",
        "<a href='file:///evil'>x</a>",
        "<a ping='http://evil.example'>x</a>",
        "<meta http-equiv='refresh' content='0; url=http://evil.example'>",
        "<base href='http://evil.example/'>",
        "<link rel='stylesheet' href='http://evil.example/a.css'>",
        "<iframe src='http://evil.example'></iframe>",
        "<iframe srcdoc='evil'></iframe>",
        "<object data='http://evil.example'></object>",
        "<embed src='http://evil.example'>",
        "<form action='http://evil.example'><button formaction='http://evil.example'>x</button></form>",
        "<video poster='http://evil.example/a.png' src='http://evil.example/a.mp4'></video>",
        "<body background='http://evil.example/a.png'>",
        "<math><mtext href='javascript:evil()'>x</mtext></math>",
        "<details ontoggle='evil()' open>x</details>",
        "<p hidden><template><script>evil()</script></template></p>",
    ],
)
def test_nothing_that_runs_loads_or_leads_away_is_left(hostile: str) -> None:
    page = disarm(PAGE.format(hostile), script=SCRIPT)
    body = page.partition("</title>")[2].lower()
    assert "evil" not in body
    assert "<script" not in body
    assert "refresh" not in body


@pytest.mark.parametrize(
    "harmless",
    [
        "<a href='#row'>x</a>",
        "<a href='https://example.org/a?b=c'>x</a>",
        "<a href='mailto:a@example.org'>x</a>",
        "<a href='relative/page.html'>x</a>",
        "<a download='a.csv' href='data:text/csv;base64,YQ=='>x</a>",
        "<img alt='x' src='data:image/png;base64,AAAA'>",
        "<svg><use href='#marker'></use></svg>",
        "<p onward='x' class='a'>x</p>".replace(" onward='x'", ""),
    ],
)
def test_what_a_reader_needs_stays(harmless: str) -> None:
    assert harmless.replace("'", '"').replace(" alt=", " alt=") in disarm(PAGE.format(harmless)).replace("/>", ">")


def test_the_pages_own_script_stays_to_the_character() -> None:
    page = disarm(PAGE.format(f"<script>{SCRIPT}</script>"), script=SCRIPT)
    assert f"<script>{SCRIPT}</script>" in page
    assert "script-src 'sha256-" in page


def test_a_page_has_one_policy_and_one_encoding_and_they_come_first() -> None:
    """A policy that a document brings counts for nothing."""
    brought = "<meta charset='utf-7'><meta http-equiv='Content-Security-Policy' content='default-src *'>"
    page = disarm(PAGE.replace("<title>", f"{brought}<title>").format(brought))
    assert page.count("Content-Security-Policy") == 1
    assert page.index('<meta charset="utf-8"') < page.index("Content-Security-Policy") < page.index("<title>")
    assert "default-src 'none'" in page
    assert "default-src *" not in page
    assert "utf-7" not in page
