"""Starting Datasette over a copy of the database, and writing the copy with its configuration for publishing elsewhere."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from transfers.errors import DatabaseError, InputError, TransfersError
from transfers.site.metadata import DATABASE, as_configuration, as_metadata, merged
from transfers.site.questions import MOST
from transfers.site.snapshot import make_snapshot

if TYPE_CHECKING:
    from transfers.db import Target

SETTINGS: Final = {
    "allow_download": "off",  # the page of downloads has the copy; Datasette's own would be another door
    "allow_csv_stream": "off",
    "sql_time_limit_ms": "1000",
    "facet_time_limit_ms": "50",
    "suggest_facets": "off",  # they scan every table on every page, and the good ones are given
    "max_returned_rows": str(MOST),
    "default_page_size": "50",
    "truncate_cells_html": "300",
}
MEMORY: Final = 64_000_000  # bytes that SQLite may take in the process that serves
_LOOK_EVERY: Final = 1.0  # seconds between two looks at the live database


class Serving:
    """What is served, and how.

    Attributes:
        target: the live database; only a copy of it is ever served.
        host: the address to listen on.
        port: the port to listen on; 0 lets the system choose.
        browser: whether to show the first page in a browser.
        reload: whether to serve a new copy when the live database has changed.
        with_texts: whether the full texts of the articles are served; on an address of this machine alone they always are.
        with_registers: whether the rows of registers are served; likewise.
    """

    __slots__ = ("browser", "host", "port", "reload", "target", "with_registers", "with_texts")

    def __init__(
        self, target: Target, *, host: str = "127.0.0.1", port: int = 8001, browser: bool = False, reload: bool = False,
        with_texts: bool = False, with_registers: bool = False,
    ) -> None:
        self.target, self.host, self.port, self.browser, self.reload = target, host, port, browser, reload
        self.with_texts = with_texts or _is_this_machine(host)
        self.with_registers = with_registers or _is_this_machine(host)


def require_datasette() -> str:
    """The version of Datasette that is installed.

    Raises:
        InputError: none is.
    """
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("datasette")
    except PackageNotFoundError:
        raise InputError('the reading room needs Datasette; run: pip install "transfers[site]"') from None


def _is_this_machine(host: str) -> bool:
    """Whether nobody but this machine can reach an address."""
    from ipaddress import ip_address

    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def as_address(host: str) -> str:
    """An address as it stands in a URL and in the header that names the host."""
    return f"[{host}]" if ":" in host else host


def plugin_options(host: str | None) -> dict[str, Any]:
    """What the plugin is told: by which names the site may be asked for, and what memory SQLite may take.

    Args:
        host: the address it listens on. None and those that stand for all addresses of the machine go by names that only
            those who publish the site know, so that no list can be made.
    """
    named = host is not None and host not in ("0.0.0.0", "::", "")
    hosts = sorted({"127.0.0.1", "localhost", "[::1]", as_address(host or "")}) if named else []
    return {"transfers": {"hosts": hosts, "memory": MEMORY, "first": True}}


def as_command(serving: Serving, folder: str) -> list[str]:
    """The command that serves the copy in a folder."""
    command = [sys.executable, "-m", "datasette", "serve", "--immutable", os.path.join(folder, f"{DATABASE}.db")]
    command += ["--metadata", os.path.join(folder, "metadata.json")]
    if _has_configuration(require_datasette()):
        command += ["--config", os.path.join(folder, "datasette.json")]
    for name, value in SETTINGS.items():
        command += ["--setting", name, value]
    command += ["--host", serving.host, "--port", str(serving.port)]
    return [*command, "--open"] if serving.browser else command


def _has_configuration(version: str) -> bool:
    return not version.startswith("0.")


def write_configuration(folder: str, host: str | None) -> None:
    """Write what Datasette is told into a folder, for both of its lines; `datasette FOLDER` finds it by itself."""
    metadata, configuration = as_metadata(), as_configuration(plugin_options(host))
    settings = {name: value == "on" if value in ("on", "off") else int(value) for name, value in SETTINGS.items()}
    both = merged(metadata, configuration) if host is None or not _has_configuration(require_datasette()) else metadata
    for name, told in (
        ("metadata.json", both), ("datasette.json", {"settings": settings, **configuration}), ("settings.json", settings),
    ):
        with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as file:
            json.dump(told, file, ensure_ascii=False, indent=1)
            file.write("\n")


def export_site(target: Target, folder: str, *, with_texts: bool, with_registers: bool = False) -> str:
    """Write a copy with its configuration into a new folder, which ``datasette FOLDER`` serves; the folder.

    Raises:
        InputError: there is something in the folder already.
        DatabaseError: it cannot be written.
    """
    try:
        os.makedirs(folder, exist_ok=True)
        if os.listdir(folder):
            raise InputError(f"{folder} is not empty; nothing is overwritten")
        make_snapshot(target, folder, with_texts=with_texts, with_registers=with_registers)
        write_configuration(folder, None)
    except OSError as error:
        raise DatabaseError(f"{folder} cannot be written: {error.strerror}") from error
    return folder


def serve(serving: Serving, say: Callable[[str], None]) -> int:
    """Serve a copy until it is stopped; the exit code of Datasette, 0 when the user stops it. Nothing is left behind.

    Raises:
        DatabaseError: the database cannot be read.
        InputError: Datasette is not installed, or the address cannot be listened on.
    """
    require_datasette()
    serving.port = require_port(serving.host, serving.port)
    with tempfile.TemporaryDirectory(prefix="transfers-site-") as folder:
        say(f"making a copy of {serving.target.shown}")
        write_configuration(folder, serving.host)
        make_snapshot(serving.target, folder, with_texts=serving.with_texts, with_registers=serving.with_registers)
        say(f"the reading room: http://{as_address(serving.host)}:{serving.port}/-/transfers (stop it with Ctrl-C)")
        try:
            return _run(serving, folder, say)
        except KeyboardInterrupt:
            return 0


def require_port(host: str, port: int) -> int:
    """The port, or a free one for 0.

    Raises:
        InputError: something else listens there, or the address is not of this machine.
    """
    try:
        for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[:1]:
            with socket.socket(family, kind, protocol) as taken:
                taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                taken.bind(address)
                return int(taken.getsockname()[1])
    except OSError as error:
        raise InputError(f"cannot listen on {host} port {port} ({error.strerror}); choose others with --host, --port") from error
    return port


def _run(serving: Serving, folder: str, say: Callable[[str], None]) -> int:
    command = as_command(serving, folder)
    seen = _state(serving.target)
    process = _start(command, folder)
    try:
        while (code := _wait(process)) is None:
            now = _state(serving.target) if serving.reload else seen
            if now != seen and _copy_again(serving, folder, say):
                seen = now
                _stop(process)
                process = _start([word for word in command if word != "--open"], folder)
                say("the database has changed; the new state is served")
        return code
    finally:
        _stop(process)


def _copy_again(serving: Serving, folder: str, say: Callable[[str], None]) -> bool:
    """Put a new copy in the place of the old one, which stays open for whoever still reads it; False when that cannot be done."""
    try:
        make_snapshot(serving.target, folder, with_texts=serving.with_texts, with_registers=serving.with_registers)
    except TransfersError as error:  # it is being written, or was taken away: the old state is better than none
        say(f"note: the database has changed, but cannot be copied now: {error}")
        return False
    return True


def _start(command: Sequence[str], folder: str) -> subprocess.Popen[bytes]:
    # What it writes for a while goes with the folder. Where it is started from must not be searched for modules.
    return subprocess.Popen(command, env={**os.environ, "TMPDIR": folder, "PYTHONSAFEPATH": "1"})


def _wait(process: subprocess.Popen[bytes]) -> int | None:
    try:
        return process.wait(_LOOK_EVERY)
    except subprocess.TimeoutExpired:
        return None


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _state(target: Target) -> tuple[int, int] | None:
    """What changes with every write to a file; a server cannot be asked as cheaply, and is looked at once."""
    if target.engine != "sqlite":
        return None
    try:
        about = os.stat(target.path)
    except OSError:
        return None
    return about.st_mtime_ns, about.st_size
