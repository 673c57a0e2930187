"""The packages that pmlint needs at run time, as CycloneDX 1.5: ``python scripts/sbom.py``."""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> int:
    """Print the bill of materials of the installed packages."""
    import tomllib

    from pmlint import __version__

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed, pending = {}, [name_of(word) for word in project["dependencies"]]
    while pending:
        name = pending.pop()
        if name in needed:
            continue
        try:
            found = distribution(name)
        except PackageNotFoundError:
            print(f"{name} is not installed", file=sys.stderr)
            return 1
        needed[name] = found
        pending += [name_of(word) for word in found.requires or () if ";" not in word]
    components = [
        {
            "type": "library",
            "name": name,
            "version": found.version,
            "purl": f"pkg:pypi/{name}@{found.version}",
            "licenses": [{"license": {"name": licence_of(found.metadata)}}],
        }
        for name, found in sorted(needed.items())
    ]
    told = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "pmlint",
                "version": __version__,
                "purl": f"pkg:pypi/pmlint@{__version__}",
            }
        },
        "components": components,
    }
    print(json.dumps(told, indent=2))
    return 0


def name_of(requirement: str) -> str:
    """The name of a package, as PyPI writes it."""
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match is not None
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def licence_of(metadata: object) -> str:
    """What a package says of its licence, in one line."""
    get = metadata.get  # type: ignore[attr-defined]
    told = get("License-Expression") or get("License") or ""
    for line in metadata.get_all("Classifier") or ():  # type: ignore[attr-defined]
        if not told and line.startswith("License ::"):
            told = line.rpartition(" :: ")[2]
    return str(told).partition("\n")[0] or "see the package"


if __name__ == "__main__":
    sys.exit(main())
