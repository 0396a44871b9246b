"""A notebook and its parameters → the briefing's files: HTML, PDF, the executed notebook, tables and provenance."""

from briefing_lib.publishing.planning import Request, default_notebook
from briefing_lib.publishing.rendering import Rendered, render

__all__ = ["Rendered", "Request", "default_notebook", "render"]
