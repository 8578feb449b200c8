"""What is installed is whole: every file beside the source that the program reads comes with the package."""

import subprocess
import tomllib
from fnmatch import fnmatch
from pathlib import PurePath

from tests.architecture.source import ROOMS, ROOT

NOT_READ = {"service/console/babel.cfg", "service/console/vendor.sh"}
"""Files for those who work on the console, which the running service never opens."""


def test_every_file_beside_the_source_is_package_data():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"]
    patterns = [f"{room}/{pattern}" for room, globs in declared.items() for pattern in globs]
    listed = subprocess.run(["git", "ls-files", *ROOMS], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    files = {name for name in listed.splitlines() if PurePath(name).suffix != ".py"} - NOT_READ

    assert sorted(file for file in files if not any(fnmatch(file, pattern) for pattern in patterns)) == []
