"""`transfers init`: a new collection, whole or not at all, over nothing that is there."""

import os
import stat

import pytest

from tests.cli_load.command import inside as transfers

FILES = [
    ".gitattributes", ".gitignore", "data/records/.gitkeep", "data/registry/actors.yaml", "data/registry/places.yaml",
    "data/registry/states.yaml", "data/registry/systems.yaml", "data/registry/topics.yaml", "data/review/.gitkeep", "seeds/.gitkeep",
]


def files_below(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_new_folder(tmp_path):
    done = transfers("init", "new", cwd=tmp_path)
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith(f"made the collection {tmp_path / 'new'}\n")
    assert files_below(tmp_path / "new") == FILES
    assert os.listdir(tmp_path) == ["new"]


def test_silent(tmp_path):
    done = transfers("init", "--silent", "new", cwd=tmp_path)
    assert (done.code, done.out, done.err) == (0, "", "")


def test_an_empty_folder_is_filled_and_stays_the_same_folder(tmp_path):
    """Whoever stands in it goes on standing in it; its permissions are the user's."""
    folder = tmp_path / "empty"
    folder.mkdir(mode=0o700)
    before = folder.stat()
    done = transfers("init", ".", cwd=folder)
    assert done.code == 0, done.err
    assert files_below(folder) == FILES
    after = folder.stat()
    assert (after.st_ino, stat.S_IMODE(after.st_mode)) == (before.st_ino, 0o700)
    assert os.listdir(tmp_path) == ["empty"]


def test_a_link_to_an_empty_folder(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert transfers("init", "link", cwd=tmp_path).code == 0
    assert files_below(tmp_path / "real") == FILES
    assert (tmp_path / "link").is_symlink()


@pytest.mark.parametrize("there", ["file", "folder", "collection", "dangling"])
def test_what_is_there_is_left_alone(there, tmp_path):
    place = tmp_path / "place"
    if there == "file":
        place.write_text("mine")
    elif there == "folder":
        place.mkdir()
        (place / ".hidden").write_text("mine")
    elif there == "collection":
        assert transfers("init", "place", cwd=tmp_path).code == 0
        (place / "data/registry/actors.yaml").write_text("# mine\n")
    else:
        place.symlink_to("nowhere")
    before = {str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    done = transfers("init", "place", cwd=tmp_path)
    assert (done.code, done.out) == (1, "")
    assert done.err == "error: place is there already and not an empty folder; name a new one\n"
    assert {str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert os.listdir(tmp_path) == ["place"]


def test_a_folder_whose_parent_is_missing_is_refused(tmp_path):
    done = transfers("init", "no/new", cwd=tmp_path)
    assert (done.code, done.out) == (1, "")
    assert done.err == f"error: {tmp_path / 'no'} does not exist; make it first\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [(), ("a", "b")])
def test_one_folder_is_named(arguments, tmp_path):
    assert transfers("init", *arguments, cwd=tmp_path).code == 2


def test_an_empty_name_is_refused(tmp_path):
    done = transfers("init", "", cwd=tmp_path)
    assert done.code in (1, 2)
    assert done.err.startswith("error: ")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_parent(tmp_path):
    (tmp_path / "file").write_text("mine")
    done = transfers("init", "file/new", cwd=tmp_path)
    assert done.code == 1
    assert done.err.startswith("error: ")
