"""Each example in docs/scheduling is what its program reads, and says what this version understands."""

import ast
import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
import typer
import yaml
from croniter import croniter

from briefing_lib import cli
from briefing_lib.console import Exit
from briefing_lib.publishing.execution import load
from briefing_lib.publishing.exporters import BriefingHTMLExporter
from briefing_lib.publishing.parameters import chosen, parameters_of

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "scheduling"
SOMEWHERE = "/srv/briefings"
# airflow/providers/papermill/operators/papermill.py, 3.12; the rest is BaseOperator's.
OF_PAPERMILL = {"input_nb", "output_nb", "parameters", "kernel_name", "language_name", "kernel_conn_id", "log_output"}
OF_PAPERMILL |= {"nbconvert", "nbconvert_args", "task_id"}
GROUP = typer.main.get_command(cli.app)


with_a_shell = pytest.mark.skipif(os.name == "nt", reason="cron, systemd and the runner's shell are of Unix")


def text_of(name):
    return (FOLDER / name).read_text("utf-8")


def understood(line):
    """Let the command read a line's words, without running it, and return its options."""
    words = shlex.split(line)
    (place,) = (number for number, word in enumerate(words) if word.endswith("briefing"))
    command, *rest = words[place + 1 :]
    return GROUP.commands[command].make_context(command, rest).params


def commands_in(text):
    return [found.strip() for found in re.findall(r"(?:^|[\s{/])(briefing (?:render|bundle|status)[^\n|;&]*)", text)]


def test_the_page_names_each_example_and_the_code_for_nothing_changed():
    page = (ROOT / "docs" / "scheduling.md").read_text("utf-8")
    assert set(re.findall(r"\(scheduling/([\w.-]+)\)", page)) == {path.name for path in FOLDER.iterdir()}
    assert f"ends with {Exit.UNCHANGED.value}" in page
    assert f"skip_on_exit_code={Exit.UNCHANGED.value}" in page
    (block,) = re.findall(r'bash_command="(.*?)"', page)
    assert understood(block.split("&& ")[1].replace("{{ ds }}", "2020-06-24"))["if_changed"]


@with_a_shell
def test_the_crontab():
    lines = [line for line in text_of("crontab").splitlines() if line and line[0] != "#" and "=" not in line.split()[0]]
    (line,) = lines
    *when, command = line.split(maxsplit=5)
    assert croniter.is_valid(" ".join(when))
    # Cron takes a bare % for the end of the line.
    assert "%" not in command
    subprocess.run(["sh", "-n", "-c", command], check=True)
    assert f"[ $? -eq {Exit.UNCHANGED.value} ]" in command
    (asked,) = map(understood, commands_in(command))
    assert asked["if_changed"]
    assert asked["quiet"]


@pytest.mark.parametrize(("code", "ends"), [(Exit.OK, 0), (Exit.UNCHANGED, 0), (Exit.FAILED, 1), (Exit.NO_PDF, 1)])
@with_a_shell
def test_cron_is_told_of_what_failed_alone(code, ends, tmp_path):
    command = text_of("crontab").splitlines()[-1].split(maxsplit=5)[-1].replace(SOMEWHERE, str(tmp_path))
    a_program(tmp_path / ".venv" / "bin" / "briefing", f"exit {code.value}")
    assert subprocess.run(["sh", "-c", command], check=False).returncode == ends


def a_program(path, does):
    path.parent.mkdir(parents=True)
    path.write_text(f"#!/bin/sh\n{does}\n", "utf-8")
    path.chmod(0o755)


@with_a_shell
def test_the_systemd_timer(tmp_path):
    units = {}
    for name in ("briefing.service", "briefing.timer"):
        units[name] = configparser.ConfigParser(interpolation=None)
        units[name].optionxform = str
        units[name].read_string(text_of(name))
    service, timer = units["briefing.service"]["Service"], units["briefing.timer"]["Timer"]
    assert timer["Persistent"] == "true"
    assert service["SuccessExitStatus"] == str(Exit.UNCHANGED.value)
    assert understood(service["ExecStart"])["if_changed"]
    if program := shutil.which("systemd-analyze"):
        a_program(tmp_path / ".venv" / "bin" / "briefing", "exit 0")
        for name in units:
            (tmp_path / name).write_text(text_of(name).replace(SOMEWHERE, str(tmp_path)), "utf-8")
        words = [program, "verify", *(str(tmp_path / name) for name in units)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        subprocess.run([program, "calendar", timer["OnCalendar"]], check=True, capture_output=True)


@with_a_shell
def test_the_workflow_of_github_actions():
    program = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    done = subprocess.run([*program, str(FOLDER / "github-actions.yml")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    # YAML reads the bare key "on" as true.
    workflow = yaml.safe_load(text_of("github-actions.yml"))
    assert all(croniter.is_valid(one["cron"]) for one in workflow[True]["schedule"])
    steps = workflow["jobs"]["render"]["steps"]
    scripts = [step["run"] for step in steps if "run" in step]
    for script in scripts:
        subprocess.run(["bash", "-n", "-c", script], check=True)
    assert (ROOT / "constraints.txt").is_file()
    (render, bundle) = map(understood, commands_in("\n".join(scripts)))
    assert render["as_json"]
    assert str(bundle["to"]) in steps[-1]["with"]["path"]


class Dag:
    """Airflow's parts as far as the example uses them: it is too large to install for a test."""

    made = ()
    last = None

    def __init__(self, **options):
        self.options = options
        Dag.made, Dag.last = (), self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


class Operator:
    def __init__(self, **options):
        self.options = options
        Dag.made = (*Dag.made, self)

    def __rshift__(self, other):
        return other


@pytest.fixture
def operators():
    """The operators that the example makes, by the names of Airflow's own modules."""
    code = text_of("airflow_dag.py")
    tree = ast.parse(code)
    imported = {
        node.module: [name.name for name in node.names] for node in tree.body if isinstance(node, ast.ImportFrom)
    }
    assert {name: imported[name] for name in imported if name.startswith("airflow")} == {
        "airflow": ["DAG"],
        "airflow.providers.papermill.operators.papermill": ["PapermillOperator"],
        "airflow.providers.standard.operators.bash": ["BashOperator"],
    }
    own = [node for node in tree.body if not (isinstance(node, ast.ImportFrom) and node.module.startswith("airflow"))]
    names = {"DAG": Dag, "PapermillOperator": Operator, "BashOperator": Operator}
    exec(compile(ast.Module(own, []), "airflow_dag.py", "exec"), names)
    return {one.options["task_id"]: one.options for one in Dag.made}


def test_the_dag_of_airflow(operators):
    run, export = operators["run"], operators["export"]
    assert run.keys() <= OF_PAPERMILL
    assert croniter.is_valid(Dag.last.options["schedule"])
    notebook = ROOT / Path(run["input_nb"]).relative_to(SOMEWHERE)
    known = parameters_of(load(notebook), name=notebook.name)
    assert chosen(known, {**run["parameters"], "as_of": "2020-06-24"}, notebook=notebook.name)
    assert (ROOT / Path(run["parameters"]["sources"]).relative_to(SOMEWHERE)).is_dir()
    assert re.findall(r"--to (\w+) (.+?\.ipynb)", export["bash_command"]) == [
        ("briefing", run["output_nb"]),
        ("briefing_pdf", run["output_nb"]),
    ]


def test_what_airflow_runs_gives_our_page(operators, collection, tmp_path):
    """As PapermillOperator calls papermill, on a small collection."""
    run = operators["run"]
    ran = tmp_path / "ran.ipynb"
    notebook = ROOT / Path(run["input_nb"]).relative_to(SOMEWHERE)
    parameters = {**run["parameters"], "sources": str(collection.resolve()), "as_of": "2021-03-31"}
    papermill.execute_notebook(str(notebook), str(ran), parameters=parameters, progress_bar=False, report_mode=True)
    html, _ = BriefingHTMLExporter().from_notebook_node(nbformat.read(ran, as_version=4))
    assert "TLP:GREEN" in html
    assert 'class="cases"' in html
