"""nginx as an operator runs it: the configuration that is shipped, in processes and a folder of its own."""

import grp
import os
import pwd
import signal
import subprocess
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.served import free_port
from tests.system import nginx_program

SHIPPED = Path(__file__).parent.parent / "deploy" / "nginx.conf"
HOST = "127.0.0.1"
SECONDS_TO_START = 20.0
SECONDS_BETWEEN_LOOKS = 0.02
AROUND = """
{user}
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{}}
http {{
    access_log off;
    keepalive_requests 1000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/memory-road.conf;
}}
"""
"""What the system's own nginx.conf would say, with all files below ``folder``."""


@dataclass(slots=True)
class Nginx:
    """nginx before the server on ``behind``, a port of the loopback address. Everything it keeps is below
    ``folder``."""

    folder: Path
    behind: int
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """The site's address, without a slash at its end."""
        return f"http://{HOST}:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def configure(self) -> None:
        """Write the configuration that is shipped, with ports, host and folders of this machine."""
        self.folder.mkdir(parents=True, exist_ok=True)
        written = SHIPPED.read_text(encoding="utf-8")
        for shipped, ours in {
            "127.0.0.1:8000": f"{HOST}:{self.behind}",
            "127.0.0.1:8001": f"{HOST}:{free_port()}",
            "/var/cache/nginx": str(self.folder),
            "/etc/nginx/memory-road.listen": str(self.folder / "memory-road.listen"),
            "server_name memory.example.org": f"server_name {HOST}",
        }.items():
            assert shipped in written, f"{SHIPPED.name} no longer says {shipped}."
            written = written.replace(shipped, ours)
        (self.folder / "memory-road.conf").write_text(written, encoding="utf-8")
        (self.folder / "memory-road.listen").write_text(f"listen {HOST}:{self.port};\n", encoding="utf-8")
        (self.folder / "nginx.conf").write_text(AROUND.format(folder=self.folder, user=_user()), encoding="utf-8")

    def complaints(self) -> str:
        """What ``nginx -t`` says of the configuration."""
        done = subprocess.run([*self._command(), "-t"], capture_output=True, text=True, check=False)
        return "" if done.returncode == 0 and "[warn]" not in done.stderr else done.stderr

    def start(self) -> "Nginx":
        """Start it and wait until it takes connections."""
        self.configure()
        self._process = subprocess.Popen(self._command(), stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + SECONDS_TO_START
        while not self._listens():
            assert self._process.poll() is None, (self.folder / "nginx.log").read_text(encoding="utf-8")
            assert time.monotonic() < deadline, "nginx does not answer"
            time.sleep(SECONDS_BETWEEN_LOOKS)
        return self

    def stop(self) -> None:
        """End it with all its processes."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait()
            self._process = None

    def _command(self) -> list[str]:
        program = nginx_program()
        assert program is not None, "This needs nginx: `make test` says how to get it."
        log = str(self.folder / "nginx.log")
        return [str(program), "-p", str(self.folder), "-c", str(self.folder / "nginx.conf"), "-e", log]

    def _listens(self) -> bool:
        connection = HTTPConnection(HOST, self.port, timeout=SECONDS_TO_START)
        try:
            connection.connect()
        except OSError:
            return False
        finally:
            connection.close()
        return True


def _user() -> str:
    """Run by root, nginx would work as somebody else, who cannot look into our folders."""
    if os.geteuid() != 0:
        return ""
    return f"user {pwd.getpwuid(0).pw_name} {grp.getgrgid(os.getegid()).gr_name};"
