"""The file of renames."""

import pytest

from transfers.differences import read_renames
from transfers.errors import UsageError


def renames(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "map.csv"
    path.write_bytes(text.encode(encoding))
    return read_renames(str(path))


@pytest.mark.parametrize("text", [
    "column,old,new\ndesignation,A,B\n", "designation,A,B\n", "\ufeffColumn, Old, New\r\ndesignation,A,B\r\n",
    "# what SIPRI renamed\n\ndesignation,A,B\n", 'designation,"A","B"', "designation,A,B\ndesignation,A,B\n",
])
def test_a_line_names_a_column_an_old_value_and_a_new_one(tmp_path, text):
    found = renames(tmp_path, text)
    assert found.of_table("register_rows", ["designation", "comment"]) == {"designation": {"A": "B"}}
    assert found.columns() == {"designation"}


def test_without_a_column_it_holds_for_all_and_what_is_said_of_one_goes_first(tmp_path):
    found = renames(tmp_path, 'old,new\nA,B\n"Heron, Mk 2",Heron-2\ncolumn,A,C\nclaims.column,A,D\n')
    assert found.of_table("claims", ["column", "other"])["column"]["A"] == "D"
    assert found.of_table("transfers", ["column", "other"])["column"] == {"A": "C", "Heron, Mk 2": "Heron-2"}
    assert found.of_table("transfers", ["column", "other"])["other"] == {"A": "B", "Heron, Mk 2": "Heron-2"}


@pytest.mark.parametrize(("text", "says"), [
    ("A\n", "map.csv:1: a line is column,old,new or old,new; this one has 1 cells"),
    ("A,B\na,b,c,d\n", "map.csv:2: a line is column,old,new or old,new; this one has 4 cells"),
    ("A,\n", "map.csv:1: the old and the new value may not be empty"),
    ("A,B\nA,C\n", "map.csv:2: 'A' becomes 'B' in line 1 and 'C' here"),
    ('"A,B\n', "is not CSV in UTF-8"),
])
def test_a_line_that_is_not_understood_is_told(tmp_path, text, says):
    with pytest.raises(UsageError, match="--rename") as caught:
        renames(tmp_path, text)
    assert says in str(caught.value)


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    for path in (tmp_path / "nothing.csv", tmp_path):
        with pytest.raises(UsageError, match="cannot be read"):
            read_renames(str(path))
    with pytest.raises(UsageError, match="is not CSV in UTF-8"):
        renames(tmp_path, "Ä,B\n", "cp1252")


def test_an_empty_file_renames_nothing(tmp_path):
    assert not renames(tmp_path, "")
