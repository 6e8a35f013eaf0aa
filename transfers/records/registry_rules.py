"""The rules that the registry must keep: ids lead somewhere, names are honest, trees have a root."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final

from transfers.records.known import KINDS, Known, as_known, tie_id
from transfers.vocabulary.dates import day_fault, read_edtf
from transfers.vocabulary.names import as_key

Path = tuple[str | int, ...]
Breaches = list[tuple[Path, str]]
Registry = Mapping[str, Mapping[str, Any]]

_UNJOINED: Final = ("LATIN", "CYRILLIC", "GREEK", "HEBREW", "ARMENIAN", "GEORGIAN", "HANGUL", "THAI")
_SCRIPTS: Final = ("LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "ARMENIAN", "GEORGIAN", "DEVANAGARI", "HANGUL", "THAI")


def check_registry(registry: Registry) -> dict[str, Breaches]:
    """What is wrong in the registry, by kind."""
    known = as_known(registry)
    breaches: dict[str, Breaches] = {kind: [] for kind in KINDS}
    kept: dict[str, str] = {}
    codes: dict[tuple[str, str], str] = {}
    for kind in KINDS:
        found = breaches[kind]
        _check_former(kind, registry, kept, found)
        for slug, entry in registry.get(kind, {}).items():
            _check_names((slug,), entry, known, found)
            for path, other_kind, other in _references(kind, slug, entry):
                if known.find(other_kind, other) is None:
                    found.append((path, known.unknown(other_kind, other)))
        _check_identifiers(kind, registry, codes, found)
    _check_sources(registry, breaches)
    _check_tree(registry.get("systems", {}), known, breaches["systems"])
    _check_ties(registry.get("actors", {}), known, breaches["actors"])
    return breaches


def check_name(name: str) -> str | None:
    """Why a name may not be written like this; None when it may.

    A name has no invisible characters (but the joiners that Persian and Indic scripts need) and no word in two scripts: a
    Cyrillic о in a Latin word is found by nobody.
    """
    for word in name.split():
        scripts = {_script(character) for character in word if unicodedata.category(character)[0] == "L"}
        mixed = scripts.intersection(_SCRIPTS)
        if len(mixed) > 1:
            return f"mixes {' and '.join(sorted(script.title() for script in mixed))} letters in the word {word!r}"
    return check_printed_name(name)


def check_printed_name(name: str) -> str | None:
    """The same for a name that an article prints: whatever its letters are, they are what the article has."""
    for word in name.split():
        for position, character in enumerate(word):
            if unicodedata.category(character) in ("Cc", "Cf", "Co", "Cn", "Zl", "Zp") and not _joins(word, position):
                return f"holds the invisible character U+{ord(character):04X}"
    if name != " ".join(name.split()):
        return "has white space at an end, or other white space than single spaces"
    return None if as_key(name) else "has neither letters nor digits"


def _joins(word: str, position: int) -> bool:
    """Whether a character is a joiner between two letters of a script that needs joiners."""
    if word[position] not in "\u200c\u200d" or not 0 < position < len(word) - 1:
        return False
    around = (word[position - 1], word[position + 1])
    return all(unicodedata.category(one)[0] in "LM" and _script(one) not in _UNJOINED for one in around)


def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]


def _check_former(kind: str, registry: Registry, kept: dict[str, str], breaches: Breaches) -> None:
    """A merged id leads to one entry: of all kinds together, because `show` is not told the kind."""
    for slug, entry in registry.get(kind, {}).items():
        for position, former in enumerate(entry.get("formerly", ())):
            path = (slug, "formerly", position)
            if former in registry[kind]:
                breaches.append((path, f"{former!r} is an entry of its own; a merged id is not"))
            elif former in kept:
                breaches.append((path, f"{former!r} was merged into {kept[former]!r} already"))
            for other in KINDS:
                if other != kind and former in registry.get(other, {}):
                    breaches.append((path, f"{former!r} is an id under {other}"))
            kept[former] = slug


def _check_names(path: Path, entry: Mapping[str, Any], known: Known, breaches: Breaches) -> None:
    fault = check_name(entry["name"])
    if fault:
        breaches.append(((*path, "name"), fault))
    seen = set()
    for position, alias in enumerate(entry.get("aliases", ())):
        here = (*path, "aliases", position)
        fault = check_name(alias["name"])
        if fault:
            breaches.append(((*here, "name"), fault))
        if alias["name"] in seen:
            breaches.append(((*here, "name"), f"{alias['name']!r} stands here twice"))
        seen.add(alias["name"])
        if "used_by" in alias and known.find("actors", alias["used_by"]) is None:
            breaches.append(((*here, "used_by"), known.unknown("actors", alias["used_by"])))
        for key in ("valid_from", "valid_to"):
            fault = day_fault(alias[key]) if key in alias else None
            if fault:
                breaches.append(((*here, key), fault))
        if alias.get("valid_from", "") > alias.get("valid_to", "9999"):
            breaches.append((here, "valid_to lies before valid_from"))


def _references(kind: str, slug: str, entry: Mapping[str, Any]) -> Iterator[tuple[Path, str, str]]:
    if kind == "systems":
        if "parent" in entry:
            yield (slug, "parent"), "systems", entry["parent"]
        if "designer" in entry:
            yield (slug, "designer"), "actors", entry["designer"]
    for position, tie in enumerate(entry.get("ties", ())):
        yield (slug, "ties", position, "target"), "actors", tie["target"]


def _check_identifiers(kind: str, registry: Registry, seen: dict[tuple[str, str], str], breaches: Breaches) -> None:
    """A code of somebody else's list is that of one entry, of whatever kind."""
    for slug, entry in registry.get(kind, {}).items():
        for position, identifier in enumerate(entry.get("identifiers", ())):
            code = (identifier["scheme"], identifier["value"])
            if code in seen:
                breaches.append(((slug, "identifiers", position), f"{code[0]} {code[1]} is that of {seen[code]!r} already"))
            seen[code] = slug


def _check_sources(registry: Registry, breaches: dict[str, Breaches]) -> None:
    """Parents, designers and coordinates are our knowledge, not an article's: they carry a source."""
    for slug, entry in registry.get("systems", {}).items():
        if ("parent" in entry or "designer" in entry) and "source" not in entry:
            breaches["systems"].append(((slug,), "parent and designer need a source"))
    for slug, entry in registry.get("places", {}).items():
        if ("lat" in entry) != ("lon" in entry):
            breaches["places"].append(((slug,), "lat and lon come together"))
        if "lat" in entry and "source" not in entry:
            breaches["places"].append(((slug,), "coordinates need a source"))
        if abs(float(entry.get("lat", 0))) > 90 or abs(float(entry.get("lon", 0))) > 180:
            breaches["places"].append(((slug,), "lat lies between -90 and 90, lon between -180 and 180"))


def _check_tree(systems: Mapping[str, Any], known: Known, breaches: Breaches) -> None:
    for slug in systems:
        seen, above = {slug}, systems[slug].get("parent")
        while above is not None:
            above = known.find("systems", above)
            if above in seen:
                breaches.append(((slug, "parent"), "the parents go round in a circle"))
                break
            if above is None:
                break
            seen.add(above)
            above = systems[above].get("parent")


def _check_ties(actors: Mapping[str, Any], known: Known, breaches: Breaches) -> None:
    seen: dict[str, str] = {}
    for slug, entry in actors.items():
        for position, tie in enumerate(entry.get("ties", ())):
            path = (slug, "ties", position)
            made = tie_id(slug, tie)
            if made in seen:
                breaches.append((path, f"has the id of another tie: {made}"))
            if len(made) > 60:
                breaches.append((path, f"makes an id of {len(made)} characters ({made}); give it a shorter id"))
            seen[made] = slug
            if known.find("actors", tie["target"]) == slug:
                breaches.append((path, "an actor is not tied to itself"))
            if tie["kind"] == "post" and "title" not in tie:
                breaches.append((path, "a post needs its title"))
            start = read_edtf(tie["start"]).earliest if "start" in tie else None
            end = read_edtf(tie["end"]).latest if "end" in tie else None
            if start and end and end < start:
                breaches.append(((*path, "end"), f"{tie['end']} lies before the start, {tie['start']}"))
    _check_parts(actors, known, breaches)


def _check_parts(actors: Mapping[str, Any], known: Known, breaches: Breaches) -> None:
    wholes = {
        slug: [known.find("actors", tie["target"]) for tie in entry.get("ties", ()) if tie["kind"] == "part_of"]
        for slug, entry in actors.items()
    }
    for slug in actors:
        open_, seen = list(wholes[slug]), set()
        while open_:
            whole = open_.pop()
            if whole == slug:
                breaches.append(((slug, "ties"), "is part of itself, by way of others"))
                break
            if whole and whole not in seen:
                seen.add(whole)
                open_.extend(wholes.get(whole, ()))
