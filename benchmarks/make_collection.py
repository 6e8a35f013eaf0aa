"""Make a collection of records for measuring: real in shape, made up in content, the same on every machine.

Run: python benchmarks/make_collection.py FOLDER [RECORDS]
"""

from __future__ import annotations

import hashlib
import random
import sys
from pathlib import Path

STATES = ["aland", "borduria", "cascara", "dalmasca", "elbonia", "florin", "genovia", "hyrkania", "ixania", "jumbostan"]
SYSTEMS = [f"kestrel-{number}" for number in range(1, 61)]
WORDS = (
    "the ministry said convoy depot officials confirmed report border harbour shipment engineers parliament committee "
    "described inspection runway satellite images analysts noted contract signed delivery season workshop spare"
).split()


def make_collection(folder: Path, records: int = 1_000) -> None:
    """Write a collection with so many records, each of about ten claims, with its article."""
    random_ = random.Random(7)
    for name in ("data/registry", "data/records", "data/review", "seeds"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    _write_registry(folder)
    for number in range(records):
        _write_record(folder, number, random_)


def _write_registry(folder: Path) -> None:
    actors = [
        f"{state}: {{name: {state.title()}, kind: state, aliases: [{{name: {state.title()}ia, kind: metonym}}]}}"
        for state in STATES
    ]
    actors += ["the-gazette: {name: The Gazette, kind: media}", "press-agency: {name: Press Agency, kind: media}"]
    systems = ["uav: {name: Unmanned aircraft, level: class, category: uav, aliases: [{name: drone, kind: spelling}]}"]
    systems += [
        f"{system}: {{name: {system.title()}, level: model, category: uav, parent: uav, source: made up}}" for system in SYSTEMS
    ]
    (folder / "data/registry/actors.yaml").write_text("\n".join(actors) + "\n")
    (folder / "data/registry/systems.yaml").write_text("\n".join(systems) + "\n")
    (folder / "data/registry/places.yaml").write_text("harbour: {name: Harbour, precision: city}\n")


def _write_record(folder: Path, number: int, random_: random.Random) -> None:
    article = f"gazette-{number:06d}"
    sentences, claims = [], []
    for claim in range(1, 11):
        supplier, recipient = random_.sample(STATES, 2)
        system = random_.choice(SYSTEMS)
        count = random_.randint(2, 900)
        filler = " ".join(random_.choice(WORDS) for _ in range(18))
        quote = f"{supplier.title()} sent {count} {system.title()} aircraft to {recipient.title()} in note {claim} of {number}"
        sentences.append(f"Made up: {quote} for border patrols, {filler}.")
        claims.append(_claim(claim, quote, supplier, recipient, system, count))
    text = " ".join(sentences)
    raw = f"<p>{text[:900]}</p><p>{text[900:]} <a href=\"https://example.org/{number}\">more</a></p>\n" if number % 2 else text
    if number % 2 and "sent" not in text[880:920]:
        raw = f"<p>{text} <a href=\"https://example.org/{number}\">more</a></p>\n"
    elif number % 2:
        raw = f"<div>{text}</div>"
    (folder / f"seeds/{article}.txt").write_text(raw)
    sha256 = hashlib.sha256(raw.encode()).hexdigest()
    year = folder / f"data/records/{2000 + number % 25}"
    year.mkdir(exist_ok=True)
    (year / f"{article}.yaml").write_text(
        f'format: "1"\ncoder: maker\narticle:\n  id: {article}\n  outlet: the-gazette\n  lang: en\n'
        f"  source: seeds/{article}.txt\n  format: {'html' if number % 2 else 'text'}\n  sha256: {sha256}\n"
        f"  url: https://example.org/{number}\n"
        f'  published: {{edtf: "{2000 + number % 25}-05-{number % 28 + 1:02d}", basis: external}}\n'
        f"claims:\n{''.join(claims)}"
    )


def _claim(claim: int, quote: str, supplier: str, recipient: str, system: str, count: int) -> str:
    return (
        f"  - id: c{claim:02d}\n"
        f"    transfer: {{supplier: {supplier}, recipient: {recipient}, system: {system}, kind: supply}}\n"
        f"    stance: asserted\n    phase: delivered\n    quote: {quote}\n"
        f'    quantity: {{text: "{count}", low: "{count}", high: "{count}", qualifier: exact, unit: item, scope: event}}\n'
        f"    end_use: for border patrols\n    quotes: {{end_use: {quote} for border patrols}}\n"
        f"    summary: {supplier.title()} sent {count} aircraft of the type {system.title()} to {recipient.title()}.\n"
        f"    inferred: {{system: The designation alone names the type and no picture of the aircraft is described.}}\n"
    )


if __name__ == "__main__":
    make_collection(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000)
