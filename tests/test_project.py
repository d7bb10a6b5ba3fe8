"""The files around the package agree with each other."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
# Needs a browser and nothing else (not the accessibility checker, which npm brings).
WITH_A_BROWSER = "tests/browser/test_browser_work_map.py"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LOWEST = re.compile(r"(?P<name>[\w.-]+)(?:\[[\w,]+\])?>=(?P<version>[\d.]+)")


def pinned(name):
    """Package -> the versions that a constraints file allows (markers aside)."""
    found = {}
    for line in (ROOT / ".ci" / name).read_text("utf-8").splitlines():
        if match := re.match(r"([\w.-]+)==([\w.]+)", line):
            found.setdefault(match[1], set()).add(match[2])
    return found


def as_numbers(version):
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return numbers


def lower_bounds(lines):
    found = {}
    for line in lines:
        if line.startswith("kkbpk-geo["):
            continue
        match = LOWEST.fullmatch(line)
        assert match, f"{line!r} is not of the form name>=version"
        found[match["name"]] = match["version"]
    return found


def test_the_oldest_versions_tested_are_the_lower_bounds_promised():
    oldest = pinned("constraints-oldest.txt")
    promised = lower_bounds([*PROJECT["dependencies"], *EXTRAS["test"]])
    for name, version in promised.items():
        (found,) = oldest[name]
        if name.startswith("xstatic"):  # their versions have four parts
            assert as_numbers(found)[:2] == as_numbers(version)
        else:
            assert as_numbers(found) == as_numbers(version), name


def test_every_dependency_is_locked_for_ci_and_the_demo():
    newest = pinned("constraints.txt")
    for lines in (PROJECT["dependencies"], *EXTRAS.values()):
        for name in lower_bounds(lines):
            assert name in newest, f"run make constraints: {name} is not locked"


@pytest.mark.parametrize("name", ["constraints.txt", "constraints-oldest.txt"])
def test_constraints_name_no_host_and_no_path(name):
    text = (ROOT / ".ci" / name).read_text("utf-8")
    assert "make constraints" in text
    assert "://" not in text
    assert " /" not in text.replace("# via", "")


def test_the_citation_names_the_version_of_the_package():
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"\nversion: {PROJECT['version']}\n" in text


def test_the_contributors_targets_exist():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    made = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    said = set()
    for path in (ROOT / "CONTRIBUTING.md", ROOT / ".ci" / "run"):
        text = path.read_text("utf-8")
        said |= set(re.findall(r"(?:^    make|^step|`make) ([a-z-]+)", text, re.M))
    assert {"demo", "test", "lint", "bench", "notebooks"} <= said
    assert said <= made


def test_notebooks_are_kept_without_outputs_and_define_nothing():
    for path in NOTEBOOKS:
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if cell["cell_type"] != "code":
                continue
            assert cell["outputs"] == [], path.name
            assert cell["execution_count"] is None, path.name
            source = "".join(cell["source"])
            assert not re.search(r"^(def|class) ", source, re.MULTILINE), path.name


@pytest.mark.parametrize(
    ("required", "code", "word"),
    [("1", 1, "REQUIRE_BROWSER=1, but"), ("", 0, "skipped")],
)
def test_a_missing_browser_is_a_skip_with_a_reason_and_a_failure_in_ci(
    required, code, word
):
    nowhere = {"PATH": "", "CHROMIUM": "", "KKBPK_REQUIRE_BROWSER": required}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", WITH_A_BROWSER],
        cwd=ROOT,
        env={**os.environ, **nowhere},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout
    assert "Chromium is not installed" in done.stdout
    assert word in done.stdout
