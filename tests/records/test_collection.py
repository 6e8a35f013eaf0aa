"""The files of a collection: which belong to it, and which are refused before they are opened."""

import os

import pytest

from transfers.errors import InputError, ProblemsError, UsageError
from transfers.records.collection import find_root, list_yaml, name_in_collection
from transfers.records.new_collection import make_collection


@pytest.fixture
def root(tmp_path):
    make_collection(str(tmp_path / "made"))
    (tmp_path / "made/data/records/2023").mkdir()
    return tmp_path / "made"


def put(root, *paths):
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"x")


def problems_of(root, folder="data/records"):
    with pytest.raises(ProblemsError) as caught:
        list_yaml(str(root), folder)
    return [str(problem) for problem in caught.value.problems]


def test_files_are_listed_by_path_whatever_the_disk_says(root):
    put(root, "data/records/2023/b.yaml", "data/records/2023/a.yaml", "data/records/2022/c.yaml", "data/records/z.yaml", "data/records/.hidden.yaml",
        "data/records/.git/x.txt")
    assert list_yaml(str(root), "data/records") == [
        "data/records/2022/c.yaml", "data/records/2023/a.yaml", "data/records/2023/b.yaml", "data/records/z.yaml",
    ]
    assert list_yaml(str(root), "data/none") == []


@pytest.mark.parametrize("name", ["a.yml", "a.YAML", "a.yaml~", "a.txt", "yaml", "a.yaml.bak", "#a.yaml#"])
def test_a_file_of_another_ending_is_refused(root, name):
    put(root, f"data/records/2023/{name}", "data/records/2023/good.yaml")
    assert problems_of(root) == [f"data/records/2023/{name}: does not end in .yaml; only such files belong here"]


@pytest.mark.parametrize("name", ["a b.yaml", "a\nFAKE: all good.yaml", "a\x1b[2Jb.yaml", "ä.yaml", "а.yaml", "a:b.yaml", "a\\b.yaml", "a\u202eb.yaml", "a'b.yaml"])
def test_a_file_may_have_any_name_that_is_text(root, name):
    put(root, f"data/records/2023/{name}")
    assert list_yaml(str(root), "data/records") == [f"data/records/2023/{name}"]


def test_a_name_that_is_no_text_is_refused_and_not_a_crash(root):
    with open(os.fsencode(root) + b"/data/records/2023/a\xff.yaml", "wb"):
        pass
    assert problems_of(root) == ["data/records/2023/a\udcff.yaml: has a name that is no text in UTF-8; rename it"]


def test_links_pipes_and_linked_folders_are_refused_and_not_followed(root, tmp_path):
    put(tmp_path, "out/x.yaml")
    put(root, "data/records/2023/a.yaml")
    (root / "data/records/2023/link.yaml").symlink_to(tmp_path / "out/x.yaml")
    (root / "data/records/2023/near.yaml").symlink_to("a.yaml")
    (root / "data/records/2023/broken.yaml").symlink_to("nowhere.yaml")
    (root / "data/records/2023/folder.yaml").symlink_to(tmp_path / "out")
    (root / "data/records/linked").symlink_to(tmp_path / "out")
    os.mkfifo(root / "data/records/2023/pipe.yaml")
    assert problems_of(root) == [f"data/records/{name}: is not a plain file" for name in (
        "2023/broken.yaml", "2023/folder.yaml", "2023/link.yaml", "2023/near.yaml", "2023/pipe.yaml", "linked",
    )]


def test_a_folder_that_ends_like_a_file_is_a_folder(root):
    put(root, "data/records/x.yaml/y.yaml")
    assert list_yaml(str(root), "data/records") == ["data/records/x.yaml/y.yaml"]


def test_files_named_on_the_command_line_are_found(root, monkeypatch):
    put(root, "data/records/2023/a.yaml", "data/records/2022/b.yaml")
    assert name_in_collection(str(root), str(root / "data/records/2023/a.yaml")) == ["data/records/2023/a.yaml"]
    assert name_in_collection(str(root), str(root / "data/records/2023")) == ["data/records/2023/a.yaml"]
    assert name_in_collection(str(root), str(root)) == ["data/records/2022/b.yaml", "data/records/2023/a.yaml"]
    monkeypatch.chdir(root / "data/records/2023")
    assert name_in_collection(str(root), "a.yaml") == name_in_collection(str(root), "../2023/a.yaml") == ["data/records/2023/a.yaml"]


@pytest.mark.parametrize("given", ["nowhere.yaml", "/etc/passwd", "seeds", "data/registry/actors.yaml", "data/review"])
def test_what_is_no_record_of_the_collection_is_refused(root, given, monkeypatch):
    monkeypatch.chdir(root)
    with pytest.raises(UsageError):
        name_in_collection(str(root), given)


def test_a_link_to_a_record_is_refused(root, tmp_path):
    put(root, "data/records/2023/a.yaml")
    (tmp_path / "link.yaml").symlink_to(root / "data/records/2023/a.yaml")
    with pytest.raises(UsageError, match="is a link"):
        name_in_collection(str(root), str(tmp_path / "link.yaml"))


def test_the_root_is_found_from_within_and_by_name(root, tmp_path, monkeypatch):
    monkeypatch.chdir(root / "data/records/2023")
    assert find_root() == str(root)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="no collection here or above"):
        find_root()
    assert find_root(str(root)) == str(root)
    monkeypatch.setenv("TRANSFERS_COLLECTION", str(root))
    assert find_root() == str(root)
    with pytest.raises(InputError, match="is no collection"):
        find_root(str(tmp_path))


def test_a_collection_is_not_made_over_anything(tmp_path):
    put(tmp_path, "full/x", "file")
    for taken in ("full", "file"):
        with pytest.raises(InputError, match="is there already"):
            make_collection(str(tmp_path / taken))
    with pytest.raises(InputError, match="make it first"):
        make_collection(str(tmp_path / "none/x"))
    (tmp_path / "empty").mkdir()
    make_collection(str(tmp_path / "empty"))
    assert sorted(os.listdir(tmp_path)) == ["empty", "file", "full"]
