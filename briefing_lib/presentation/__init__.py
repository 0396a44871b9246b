"""Cases → what a reader sees: the table, figures, evidence cards and prose."""

from briefing_lib.presentation.table import COLUMNS, to_csv, to_frame, to_json, to_markdown, verify_quotes

__all__ = ["COLUMNS", "to_csv", "to_frame", "to_json", "to_markdown", "verify_quotes"]
