"""The data package holds to its own description, as frictionless checks it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.exports.conftest import LICENCE, Place

frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("wanted", [{}, {"texts": True, "registers": True}])
def test_frictionless_finds_nothing_wrong(wanted: dict[str, bool], place: Place, tmp_path: Path) -> None:
    folder = place.folder("datapackage", tmp_path / "package", **wanted)
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "note"])[:5]
    assert report.stats["tasks"] == len(json.loads((folder / "datapackage.json").read_text())["resources"])


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_frictionless_sees_a_changed_cell(hard: Place, tmp_path: Path) -> None:
    folder = hard.folder("datapackage", tmp_path / "package")
    path = folder / "data" / "transfers.csv"
    path.write_text(path.read_text().replace(",supply,", ",supplied,", 1))
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert not report.valid


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_frictionless_sees_a_row_that_nobody_has(hard: Place, tmp_path: Path) -> None:
    folder = hard.folder("datapackage", tmp_path / "package")
    described = json.loads((folder / "datapackage.json").read_text())
    for resource in described["resources"]:
        resource.pop("hash"), resource.pop("bytes")
    (folder / "datapackage.json").write_text(json.dumps(described))
    path = folder / "data" / "transfers.csv"
    path.write_text(path.read_text().replace(",iran,", ",nowhere,", 1))
    found = frictionless.validate(str(folder / "datapackage.json")).flatten(["type", "note"])
    assert [kind for kind, note in found if "nowhere" in note] == ["foreign-key"]


def test_types_keys_and_licences_are_described(registers: Place, tmp_path: Path) -> None:
    folder = registers.folder("datapackage", tmp_path / "package", registers=True)
    described = json.loads((folder / "datapackage.json").read_text())
    resources = {resource["name"]: resource for resource in described["resources"]}
    claims = resources["claims"]["schema"]
    fields = {field["name"]: field for field in claims["fields"]}
    assert fields["date_earliest"]["type"] == "date"
    assert fields["quantity_low"]["type"] == "integer"
    assert "alleged" in fields["stance"]["constraints"]["enum"]
    assert fields["summary"]["description"]
    assert claims["primaryKey"] == ["id"]
    assert {"fields": ["statement_id"], "reference": {"resource": "statements", "fields": ["id"]}} in claims["foreignKeys"]
    assert resources["register_rows"]["licenses"][0]["title"] == LICENCE
    assert [one["name"] for one in described["licenses"]] == ["MIT", "other-closed"]
    assert described["transfers"]["source_sha256"] == registers.about().sha256
    assert any("Harbour Gazette" in source["title"] for source in described["sources"])
