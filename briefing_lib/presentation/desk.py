"""The table as a desk in JupyterLab: sort, filter, search, choose a row and see its evidence, decide on it.

The widgets are ipywidgets' and itables'. What cannot run any (a page, a PDF, a run by papermill) shows the table.
"""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from briefing_lib.assessment.corrections import FIELDS, value_of
from briefing_lib.assessment.review import quotes_of
from briefing_lib.errors import BriefingError
from briefing_lib.models import Case, DecisionKind, Document, FollowThrough, Passage
from briefing_lib.presentation.case_table import case_table
from briefing_lib.presentation.evidence import evidence_cards, source_line
from briefing_lib.presentation.front import case_words
from briefing_lib.presentation.markup import Block, Child, tag, together
from briefing_lib.presentation.reviews import decisions_notice, review_words
from briefing_lib.presentation.table import passages_of
from briefing_lib.wording import STATUS_WORDS, in_words, target_of

PAGE_LENGTH = 15
# Each column with its share of the width, so that the outcome is in sight beside a long act.
_COLUMNS = {"No.": "5%", "Sender": "12%", "Target": "12%", "What was threatened": "27%", "Made": "13%",
            "Outcome": "12%", "Basis": "8%", "Analyst": "11%"}  # fmt: skip
_TABLE: Mapping[str, Any] = {
    "select": "single",
    "showIndex": False,
    "maxBytes": 0,
    "pageLength": PAGE_LENGTH,
    # Without itables' own "nowrap".
    "classes": "display compact",
    "style": "table-layout:fixed;width:100%",
    "autoWidth": False,
    "columnDefs": [
        *({"targets": place, "width": width} for place, width in enumerate(_COLUMNS.values())),
        # Rows are numbered by day of issue, and "9 August" as text would come after "10 May".
        {"targets": list(_COLUMNS).index("Made"), "orderData": [0]},
    ],
    "column_filters": "footer",
    "layout": {"topStart": "search", "topEnd": "info", "bottomStart": None, "bottomEnd": "paging"},
}
_STYLE = """
.briefing-desk { line-height: 1.45; }
table.dataTable tfoot input { width: 100%; box-sizing: border-box; }
.briefing-desk mark { background: #fff0b8; color: #1d1d1b; }
.briefing-desk blockquote { margin: .3rem 0; padding-left: .8rem; border-left: 3px solid #d55e00; }
.briefing-desk .context, .briefing-desk .card-source { color: var(--jp-ui-font-color2, #5a5a57); }
.briefing-desk ul.cards { list-style: none; padding: 0; }
.briefing-desk .card-label { font-weight: 600; margin: .6rem 0 0; }
.briefing-desk .whole { white-space: pre-wrap; max-height: 22rem; overflow: auto; }
.briefing-desk p { margin: .3rem 0; }
"""
NOTHING_CHOSEN = "Choose a row to see its evidence."


@dataclass(frozen=True, slots=True)
class Asked:
    """What an analyst asked for at the desk: which case, what to do, who and why, and the rest that its kind needs."""

    case: str
    kind: DecisionKind
    by: str
    why: str
    fields: Mapping[str, str]
    into: str = ""
    parts: tuple[str, ...] = ()


class Desk:
    """The table with its widgets; ``found`` is the table as it stands after the decisions taken here."""

    def __init__(self, found: FollowThrough, *, by: str, decide: Callable[[Asked], FollowThrough]) -> None:
        """Build the widgets; ``decide`` writes a decision down and returns the table after it."""
        import ipywidgets
        from itables.widget import ITable

        self.found = found
        self._decide = decide
        self.table = ITable(_frame(found), selected_rows=[], **_TABLE)
        self.evidence = ipywidgets.HTML(NOTHING_CHOSEN)
        self.message = ipywidgets.HTML("")
        self.by = ipywidgets.Text(by, description="By")
        wide = ipywidgets.Layout(width="32rem")
        self.why = ipywidgets.Text("", description="Why", placeholder="The reason, in words", layout=wide)
        self.field = ipywidgets.Dropdown(options=list(FIELDS), value="status", description="Field")
        self.value = ipywidgets.Combobox("", description="Value", options=FIELDS["status"].choices)
        self.into = ipywidgets.Dropdown(options=[("–", "")], description="Into", layout=wide)
        self.parts = ipywidgets.SelectMultiple(options=[], description="Quotes", layout=wide)
        self.buttons = {kind: ipywidgets.Button(description=kind.value.capitalize()) for kind in DecisionKind}
        self.view = self._arranged(ipywidgets)
        self.table.observe(self._chosen, "selected_rows")
        self.field.observe(self._field_chosen, "value")
        for kind, button in self.buttons.items():
            button.on_click(lambda _, kind=kind: self.take(kind))
        self._chosen()

    @property
    def case(self) -> Case | None:
        """The case whose row is chosen."""
        rows = self.table.selected_rows
        return self.found.cases[rows[0]] if rows and rows[0] < len(self.found.cases) else None

    def take(self, kind: DecisionKind) -> None:
        """Take a decision of a kind on the chosen case, with what the widgets say; what is wrong is shown."""
        case = self.case
        if case is None:
            self.message.value = str(tag("p", NOTHING_CHOSEN))
            return
        fields = {self.field.value: self.value.value} if kind is DecisionKind.CORRECT else {}
        asked = Asked(
            case.id, kind, self.by.value, self.why.value, fields,
            into=self.into.value if kind is DecisionKind.MERGE else "",
            parts=tuple(self.parts.value) if kind is DecisionKind.SPLIT else (),
        )  # fmt: skip
        try:
            self.found = self._decide(asked)
        except (BriefingError, OSError) as error:
            self.message.value = str(tag("p", tag("b", "Not done: "), str(error)))
            return
        self.message.value = str(tag("p", f"{kind.value}: {case_words(case)}"))
        self.why.value = ""
        self._shown_again(case.id)

    def _shown_again(self, chosen: str) -> None:
        place = next((number for number, case in enumerate(self.found.cases) if case.id == chosen), None)
        # With all options: itables takes those that are not named back to its own. On the page of the row, by an
        # option of DataTables that itables passes on but does not list.
        options = {**_TABLE, "displayStart": (place or 0) // PAGE_LENGTH * PAGE_LENGTH}
        with warnings.catch_warnings(action="ignore", category=SyntaxWarning):
            self.table.update(_frame(self.found), selected_rows=[] if place is None else [place], **options)
        self._chosen()

    def _chosen(self, _: object = None) -> None:
        case = self.case
        for button in self.buttons.values():
            button.disabled = case is None
        self.evidence.value = str(
            together(tag("style", Markup(_STYLE)), tag("div", self._of(case), class_="briefing-desk"))
        )
        if case is None:
            return
        self.into.options = [("–", ""), *((case_words(one), one.id) for one in self.found.cases if one is not case)]
        self.parts.options = [one.quote for one in quotes_of((*case.threats, *case.outcomes))]
        self._field_chosen()

    def _of(self, case: Case | None) -> Child:
        if case is None:
            return together(tag("p", NOTHING_CHOSEN), decisions_notice(self.found))
        documents = {passage.document.id: passage.document for passage in passages_of(case)}
        whole = (_whole(document, passages_of(case)) for document in documents.values())
        return (tag("h3", case_words(case)), evidence_cards(case), whole)

    def _field_chosen(self, _: object = None) -> None:
        self.value.options = FIELDS[self.field.value].choices
        self.value.value = value_of(self.case, self.field.value) if self.case else ""

    def _arranged(self, ipywidgets: Any) -> Any:
        buttons, row = self.buttons, ipywidgets.HBox
        lines = [
            row([self.by, self.why]),
            row([buttons[DecisionKind.CONFIRM], buttons[DecisionKind.REJECT]]),
            row([self.field, self.value, buttons[DecisionKind.CORRECT]]),
            row([self.into, buttons[DecisionKind.MERGE]]),
            row([self.parts, buttons[DecisionKind.SPLIT]]),
            self.message,
        ]
        decide = ipywidgets.Accordion([ipywidgets.VBox(lines)], titles=["Decide on the chosen row"])
        return ipywidgets.VBox([self.table, self.evidence, decide])

    def __repr__(self) -> str:
        """Return the table as text."""
        return case_table(self.found).text

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return the widgets for JupyterLab, and the table for what runs none."""
        bundle = self.view._repr_mimebundle_()
        data: dict[str, Any] = bundle[0] if isinstance(bundle, tuple) else bundle
        block: Block = case_table(self.found)
        return {**data, "text/html": str(block.html), "text/plain": block.text}


def _frame(found: FollowThrough) -> Any:
    import pandas as pd

    rows = [
        {
            "No.": number,
            "Sender": case.sender.name,
            "Target": target_of(case) or "–",
            "What was threatened": case.act,
            "Made": in_words(case.issued),
            "Outcome": STATUS_WORDS[case.status],
            "Basis": case.basis.value,
            "Analyst": review_words(case),
        }
        for number, case in enumerate(found.cases, start=1)
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _whole(document: Document, passages: tuple[Passage, ...]) -> Markup:
    """Return a document's own text, from first word to last, with the passages in it marked."""
    parts: list[Child] = []
    place = 0
    for passage in sorted((one for one in passages if one.document.id == document.id), key=lambda one: one.start):
        start = max(passage.start, place)
        if start >= passage.end:
            continue
        parts += [document.text[place:start], tag("mark", document.text[start : passage.end])]
        place = passage.end
    parts.append(document.text[place:])
    summary = f"The whole text: {source_line(document) or document.path}"
    return tag("details", tag("summary", summary), tag("div", parts, class_="whole"))
