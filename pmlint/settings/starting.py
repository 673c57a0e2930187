"""The files that ``pmlint init`` writes: configuration, a pre-commit entry, a CI workflow."""

from __future__ import annotations

import os

from pmlint.namedtuples import NamedTuple


class Planned(NamedTuple):
    """A file to write."""

    path: str
    text: str
    told: str
    """What it is for."""


def planned(template: str, *, pre_commit: bool, ci: str, baseline: bool) -> list[Planned]:
    """The files of a set-up, in the order in which they are written."""
    files = [Planned("pmlint.toml", configuration(template, baseline=baseline), "configuration")]
    if pre_commit:
        files.append(Planned(".pre-commit-config.yaml", PRE_COMMIT, "hook of pre-commit"))
    if ci == "github":
        files.append(Planned(os.path.join(".github", "workflows", "pmlint.yml"), GITHUB, "CI"))
    elif ci == "gitlab":
        files.append(Planned(".gitlab-ci.yml", GITLAB, "CI"))
    return files


def configuration(template: str, *, baseline: bool) -> str:
    """The text of ``pmlint.toml``."""
    text = CONFIGURATION.replace("TEMPLATE", template)
    return text.replace('# baseline = "', 'baseline = "') if baseline else text


CONFIGURATION = """\
# Settings of pmlint; `pmlint config` shows what is in force, `pmlint config --keys` all keys.

# Required parts, their order, and the rules that are on: `pmlint templates` lists them.
template = "TEMPLATE"

# The team's zone decides what IST or CST mean.
# home-zone = "Europe/Berlin"

# Findings that are known and not reported: `pmlint check --update-baseline` writes the file.
# baseline = "pmlint-baseline.json"

# Of the Markdown found in folders, only this.
# include = ["docs/postmortems/**"]

# Levels and parameters by rule: `pmlint explain PM602` tells what a rule has.
# [rules]
# vague-task = "error"

# Drafts are told what is missing, and fail no run.
# [[overrides]]
# status = ["draft"]
# max-level = "warning"
"""

PRE_COMMIT = """\
repos:
  - repo: local
    hooks:
      - id: pmlint
        name: pmlint
        entry: pmlint check --no-incident skip --
        language: system
        files: >-
          (?xi)
          (post[-_. ]?mortem|incident|outage|root[-_. ]?cause|0x1[49])
          [^/]*(/.*)?\\.(md|markdown)$
        require_serial: true
"""

GITHUB = """\
name: pmlint
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  postmortems:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
      - uses: actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065 # v5.6.0
        with:
          python-version: "3.12"
      - run: python -m pip install pmlint
      - run: pmlint check --format github .
"""

GITLAB = """\
pmlint:
  image: python:3.12-slim
  script:
    - python -m pip install pmlint
    - pmlint check -o gitlab=pmlint.json .
  artifacts:
    when: always
    reports:
      codequality: pmlint.json
"""
