"""Notebook jobs in JupyterLab (jupyter-scheduler) whose outputs are the briefing's own HTML and PDF.

Named in the server's configuration, which `briefing lab` gives by itself: `lab_options` lists it. jupyter-scheduler by
itself writes parameters unquoted, offers notebook and plain HTML only, and runs a copy of the notebook away from the
project, where no sources are found.
"""

from pathlib import Path
from typing import Any

import nbformat
from jupyter_scheduler.environments import CondaEnvironmentManager
from jupyter_scheduler.executors import DefaultExecutionManager

from briefing_lib.publishing.execution import execute, load, ready_to_run
from briefing_lib.publishing.exporters import BriefingHTMLExporter
from briefing_lib.publishing.parameters import converted, parameters_of
from briefing_lib.publishing.pdf import to_pdf
from briefing_lib.publishing.workspaces import workspace

# Each key is the extension of its file.
FORMATS = {"ipynb": "Notebook", "html": "Briefing (HTML)", "pdf": "Briefing (PDF)"}


class BriefingEnvironments(CondaEnvironmentManager):  # type: ignore[misc, unused-ignore]
    """The environments that jupyter-scheduler finds, each with our formats."""

    def list_environments(self) -> list[Any]:
        """Return the environments."""
        found = super().list_environments()
        for environment in found:
            environment.output_formats = list(FORMATS)
        return list(found)

    def output_formats_mapping(self) -> dict[str, str]:
        """Return each format with the name that people see."""
        return dict(FORMATS)


class BriefingExecution(DefaultExecutionManager):  # type: ignore[misc, unused-ignore]
    """Runs a job as `briefing render` runs a notebook: parameters checked, every cell run, in the server's folder."""

    def execute(self) -> None:
        """Run the job's notebook and write each output that was asked for.

        Raises
        ------
        UnknownParameter
            The notebook takes no such parameter, or the value is of another type.
        NotebookFailed
            A cell raised, hung or never ran; the notebook as far as it ran is among the outputs.
        """
        job = self.model
        staged = Path(self.staging_paths["input"])
        written = [(name, str(value)) for name, value in (job.parameters or {}).items()]
        parameters = converted(parameters_of(load(staged), name=staged.name), written, notebook=staged.name)
        ran = staged.with_name(f".{staged.name}")
        try:
            with workspace() as own, ready_to_run(staged, workspace=own, folder=Path(self.root_dir)) as ready:
                execute(ready, parameters=parameters, to=ran)
        finally:
            if ran.exists():
                self._write(ran, job.output_formats or ())
                ran.unlink()

    def _write(self, ran: Path, formats: Any) -> None:
        notebook = nbformat.read(ran, as_version=4)  # type: ignore[no-untyped-call]
        exporter = BriefingHTMLExporter()  # type: ignore[no-untyped-call]
        html, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": Path(self.model.input_filename).stem}})
        for name in formats:
            place = Path(self.staging_paths[name])
            if name == "pdf":
                place.write_bytes(to_pdf(html).content)
            else:
                place.write_text(html if name == "html" else ran.read_text("utf-8"), "utf-8", newline="\n")
