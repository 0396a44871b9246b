"""How our tables look in JupyterLab, which sets every cell flush right and knows no word that stands below another."""

from markupsafe import Markup

from briefing_lib.presentation.markup import tag

_TABLES = ".jp-RenderedHTMLCommon table:is(.cases, .figures-table)"
# It goes with the masthead, the first output of each notebook, and holds for all of it; a page has a style of its own.
NOTEBOOK_STYLE = tag(
    "style",
    Markup(
        f"{_TABLES} :is(tr, th, td, caption) {{ text-align: left; vertical-align: top; }}"
        f"{_TABLES} :is(th, td).number {{ text-align: right; }}"
        f"{_TABLES} tbody th {{ font-weight: normal; }}"
        f"{_TABLES} small {{ display: block; color: var(--jp-ui-font-color2); }}"
        f"{_TABLES} caption {{ color: var(--jp-ui-font-color2); }}"
        ".jp-RenderedHTMLCommon figcaption .headline { font-weight: bold; }"
    ),
)
