"""`briefing evaluate`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from briefing_lib import console
from briefing_lib.desk.clock import day
from briefing_lib.desk.options import Debug, Extractor


class Part(StrEnum):
    """A part of a folder of annotations."""

    DOCUMENTS = "documents"
    SENTENCES = "sentences"
    STORIES = "stories"


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(metavar="GOLD", help="A folder of annotations: docs/, stories/, *.jsonl.", show_default=False),
    ],
    *,
    baseline: Annotated[Path | None, typer.Option("--baseline", help="Compare with what --save kept.")] = None,
    save: Annotated[Path | None, typer.Option("--save", help="Keep what is found, as a baseline.")] = None,
    write: Annotated[
        Path | None,
        typer.Option("--write", help="Write the figures, and no quote, as Markdown, and as JSON beside it."),
    ] = None,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day to write in it; today if not given.")] = "",
    only: Annotated[list[Part] | None, typer.Option("--only", help="Score this part only; may be repeated.")] = None,
    extractor: Extractor = "rules",
    debug: Debug = False,
) -> None:
    """Score what is found in annotated texts.

    It prints quotes of the annotated texts, and --save keeps them; what
    --write writes is figures alone.
    """
    with console.told(debug=debug):
        import json
        from importlib.metadata import version as version_of

        from briefing_lib import evaluation
        from briefing_lib.extraction import extractor_named
        from briefing_lib.writing import write_whole

        made_on = day(on)
        with console.progress(shown=True) as line:
            card = evaluation.evaluate(
                gold,
                baseline=baseline,
                only=[part.value for part in only] if only else evaluation.PARTS,
                extractor=extractor_named(extractor),
                on_text=lambda number, total: line.show(f"{gold}: text {number} of {total} …"),
            )
        if save:
            write_whole(save, evaluation.to_json(card.predictions))
        if write:
            version = version_of("briefing-lib")
            write_whole(write, evaluation.to_markdown(card, version=version, made_on=made_on))
            figures = json.dumps(evaluation.to_figures(card, version=version, made_on=made_on), indent=2)
            write_whole(write.with_suffix(".json"), f"{figures}\n")
        console.say(console.neutral(evaluation.to_text(card)))
        console.tell_all(card.notes)
