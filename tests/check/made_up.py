"""Small collections on disk, made record by record. Every text in them is made up for the tests."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from tests.records.made_up import as_yaml
from transfers.load.checking import Checked, check_collection

Entry = dict[str, Any]

REGISTRY: dict[str, Entry] = {
    "actors": {
        "aland": {"name": "Aland", "kind": "state", "aliases": [{"name": "Alandia", "lang": "en", "kind": "spelling"}], "formerly": ["old-aland"]},
        "borduria": {"name": "Borduria", "kind": "state"},
        "anna-alder": {"name": "Anna Alder", "kind": "person", "ties": [
            {"id": "alder-envoy", "kind": "post", "target": "aland", "title": "Envoy", "source": "made up"},
        ]},
        "the-gazette": {"name": "The Gazette", "kind": "media"},
        "the-courier": {"name": "The Courier", "kind": "media"},
    },
    "systems": {"kestrel-7": {"name": "Kestrel-7", "level": "model", "category": "uav"}},
    "places": {"szohod": {"name": "Szohôd", "precision": "city"}},
    "topics": {"prices": {"name": "Prices"}},
}


class Collection:
    """A collection in a folder, to which records are added."""

    def __init__(self, root: Path, registry: dict[str, Entry] = REGISTRY) -> None:
        self.root = root
        for name in ("data/registry", "data/records/2023", "data/review", "seeds"):
            (root / name).mkdir(parents=True)
        for kind, entries in registry.items():
            (root / f"data/registry/{kind}.yaml").write_text(as_yaml(entries), encoding="utf-8")

    def add(self, article: str, /, *, name: str = "", text: str = "", outlet: str = "the-gazette", claims: int = 1, **parts: Any) -> str:
        """Write a record with its article; the path of the record.

        Args:
            article: the id of the article.
            name: the name of the file, after the article when left out.
            text: the article; its own when left out.
            outlet: who published it.
            claims: how many plain claims it has.
            parts: ``article`` is added to the article, ``claim`` and ``statement`` to the first of them, the rest to the record.
        """
        text = text or f"Made up for tests: {article}."
        sentences = [f"Aland has sent Borduria shipment {number} as told by {article}." for number in range(1, claims + 1)]
        raw = f"{text} {' '.join(sentences)} Anna Alder, the envoy, said so in Szohôd; Bordurians call the drone Sokol-2."
        (self.root / f"seeds/{name or article}.txt").write_text(raw, encoding="utf-8", newline="")
        record: Entry = {
            "format": "1", "coder": "ab",
            "article": {
                "id": article, "outlet": outlet, "lang": "en", "source": f"seeds/{name or article}.txt", "format": "text",
                "sha256": hashlib.sha256(raw.encode()).hexdigest(), **parts.pop("article", {}),
            },
            "statements": [{
                "id": "s01", "speaker": "anna-alder", "described": "Anna Alder", "form": "indirect", "quote": "Anna Alder, the envoy, said so",
                "summary": "She said so.", **parts.pop("statement", {}),
            }],
            "claims": [
                {
                    "id": f"c{number:02}", "transfer": {"supplier": "aland", "recipient": "borduria", "system": "kestrel-7", "kind": "supply"},
                    "stance": "asserted", "phase": "delivered", "quote": sentence, "summary": "Aland has sent it.",
                    **(parts.pop("claim", {}) if number == 1 else {}),
                }
                for number, sentence in enumerate(sentences, start=1)
            ],
            **parts,
        }
        path = f"data/records/2023/{name or article}.yaml"
        (self.root / path).write_text(as_yaml(record), encoding="utf-8")
        return path

    def check(self, **options: Any) -> Checked:
        """What the program makes of it."""
        return check_collection(str(self.root), **options)

    def problems(self) -> list[str]:
        """The problems without the folder and the line."""
        found = []
        for path, line, field, sentence in self.check().problems:
            assert line >= 0
            found.append(f"{path.removeprefix('data/records/2023/')}: {field}: {sentence}")
        return found
