"""`transfers serve`: a copy is served and never the live file; nothing is left behind; what is exported serves by itself."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.site.conftest import ARTICLE, DATASETTE, ROOT, ids, rows
from transfers.db import Target, read_target, writing
from transfers.errors import InputError
from transfers.site.serving import Serving, as_command, export_site, plugin_options, require_port, write_configuration
from transfers.site.snapshot import LEFT_OUT, make_snapshot

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
# Where the package is only on the path and not installed, Datasette does not find the plugin by itself.
PLUGGED = """from datasette.plugins import pm
from transfers.site import plugin
any(one is plugin for one in pm.get_plugins()) or pm.register(plugin, "transfers")
from datasette.cli import cli
cli()
"""


def _transfers(*words: str, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "transfers", *words], capture_output=True, text=True, env=ENVIRONMENT, timeout=120, check=False, **more,
    )


def test_the_command_serves_a_copy_on_this_machine_alone(real: Target) -> None:
    done = _transfers("--db", real.path, "serve", "--print-command", "--port", "8123")
    assert done.returncode == 0, done.stderr
    words = shlex.split(done.stdout)
    assert real.path not in words
    assert words[1:5] == ["-m", "datasette", "serve", "--immutable"]
    assert words[words.index("--host") + 1] == "127.0.0.1"
    assert words[words.index("--port") + 1] == "8123"
    settings = {words[place + 1]: words[place + 2] for place, word in enumerate(words) if word == "--setting"}
    assert settings["allow_download"] == settings["allow_csv_stream"] == "off"
    assert "--cors" not in words
    assert ("--config" in words) == (not DATASETTE.startswith("0."))


def test_the_plugin_goes_by_the_names_of_the_address_it_listens_on() -> None:
    def hosts(host: str | None) -> list[str]:
        return list(plugin_options(host)["transfers"]["hosts"])

    assert hosts("127.0.0.1") == ["127.0.0.1", "[::1]", "localhost"]
    assert "192.0.2.7" in hosts("192.0.2.7")
    assert "[2001:db8::7]" in hosts("2001:db8::7")
    assert hosts("0.0.0.0") == hosts("::") == hosts(None) == []


def test_others_get_no_full_texts_unless_that_is_said(real: Target) -> None:
    assert Serving(real, host="127.0.0.1").with_texts
    assert Serving(real, host="::1").with_texts
    assert Serving(real, host="localhost").with_texts
    assert not Serving(real, host="0.0.0.0").with_texts
    assert not Serving(real, host="192.0.2.7").with_texts
    assert Serving(real, host="192.0.2.7", with_texts=True).with_texts


def test_a_port_that_is_taken_is_said_before_anything_is_copied(real: Target) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = _transfers("--db", real.path, "serve", "--port", str(port))
    assert done.returncode == 1
    assert f"port {port}" in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr
    with pytest.raises(InputError, match="cannot listen on"):
        require_port("192.0.2.7", 8001)
    assert require_port("127.0.0.1", 0) > 0


# --- export ----------------------------------------------------------------------------------------------------------

def _answers(folder: Path, path: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PLUGGED, "serve", str(folder), "--get", path], capture_output=True, text=True, env=ENVIRONMENT,
        timeout=120, check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_what_is_exported_serves_by_itself_and_has_no_texts(real: Target, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    done = _transfers("--db", real.path, "serve", "--export", str(folder))
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert sorted(os.listdir(folder)) == ["datasette.json", "metadata.json", "settings.json", "transfers.db"]
    assert rows(str(folder / "transfers.db"), "SELECT DISTINCT text FROM articles") == [(LEFT_OUT,)]
    for name in ("datasette.json", "metadata.json", "settings.json"):
        assert real.path not in (folder / name).read_text(encoding="utf-8")
    assert "Transfers of weapons" in _answers(folder, "/-/transfers")
    page = _answers(folder, f"/-/transfers/article/{ARTICLE}")
    assert "The full text is left out of this copy" in page
    assert "Moscow has received hundreds of Iranian Shahed-136 one-way attack drones" in page
    assert 'id="c01"' in page
    assert "How the sources stand to each other." in _answers(folder, "/transfers/v_transfers")
    settings = json.loads(_answers(folder, "/-/settings.json"))
    assert settings["allow_download"] is False
    assert json.loads(_answers(folder, "/transfers/statements_of.json?speaker=Shoigu&_shape=array"))


def test_with_texts_an_export_has_them(real: Target, tmp_path: Path) -> None:
    export_site(real, str(tmp_path / "site"), with_texts=True)
    assert rows(str(tmp_path / "site" / "transfers.db"), "SELECT text FROM articles") == rows(real.path, "SELECT text FROM articles")


def test_an_export_overwrites_nothing(real: Target, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="not empty"):
        export_site(real, str(tmp_path), with_texts=False)
    assert os.listdir(tmp_path) == ["mine.txt"]


# --- a server --------------------------------------------------------------------------------------------------------

class Server:
    """`transfers serve` as a process of its own."""

    def __init__(self, database: str, temporary: Path, *words: str) -> None:
        self.port = require_port("127.0.0.1", 0)
        self.temporary = temporary
        self.log = temporary / "log.txt"
        temporary.mkdir(exist_ok=True)
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "transfers", "--db", database, "serve", "--port", str(self.port), *words],
                env={**ENVIRONMENT, "TMPDIR": str(temporary)}, stdout=log, stderr=log, cwd=ROOT,
            )
        self.wait(lambda: self.get("/-/versions.json")[0] == 200)

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """The status and text of an answer."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as reply:
                return reply.status, reply.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode(errors="replace")
        except OSError:
            return 0, ""

    def wait(self, until: Callable[[], bool], seconds: float = 30) -> None:
        """Wait until something is so."""
        end = time.monotonic() + seconds
        while not until():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.1)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Stop it; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(20)


def _installed() -> bool:
    from importlib.metadata import entry_points

    return any(one.name == "transfers" for one in entry_points(group="datasette"))


needs_installed = pytest.mark.skipif(not _installed(), reason="the package is not installed, so Datasette cannot find its plugin")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    started: list[Server] = []

    def begin(database: str, *words: str) -> Server:
        started.append(Server(database, tmp_path / f"temporary{len(started)}", *words))
        return started[-1]

    yield begin
    for server in started:
        server.stop()


@needs_installed
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_the_pages_guards_them_and_leaves_nothing_behind(real: Target, start: Callable[..., Server], number: int) -> None:
    before = Path(real.path).stat().st_mtime_ns
    server = start(real.path)
    assert "Transfers of weapons" in server.get("/-/transfers")[1]
    assert server.get("/")[1] == server.get("/-/transfers")[1]
    assert server.get("/-/transfers", Host="evil.example")[0] == 421
    assert server.get("/-/transfers/download/transfers-csv.zip")[0] == 200
    code = server.stop(number)
    assert code == (0 if number == signal.SIGINT else 143)
    assert [one.name for one in server.temporary.iterdir()] == ["log.txt"]
    assert Path(real.path).stat().st_mtime_ns == before
    assert "Traceback" not in server.log.read_text()
    with pytest.raises(OSError, match=r".*"):
        socket.create_connection(("127.0.0.1", server.port), 1)


@pytest.mark.slow
@needs_installed
def test_a_load_while_it_serves_is_seen_only_with_reload(real: Target, tmp_path: Path, start: Callable[..., Server]) -> None:
    live = tmp_path / "live.db"
    shutil.copyfile(real.path, live)
    steady, following = start(str(live)), start(str(live), "--reload")
    with writing(read_target(str(live))) as writer, writer.transaction():
        writer.run("UPDATE actors SET name = 'Iran, renamed' WHERE id = 'iran'")
    following.wait(lambda: "Iran, renamed" in following.get("/-/transfers")[1])
    status, text = steady.get("/-/transfers")
    assert status == 200
    assert "Iran, renamed" not in text
    live.rename(tmp_path / "away.db")  # what is served stays when the database goes
    time.sleep(2.5)
    assert "Iran, renamed" in following.get("/-/transfers")[1]


# In a process of its own: the largest of all children is what is told, and other tests have larger ones.
_MEASURE = """import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@needs_installed
def test_a_bomb_leaves_the_memory_of_the_server_alone(real: Target, tmp_path: Path) -> None:
    folder = tmp_path / "served"
    folder.mkdir()
    write_configuration(str(folder), "127.0.0.1")
    make_snapshot(real, str(folder), with_texts=True)
    query = "/transfers.json?sql=" if DATASETTE.startswith("0.") else "/transfers/-/query.json?sql="
    for bomb in ("select length(hex(zeroblob(400000000)))", "select zeroblob(4900000)" + ",zeroblob(4900000)" * 90):
        command = [*as_command(Serving(real), str(folder)), "--get", query + quote(bomb)]
        measured = subprocess.run(
            [sys.executable, "-c", _MEASURE, *command], capture_output=True, text=True, env=ENVIRONMENT, timeout=120, check=False,
        )
        code, kilobytes = map(int, measured.stdout.split()[-2:])
        assert code == 1, measured.stderr
        assert kilobytes < 250_000  # the server takes half of it anyway; each bomb would take 400,000 more


def test_a_database_that_is_missing_is_said_in_one_line(tmp_path: Path) -> None:
    done = _transfers("--db", str(tmp_path / "missing.db"), "serve")
    assert done.returncode == 3
    assert "there is no database" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_copy_of_the_real_database_has_its_article(real_copy: str) -> None:
    assert ids(real_copy, "articles") == [ARTICLE]
    assert sqlite3.connect(real_copy).execute("PRAGMA journal_mode").fetchone() == ("delete",)
