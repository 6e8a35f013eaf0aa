"""The formats of the files as JSON Schema, for editors that complete and check while one writes."""

from __future__ import annotations

from typing import Any

from transfers.records.format import MATCHES, RECORD, REGISTRY, REVIEW
from transfers.records.shapes import Shape

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def as_json_schema(kind: str) -> dict[str, Any]:
    """The schema of a record, of one file of the registry, of a review, or of the decisions on a register.

    Args:
        kind: ``record``, ``review``, ``matches``, ``actors``, ``systems``, ``places`` or ``topics``.
    """
    shapes: dict[str, Shape] = {"record": RECORD, "review": REVIEW, "matches": MATCHES, **REGISTRY}
    return {"$schema": DIALECT, "title": f"transfers: {kind}", **shapes[kind].schema()}
