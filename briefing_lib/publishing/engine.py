"""Papermill's engine for a kernel that was started before: papermill by itself starts one, and ends it.

Imported when a kernel is on its way: papermill takes as long to import as a kernel takes to start.
"""

from typing import Any

from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
from papermill.log import logger

from briefing_lib.publishing.kernels import Kernel, kill, wait_until_ready

NAME = "briefing"


class StartedKernelEngine(Engine):  # type: ignore[misc, unused-ignore]
    """Runs the cells in the kernel that it is given, and kills that."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, kernel_name: str, **options: Any) -> None:
        """Run the cells; papermill saves the notebook before the first of them and after the last."""
        kernel: Kernel = options["kernel"]
        runner = PapermillNotebookClient(
            nb_man,
            km=kernel.manager,
            kernel_name=kernel_name,
            timeout=options["execution_timeout"],
            on_cell_start=options["on_cell_start"],
            log=logger,
        )
        runner.kc = kernel.client
        place, nb_man.output_path = nb_man.output_path, None
        try:
            wait_until_ready(kernel)
            runner.execute()
        finally:
            kill(kernel.manager)
            nb_man.output_path = place


papermill_engines.register(NAME, StartedKernelEngine)
