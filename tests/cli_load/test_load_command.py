"""`transfers load`: exit codes, what goes to which stream, and the JSON of its report."""

import contextlib
import json
import os
import pty
import subprocess

import pytest

from benchmarks.make_collection import make_collection as make_many
from tests.cli_load.command import command, environment
from tests.cli_load.command import inside as transfers
from tests.cli_load.command import transfers as process
from tests.load.made_up import canon, count, record_of, record_path, registry_of
from transfers.db import read_target

KEYS = [
    "new", "changed", "unchanged", "removed", "gone", "registry_changed", "reviews", "matches", "quotes", "new_transfers", "rows", "warnings",
    "problems", "dry_run",
]


def edit(collection, slug="courier-fifth", **values):
    record = record_of(slug)
    record["claims"][0].update(values or {"summary": "Other words of the coder."})
    collection.write_record(record)


def spoil(collection, slug="courier-fifth"):
    edit(collection, slug, quote="words that stand nowhere")


def test_a_load_tells_on_stderr_and_leaves_stdout_to_data(collection):
    done = process("load", cwd=collection.root)
    assert (done.code, done.out) == (0, "")
    assert done.err.splitlines() == [
        "records loaded: 5 new, 0 unchanged; 30 quotes found in their articles", "registry written",
        "new transfer: northland-eastvale-kestrel-2-loan-2023", "new transfer: southmark-eastvale-heron-supply",
        "new transfer: southmark-northland-kestrel-2-components", "new transfer: southmark-northland-kestrel-2-supply",
        "rows: articles 5, claims 10, statements 4, evidence 30, transfers 4, meetings 2, actors 10, systems 4",
    ]
    assert collection.file("data/transfers.db").exists()
    again = transfers("load", cwd=collection.root)
    assert (again.code, again.out, again.err) == (0, "", "unchanged: 5 records, nothing to do\n")


def test_the_database_may_be_named_in_three_ways(collection, tmp_path):
    for number, (arguments, env) in enumerate((
        (("--db", str(tmp_path / "0.db"), "load"), {}), (("load", "--db", str(tmp_path / "1.db")), {}),
        (("load", f"--db={tmp_path / '2.db'}"), {}), (("load",), {"TRANSFERS_DB": str(tmp_path / "3.db")}),
        (("load", "--db", f"sqlite:///{tmp_path / '4.db'}"), {}), (("load", "--db", str(tmp_path / "5.db")), {"TRANSFERS_DB": "/no/no.db"}),
    )):
        done = transfers(*arguments, cwd=collection.root, env=env)
        assert done.code == 0, done.err
        assert count(read_target(str(tmp_path / f"{number}.db")), "articles") == 5
    assert not collection.file("data/transfers.db").exists()


def test_the_collection_may_be_named_in_three_ways(collection, tmp_path):
    for arguments, env in (
        (("--collection", str(collection.root), "load", "--json"), {}), (("load", "--json", "--collection", str(collection.root)), {}),
        (("load", "--json"), {"TRANSFERS_COLLECTION": str(collection.root)}),
    ):
        done = transfers(*arguments, cwd=tmp_path, env=env)
        assert done.code == 0, done.err
        assert json.loads(done.out)["unchanged"] + len(json.loads(done.out)["new"]) == 5
    assert collection.file("data/transfers.db").exists()


def test_no_collection_is_wrong_input(tmp_path):
    done = transfers("load", cwd=tmp_path)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("error: no collection here or above")
    done = transfers("load", "--collection", str(tmp_path))
    assert (done.code, done.err) == (
        1, f"error: {tmp_path} is no collection: it has no data/registry/; run: transfers init {tmp_path}\n",
    )


def test_the_json_of_a_load(collection):
    done = transfers("load", "--json", cwd=collection.root)
    report = json.loads(done.out)
    assert list(report) == KEYS
    assert report["new"] == sorted(record_path(slug) for slug in (
        "gazette-first", "courier-second", "agency-copy", "gazette-third", "courier-fifth",
    ))
    assert report["rows"]["claims"] == 10
    assert report["quotes"] == 30
    assert (report["registry_changed"], report["dry_run"], report["problems"]) == (True, False, [])
    assert "records loaded" not in done.err
    idle = transfers("load", "--json", cwd=collection.root)
    assert json.loads(idle.out) == {
        "new": [], "changed": [], "unchanged": 5, "removed": [], "gone": [], "registry_changed": False, "reviews": [], "matches": [], "quotes": 0,
        "new_transfers": [], "rows": {}, "warnings": [], "problems": [], "dry_run": False,
    }
    assert idle.err == ""


def test_a_silent_load_says_nothing_but_errors(collection, loaded):
    edit(collection)
    for arguments in (("load", "--silent"), ("--silent", "load"), ("load", "--silent")):
        done = transfers(*arguments, cwd=collection.root)
        assert (done.code, done.out, done.err) == (0, "", "")
    assert count(loaded, "claims", "summary = 'Other words of the coder.'") == 1
    spoil(collection)
    done = transfers("load", "--silent", cwd=collection.root)
    assert done.code == 1
    assert done.err.endswith("error: 1 problem found\n")


def test_problems_are_told_with_their_places_and_nothing_is_loaded(collection, loaded):
    spoil(collection)
    before = canon(loaded)
    done = transfers("load", cwd=collection.root)
    assert (done.code, done.out) == (1, "")
    first, last = done.err.splitlines()
    assert first.startswith("data/records/2023/courier-fifth.yaml:")
    assert ": claims[1].quote: " in first
    assert last == "error: 1 problem found"
    assert canon(loaded) == before


def test_keep_going_loads_the_rest_and_still_exits_1(collection, loaded):
    spoil(collection)
    edit(collection, "gazette-third")
    done = transfers("load", "--keep-going", cwd=collection.root)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("error: data/records/2023/courier-fifth.yaml:")
    assert "records loaded: 1 changed, 3 unchanged" in done.err
    done = transfers("load", "--keep-going", "--json", cwd=collection.root)
    assert done.code == 1
    assert json.loads(done.out)["problems"] == [done.err.removeprefix("error: ").rstrip("\n")]


def test_a_dry_run_says_what_would_be_done(collection, loaded):
    edit(collection)
    before = canon(loaded)
    done = transfers("load", "--dry-run", cwd=collection.root)
    assert (done.code, done.out) == (0, "")
    assert done.err == "records would be loaded: 1 changed, 4 unchanged; 5 quotes found in their articles\n"
    assert canon(loaded) == before


def test_prune_and_paths_do_not_go_together(collection, loaded):
    done = transfers("load", "--prune", record_path("courier-fifth"), cwd=collection.root)
    assert done.code == 2
    assert "--prune is for whole loads" in done.err


def test_a_file_that_is_gone_is_reported_and_pruned_on_request(collection, loaded):
    collection.remove(record_path("courier-fifth"))
    done = transfers("load", cwd=collection.root)
    assert (done.code, done.err.splitlines()) == (0, [
        "unchanged: 4 records, nothing to do",
        "1 record file gone, rows kept (data/records/2023/courier-fifth.yaml); transfers load --prune removes them",
    ])
    done = transfers("load", "--prune", cwd=collection.root)
    assert done.code == 0
    assert done.err.splitlines()[0] == "records loaded: 1 removed, 4 unchanged; 0 quotes found in their articles"
    assert count(loaded, "articles") == 4


def test_paths_are_files_or_folders_of_the_records(collection, loaded):
    edit(collection)
    edit(collection, "gazette-third")
    done = transfers("load", "data/records/2023/courier-fifth.yaml", cwd=collection.root)
    assert "records loaded: 1 changed, 0 unchanged" in done.err
    for path in ("data/records", "data/records/2023", "data/records/2023/", ".", "data", str(collection.root), "data/records/../records"):
        done = transfers("load", "--dry-run", path, cwd=collection.root)
        assert (done.code, done.err.splitlines()[0][:42]) == (0, "records would be loaded: 1 changed, 4 unch"), (path, done)
    assert "1 changed, 0 unchanged" in transfers("load", "gazette-third.yaml", cwd=collection.file("data/records/2023")).err


@pytest.mark.parametrize("path", [
    "nothing.yaml", "data/registry/actors.yaml", "data/registry", "seeds", "../elsewhere.yaml", "/etc/passwd", "data/review", "",
])
def test_paths_outside_the_records_are_refused(path, collection, loaded, tmp_path):
    (tmp_path / "elsewhere.yaml").write_text("x")
    done = transfers("load", path, cwd=collection.root)
    assert (done.code, done.out) == (2, ""), done
    assert done.err.startswith("error: ")
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("path", "code", "says"),
    [
        ("data/records/2023/note.txt", 2, "is no record: records end in .yaml"),
        ("data/records/2023/.hidden.yaml", 2, "hidden files are passed over"),
        ("data/records/.hidden/x.yaml", 2, "hidden files are passed over"),
        ("data/records/2023/link.yaml", 2, "is a link"),
        ("data/records/linked", 2, "is a link"),
        ("data/records/2023/fifo.yaml", 1, "is not a plain file"),
        ("data/records/out.yaml", 2, "is a link"),
    ],
)
def test_what_is_no_record_although_it_stands_among_them_is_refused(path, code, says, collection, loaded, tmp_path):
    right = collection.file(record_path("courier-fifth"))
    file = collection.file(path)
    if path.endswith("link.yaml"):
        file.symlink_to("courier-fifth.yaml")
    elif path.endswith("linked"):
        file.symlink_to("2023")
    elif path.endswith("out.yaml"):
        (tmp_path / "outside.yaml").write_bytes(right.read_bytes())
        file.symlink_to(tmp_path / "outside.yaml")
    elif path.endswith("fifo.yaml"):
        os.mkfifo(file)
    else:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(right.read_bytes())
    before = canon(loaded)
    done = transfers("load", path, cwd=collection.root)
    assert (done.code, done.out) == (code, ""), done
    assert says in done.err
    assert "Traceback" not in done.err
    assert canon(loaded) == before


def test_a_warning_is_told_and_the_record_is_loaded(collection):
    edit(collection, stance="asserted", phase="delivered", date={"text": "(later)", "edtf": "2024", "basis": "external"})
    record = record_of("courier-fifth")
    record["claims"][2]["date"] = {"text": "(later)", "edtf": "2024", "basis": "external"}
    collection.write_record(record)
    done = transfers("load", cwd=collection.root)
    assert done.code == 0, done.err
    assert any(line.startswith("warning: data/records/2023/courier-fifth.yaml:") for line in done.err.splitlines())


def test_unknown_words_are_a_fault_of_usage(collection):
    for arguments in (("load", "--force"), ("load", "--db"), ("lode",), ("load", "--json=yes"), ("load", "--silent=1")):
        done = transfers(*arguments, cwd=collection.root)
        assert (done.code, done.out) == (2, ""), done
        assert done.err.startswith("error: ")
        assert done.err.count("\n") == 1
    assert not collection.file("data/transfers.db").exists()


def test_help_imports_no_database(collection):
    done = transfers("load", "--help", cwd=collection.root)
    assert done.code == 0
    assert "--keep-going" in done.out
    done = process("load", "-h", cwd=collection.root, python=("-X", "importtime"))
    for name in ("sqlalchemy", "alembic", "sqlite3", "yaml"):
        assert f" {name}" not in done.err


def test_an_idle_load_imports_neither_yaml_nor_sqlalchemy(collection, loaded):
    done = process("load", cwd=collection.root, python=("-X", "importtime"))
    assert done.code == 0
    for name in ("sqlalchemy", "alembic", "yaml", "transfers.records.format", "transfers.evidence"):
        assert f" {name}\n" not in done.err


def test_progress_is_shown_on_a_terminal_alone(tmp_path):
    make_many(tmp_path, 220)
    main, other = pty.openpty()
    process = subprocess.Popen(
        command("load", "--dry-run"), cwd=tmp_path, env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=other,
    )
    os.close(other)
    shown = b""
    with contextlib.suppress(OSError):  # how the end of a terminal is told
        while piece := os.read(main, 65536):
            shown += piece
    os.close(main)
    assert process.wait(timeout=60) == 0
    assert b"\r50 of 220 records checked" in shown
    assert b"220 of 220 records checked\r\n" in shown
    piped = transfers("load", "--dry-run", cwd=tmp_path)
    assert "records checked" not in piped.err
    silent = transfers("load", "--dry-run", "--silent", cwd=tmp_path)
    assert silent.err == ""


def test_a_registry_that_lacks_an_entry_names_the_nearest(collection, loaded):
    systems = registry_of("systems")
    systems["herron"] = systems.pop("heron")
    collection.write_registry("systems", systems)
    done = transfers("load", cwd=collection.root)
    assert done.code == 1
    assert "'heron' is no system of the registry; did you mean herron?" in done.err
