"""nbconvert exporters: a notebook with its outputs → the briefing as a page or as a PDF.

They are registered as entry points, so that ``jupyter nbconvert --to briefing`` and JupyterLab's export menu offer
them. The page's look is the template ``briefing`` in the folder ``templates`` beside this file.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter, HTMLExporter
from traitlets import Bool, default
from traitlets.config import Config

from briefing_lib.presentation.notebook_style import NOTEBOOK_STYLE
from briefing_lib.presentation.policy import content_security_policy
from briefing_lib.publishing.disarming import disarm
from briefing_lib.publishing.pdf import to_pdf

TEMPLATES = Path(__file__).parent / "templates"
# The page shows these and nothing that would need a script.
SHOWN_TYPES = ("text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain")


class BriefingHTMLExporter(HTMLExporter):
    """One HTML file that needs no network and shows no code.

    The template may hold one script. It hands its text to the filter ``content_security_policy``; every other script
    is taken out of the page and forbidden by its policy.
    """

    export_from_notebook = "Briefing (HTML)"
    _script = ""

    exclude_input = Bool(True, help="Leave the code out.").tag(config=True)
    exclude_input_prompt = Bool(True, help="Leave the numbers of the cells out.").tag(config=True)
    exclude_output_prompt = Bool(True, help="Leave the numbers of the outputs out.").tag(config=True)
    exclude_anchor_links = Bool(True, help="Leave the marks after headings out.").tag(config=True)

    @default("template_name")
    def _template_name_default(self) -> str:
        return "briefing"

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self) -> list[str]:
        return [str(TEMPLATES)]

    @property
    def default_config(self) -> Config:
        """Return nbconvert's settings for HTML with the outputs limited to what needs no script."""
        config: Config = super().default_config
        config.merge(Config({"NbConvertBase": {"display_data_priority": list(SHOWN_TYPES)}}))
        return config

    def from_notebook_node(  # type: ignore[override]
        self, nb: Any, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page and nbconvert's resources."""
        self._script = ""
        html, resources = super().from_notebook_node(nb, resources, **kwargs)
        return disarm(html, script=self._script), resources

    def default_filters(self) -> Iterable[tuple[str, Any]]:
        """Return nbconvert's filters, one that makes the page's policy from its script, and one for what is shown."""
        yield from super().default_filters()  # type: ignore[no-untyped-call]
        yield "content_security_policy", self._allow
        yield "for_the_page", lambda html: str(html).replace(NOTEBOOK_STYLE, "")

    def _allow(self, script: str) -> str:
        self._script = str(script)
        return content_security_policy(self._script)


class BriefingPDFExporter(Exporter):
    """The same page, printed."""

    export_from_notebook = "Briefing (PDF)"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]
        self, nb: Any, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """Return the PDF, and nbconvert's resources.

        Raises
        ------
        PdfUnavailable
            No engine is installed; the message says what to install.
        """
        page = BriefingHTMLExporter(config=self.config)  # type: ignore[no-untyped-call]
        html, resources = page.from_notebook_node(nb, resources, **kwargs)
        resources["output_extension"] = ".pdf"
        return to_pdf(html).content, resources
