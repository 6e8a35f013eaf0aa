"""What the program takes, the schemas for editors take; what they refuse is refused by the program too."""

import copy
import json
from pathlib import Path

import jsonschema
import pytest

from transfers.records.collection import REGISTRY_KINDS
from transfers.records.format import RECORD
from transfers.records.yaml_reader import read_yaml

ROOT = Path(__file__).parents[2]
COLLECTIONS = [ROOT, ROOT / "docs" / "example", ROOT / "tests" / "hard_cases" / "collection"]
FILES = [
    (kind, path) for root in COLLECTIONS
    for kind, paths in (
        ("record", (root / "data" / "records").rglob("*.yaml")), ("review", (root / "data" / "review").glob("*.yaml")),
        ("matches", (root / "data" / "matches").glob("*.yaml")),
        *((REGISTRY_KINDS[path.stem], [path]) for path in (root / "data" / "registry").glob("*.yaml")),
    )
    for path in sorted(paths)
]


def validator(kind):
    schema = json.loads((ROOT / "docs" / "schema" / f"{kind}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize(("kind", "path"), FILES, ids=[str(path.relative_to(ROOT)) for _, path in FILES])
def test_a_file_that_the_program_takes_fits_its_schema(kind, path):
    assert list(validator(kind).iter_errors(read_yaml(path.read_bytes(), path.name))) == []


@pytest.mark.parametrize("change", [
    lambda record: record.pop("coder"),
    lambda record: record.update(more="x"),
    lambda record: record["article"].update(sha256="x"),
    lambda record: record["claims"][0].update(stance="claimed"),
    lambda record: record["claims"][0].update(quote=""),
    lambda record: record["claims"][0]["quantity"].update(low="-1"),
    lambda record: record["statements"][0].update(quotes={"colour": "red"}),
])
def test_what_the_schema_refuses_the_program_refuses(change):
    (path,) = (ROOT / "docs" / "example" / "data" / "records").rglob("*.yaml")
    record = copy.deepcopy(read_yaml(path.read_bytes(), path.name))
    change(record)
    breaches = []
    RECORD.check(record, (), breaches)
    assert breaches
    assert list(validator("record").iter_errors(record))
