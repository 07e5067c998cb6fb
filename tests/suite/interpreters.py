"""The supported interpreters, those of them found here, and an environment for each."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# A name on the path may be a shim for an interpreter that is not there, or one without venv.
TRIAL = "import ensurepip, sqlite3, ssl, venv"


def supported() -> list[str]:
    """Read the versions from pyproject.toml: ">=3.11,<3.14" means 3.11, 3.12 and 3.13."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    first, beyond = (int(minor) for minor in re.findall(r"3\.(\d+)", project["requires-python"]))
    return [f"3.{minor}" for minor in range(first, beyond)]


def own_version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def found() -> dict[str, str]:
    """Every supported version found here with its interpreter; the default comes first."""
    paths = {version: find(version) for version in supported()}
    here = {version: path for version, path in paths.items() if path}
    if not here:
        sys.exit(f"None of the supported versions of Python was found: {', '.join(supported())}.")
    default = own_version() if own_version() in here else max(here)
    return {default: here.pop(default), **here}


def find(version: str) -> str | None:
    if version == own_version():
        return sys.executable
    return next((path for path in candidates(version) if runs(path)), None)


def candidates(version: str) -> Iterator[str]:
    name = f"python{version}"
    if on_path := shutil.which(name):
        yield on_path
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from (str(path) for path in sorted(pyenv.glob(f"versions/{version}.*/bin/{name}")))


def runs(interpreter: str) -> bool:
    return subprocess.run([interpreter, "-c", TRIAL], capture_output=True).returncode == 0


def environments(interpreters: dict[str, str]) -> list[Path]:
    """Make a development environment for each interpreter, all at once; return their Pythons."""
    jobs = {version: make_environment(path) for version, path in interpreters.items()}
    for version, job in jobs.items():
        output, _ = job.communicate()
        if job.returncode:
            sys.exit(f"The environment for Python {version} could not be made:\n{output}")
    return [ROOT / f".venv-dev-{version}" / "bin" / "python" for version in jobs]


def make_environment(interpreter: str) -> subprocess.Popen[str]:
    # The outer make's flags are not meant for this one.
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    command = ["make", "--silent", "dev", f"PYTHON={interpreter}"]
    return subprocess.Popen(
        command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
