"""Making a new collection: whole or not at all, and never over something that is there."""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import Final

from transfers.errors import InputError
from transfers.records.collection import RECORDS, REGISTRY, REVIEWS, SEEDS

_HERE: Final = os.path.dirname(os.path.abspath(__file__))
# States are the same for everybody, so a collection begins with ours: beside this module once installed, else of the checkout.
_STATES: Final = (os.path.join(_HERE, "states.yaml"), os.path.join(_HERE, "..", "..", *REGISTRY.split("/"), "states.yaml"))
_FILES: Final = {
    f"{REGISTRY}/actors.yaml": (
        "# Who there is beside the states of states.yaml: one entry an actor, for example\n"
        "# iran-navy: {name: Navy of Iran, kind: military, country: IR, ties: [{kind: part_of, target: iran, source: ...}]}\n"
    ),
    f"{REGISTRY}/systems.yaml": (
        "# What there is: one entry a system, family or class, for example\n"
        "# uav: {name: Unmanned aerial vehicle, level: class, category: uav, aliases: [{name: drone, lang: en, kind: spelling}]}\n"
    ),
    f"{REGISTRY}/places.yaml": "# Where: one entry a place, for example\n# tehran: {name: Tehran, country: IR, precision: city}\n",
    f"{REGISTRY}/topics.yaml": "# Subjects: one entry a topic, for example\n# sanctions: {name: Sanctions}\n",
    f"{RECORDS}/.gitkeep": "",
    f"{REVIEWS}/.gitkeep": "",
    f"{SEEDS}/.gitkeep": "",
    ".gitattributes": "# Offsets and hashes are of these exact bytes.\nseeds/** -text\ndata/** -text\n",
    ".gitignore": "data/*.db\ndata/*.db-*\ndata/*.db.*\n",
}


def make_collection(folder: str) -> list[str]:
    """Make a collection in a folder that is new or empty; what to do next, in sentences.

    Raises:
        InputError: something is there already, or the folder cannot be made; nothing was changed.
    """
    if not folder:
        raise InputError("the folder has no name")
    target = os.path.abspath(folder)
    above = os.path.dirname(target)
    part = ""
    try:
        is_there = os.path.lexists(target)
        if is_there and (not os.path.isdir(target) or os.listdir(target)):
            raise InputError(f"{folder} is there already and not an empty folder; name a new one")
        if not os.path.isdir(above):
            raise InputError(f"{above} does not exist; make it first")
        # Made aside and moved to its place whole, so that a process that is killed leaves no half collection.
        part = tempfile.mkdtemp(prefix=".transfers-init-", dir=target if is_there else above)
        _write_files(part)
        if is_there:
            _move_into(part, target)
        else:
            os.chmod(part, 0o755)
            os.replace(part, target)
    except OSError as error:
        raise InputError(f"{folder} cannot be made: {error.strerror}") from error
    finally:
        if part:
            shutil.rmtree(part, ignore_errors=True)
    return [
        f"made the collection {target}",
        "put an article into seeds/, describe it in data/records/<year>/<article-id>.yaml",
        "name its actors and systems in data/registry/, where the states are already; then run: transfers check, transfers load",
    ]


def _write_files(folder: str) -> None:
    for path, text in _FILES.items():
        full = os.path.join(folder, *path.split("/"))
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    shutil.copyfile(next(filter(os.path.isfile, _STATES), _STATES[0]), os.path.join(folder, *REGISTRY.split("/"), "states.yaml"))


def _move_into(part: str, folder: str) -> None:
    """Fill a folder and not replace it: somebody may be standing in it. It is a collection as soon as it has data/, the last."""
    for name in sorted(os.listdir(part), key=lambda name: (name == "data", name)):
        os.rename(os.path.join(part, name), os.path.join(folder, name))
