"""On which service a run takes place, and how it names files and lines."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Literal

from pmlint.namedtuples import NamedTuple

Service = Literal["", "github", "gitlab"]


class Surroundings(NamedTuple):
    """What a run needs to know of the machine it is on; no secret is read."""

    service: Service
    here: str
    """The working folder, absolute and without links."""
    root: str
    """The top of the checkout; the working folder where there is none."""
    link: str
    """``https://…/blob/COMMIT/``: put a path behind it. Empty where it is not known."""


def surroundings(environ: Mapping[str, str] | None = None) -> Surroundings:
    """The service and the top of the checkout, from the environment."""
    environ = os.environ if environ is None else environ
    here = os.path.realpath(".")
    service: Service = ""
    root = link = ""
    if environ.get("GITHUB_ACTIONS") == "true":
        service, root = "github", environ.get("GITHUB_WORKSPACE", "")
        project = f"{environ.get('GITHUB_SERVER_URL', '')}/{environ.get('GITHUB_REPOSITORY', '')}"
        link = _link(project, "blob", environ.get("GITHUB_SHA", ""))
    elif environ.get("GITLAB_CI"):
        service, root = "gitlab", environ.get("CI_PROJECT_DIR", "")
        project = environ.get("CI_PROJECT_URL", "")
        link = _link(project, "-/blob", environ.get("CI_COMMIT_SHA", ""))
    if root and os.path.isabs(root):
        return Surroundings(service, here, os.path.realpath(root), link)
    from pmlint.files.discovery import repository

    return Surroundings(service, here, repository(here) or here, link)


def _link(project: str, way: str, commit: str) -> str:
    """Only what looks like an address becomes one."""
    known = re.fullmatch(r"https?://[\w.:/~-]+", project, re.ASCII)
    return f"{project}/{way}/{commit}/" if known and re.fullmatch(r"[0-9a-f]{7,64}", commit) else ""
