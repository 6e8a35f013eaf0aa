"""`transfers export FORMAT`: to stdout or into something new, whole or not at all, and what the user is told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli_load.command import inside as transfers
from tests.cli_load.command import transfers as as_process
from tests.exports.conftest import LICENCE, REGISTER, Place
from transfers.exports.formats import FORMATS

TEXTS = [name for name, one in FORMATS.items() if not one.folder]
FOLDERS = [name for name, one in FORMATS.items() if one.folder]


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_goes_to_stdout_or_into_a_new_file(name: str, hard: Place, tmp_path: Path) -> None:
    printed = transfers("--db", hard.target.path, "export", name)
    assert (printed.code, printed.err) == (0, "")
    assert printed.out == hard.text(name)
    path = tmp_path / "out"
    written = transfers("--db", hard.target.path, "export", name, "-o", str(path))
    assert (written.code, written.out, written.err) == (0, "", f"wrote {path}\n")
    assert path.read_text() == printed.out
    again = transfers("--db", hard.target.path, "export", name, "-o", str(path))
    assert (again.code, again.out, again.err) == (1, "", f"error: {path} is there already; nothing is overwritten\n")


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_is_made_and_never_written_over(name: str, hard: Place, tmp_path: Path) -> None:
    path = tmp_path / "out"
    written = transfers("--db", hard.target.path, "export", name, "-o", str(path))
    assert (written.code, written.out, written.err) == (0, "", f"wrote {path}\n")
    wanted = hard.folder(name, tmp_path / "wanted")
    assert {str(one.relative_to(path)): one.read_bytes() for one in path.rglob("*") if one.is_file()} == {
        str(one.relative_to(wanted)): one.read_bytes() for one in wanted.rglob("*") if one.is_file()
    }
    again = transfers("--db", hard.target.path, "export", name, "-o", str(path))
    assert (again.code, again.err) == (1, f"error: {path} is there already; nothing is overwritten\n")
    nowhere = transfers("--db", hard.target.path, "export", name, "-o", str(tmp_path / "no" / "out"))
    assert (nowhere.code, "cannot be written" in nowhere.err) == (3, True)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["out", "wanted"]


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_needs_a_name(name: str, hard: Place) -> None:
    done = transfers("--db", hard.target.path, "export", name)
    assert (done.code, done.out) == (2, "")
    assert "'-o' / '--output'" in done.err


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if one.tables])
def test_the_terms_of_registers_are_told(name: str, registers: Place, tmp_path: Path) -> None:
    more = ("-o", str(tmp_path / "out")) if FORMATS[name].folder else ()
    done = transfers("--db", registers.target.path, "export", name, "--with-registers", *more)
    assert done.code == 0
    assert done.err.startswith(f"{REGISTER}: {LICENCE}\n")
    assert transfers("--db", registers.target.path, "export", "json").err == ""


def test_what_has_no_room_for_registers_does_not_take_the_option(registers: Place) -> None:
    done = transfers("--db", registers.target.path, "export", "gexf", "--with-registers")
    assert (done.code, done.out) == (2, "")


def test_the_sipri_shape_tells_what_is_lost(hard: Place, tmp_path: Path) -> None:
    done = transfers("--db", hard.target.path, "export", "sipri", "--lost", str(tmp_path / "lost.csv"))
    assert done.code == 0
    assert "This is not SIPRI data" in done.out
    assert "transfers left out: " in done.err
    assert (tmp_path / "lost.csv").read_text().startswith("transfer,field,what\n")
    done = transfers("--db", hard.target.path, "export", "sipri", "--lost", "x", "-o", "x", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert not (tmp_path / "x").exists()
    path = tmp_path / "there"
    path.write_text("mine")
    done = transfers("--db", hard.target.path, "export", "sipri", "--lost", str(tmp_path / "new"), "-o", str(path))
    assert (done.code, done.out, path.read_text()) == (1, "", "mine")
    assert not (tmp_path / "new").exists()


def test_parquet_without_pyarrow_says_what_to_install(hard: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    done = transfers("--db", hard.target.path, "export", "parquet", "-o", str(tmp_path / "out"))
    assert (done.code, done.out) == (1, "")
    assert 'pip install "transfers[export]"' in done.err
    assert list(tmp_path.iterdir()) == []


def test_help_imports_neither_the_schema_nor_pyarrow() -> None:
    import subprocess

    code = (
        "import sys; from transfers.__main__ import run; sys.argv = ['transfers']\n"
        "import contextlib\n"
        "with contextlib.suppress(SystemExit): run(['export', '--help'])\n"
        "print([name for name in ('sqlalchemy', 'pyarrow', 'alembic', 'pandas') if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == "[]\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no limits of this kind")
@pytest.mark.parametrize("words", [*(("export", name) for name in FOLDERS), ("release", "1.0")])
def test_what_cannot_be_written_leaves_nothing(words: tuple[str, ...], hard: Place, tmp_path: Path) -> None:
    import resource
    import signal

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000))

    # Without bytecode: under the limit Python would leave half of it behind, and every later process would trip over that.
    done = as_process(
        "--db", hard.target.path, *words, "-o", str(tmp_path / "out"), env={"PYTHONDONTWRITEBYTECODE": "1"}, preexec_fn=limit,
    )
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("error: ")
    assert "Traceback" not in done.err
    assert list(tmp_path.iterdir()) == []
