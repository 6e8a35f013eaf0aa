"""The rules of meaning that one record must keep: what goes together, what a word may stand for, what must be explained.

Each rule adds ``(path, sentence)`` to a list. The database has most of them again as CHECKs, for writers that are not this
program; here they are said in words and with their place.

Source: docs/codebook.md, Records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from transfers.records.known import Known
from transfers.records.registry_rules import check_printed_name
from transfers.records.shapes import MOST
from transfers.vocabulary import words
from transfers.vocabulary.dates import day_fault, is_one_day, read_edtf, weekday
from transfers.vocabulary.names import transfer_id
from transfers.vocabulary.quantities import read_words

Path = tuple[str | int, ...]
Printed = tuple[Path, str]  # where words as printed stand in an entry, and the words
Breaches = list[tuple[Path, str]]
Entry = dict[str, Any]

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ROLES: Final = frozenset((*words.CLAIM_ACTOR_ROLES, *words.CLAIM_SYSTEM_ROLES))
_WEEKDAY: Final = re.compile(r"\b(" + "|".join(WEEKDAYS) + r")\b", re.IGNORECASE)


# --- ids --------------------------------------------------------------------------------------------------------------
def resolve_ids(record: Entry, known: Known, breaches: Breaches) -> None:
    """Replace merged ids of the registry by those that are kept, and add a breach for each unknown one."""
    for path, holder, key, kind in _references(record):
        kept = known.find(kind, holder[key])
        if len(breaches) >= MOST:
            return
        if kept is None:
            breaches.append((path, known.unknown(kind, holder[key])))
        else:
            holder[key] = kept


def _references(record: Entry) -> Iterator[tuple[Path, Any, Any, str]]:
    """Every place of a record that names an entry of the registry: its path, its holder, the key there, the kind."""
    plain: dict[str, dict[str, str]] = {
        "meetings": {"place": "places"},
        "roles": {"person": "actors", "org": "actors"},
        "aliases": {"actor": "actors", "system": "systems", "used_by": "actors"},
        "statements": {"speaker": "actors", "via": "actors"},
        "claims": {"said_by": "actors", "via": "actors"},
    }
    for key in ("outlet", "agency"):
        if key in record["article"]:
            yield ("article", key), record["article"], key, "actors"
    for section, keys in plain.items():
        for position, entry in enumerate(record.get(section, ())):
            for key, kind in keys.items():
                if key in entry:
                    yield (section, position, key), entry, key, kind
            for number in range(len(entry.get("topics", ()))):
                yield (section, position, "topics", number), entry["topics"], number, "topics"
    for position, claim in enumerate(record.get("claims", ())):
        yield from _claim_references(("claims", position), claim)


def _claim_references(path: Path, claim: Entry) -> Iterator[tuple[Path, Any, Any, str]]:
    transfer = claim.get("transfer")
    if transfer:
        for key, kind in (("supplier", "actors"), ("recipient", "actors"), ("system", "systems")):
            yield (*path, "transfer", key), transfer, key, kind
    for number, actor in enumerate(claim.get("actors", ())):
        yield (*path, "actors", number, "actor"), actor, "actor", "actors"
    for number, system in enumerate(claim.get("systems", ())):
        yield (*path, "systems", number, "system"), system, "system", "systems"


# --- words as printed -------------------------------------------------------------------------------------------------
def words_of_role(role: Entry) -> list[Printed]:
    """A role has no words as printed: its title is the usual name of the post."""
    return []


def words_of_statement(statement: Entry) -> list[Printed]:
    """The words as printed of a statement."""
    return [(("described",), statement["described"]), *_words(statement, "audience")]


def words_of_claim(claim: Entry) -> list[Printed]:
    """The words as printed of a claim."""
    described = [
        (("actors", number, "described"), actor["described"])
        for number, actor in enumerate(claim.get("actors", ()))
        if "described" in actor
    ]
    return [*_words(claim, "hedge", "attribution", "end_use"), *described]


def _words(entry: Entry, *keys: str) -> list[Printed]:
    printed: list[Printed] = [((key,), entry[key]) for key in keys if key in entry]
    maps = [key for key in ("quantity", "date", "value") if "text" in entry.get(key, {})]
    return printed + [((key, "text"), entry[key]["text"]) for key in maps]


# --- the record as a whole --------------------------------------------------------------------------------------------
def check_record(record: Entry, known: Known, breaches: Breaches, warnings: Breaches) -> None:
    """Add a breach for each rule that the record breaks, and a warning for what a reviewer should look at."""
    article = record["article"]
    _check_article(article, breaches)
    if "copy_of" in article and record.get("claims"):
        breaches.append((("claims",), "a copy has no claims of its own; they stand in the record of the article it copies"))
    _check_local_ids(record, breaches)
    _check_roles(record, breaches)
    _check_aliases(record, breaches)
    roles = {role["id"] for role in record.get("roles", ())} | known.ties
    for position, statement in enumerate(record.get("statements", ())):
        path: Path = ("statements", position)
        if "role" in statement and statement["role"] not in roles:
            breaches.append(((*path, "role"), f"{statement['role']!r} stands neither under roles nor in the registry"))
        _check_entry(path, statement, breaches)
    statements = {statement["id"] for statement in record.get("statements", ())}
    for position, claim in enumerate(record.get("claims", ())):
        path = ("claims", position)
        if "statement" in claim and claim["statement"] not in statements:
            breaches.append(((*path, "statement"), f"{claim['statement']!r} is no statement of this record"))
        _check_claim(path, claim, breaches)
        _check_entry(path, claim, breaches)
        _warn_of_future(path, claim, article, warnings)
    _check_transfer_ids(record, breaches)
    _check_meetings(record, breaches)


def _check_article(article: Entry, breaches: Breaches) -> None:
    published = article.get("published")
    if published and (published["basis"] == "inferred") != ("why" in published):
        breaches.append((("article", "published"), "basis: inferred and why come together"))
    if published and published["basis"] != "external" and not published.get("quotes"):
        breaches.append((("article", "published"), f"basis {published['basis']} needs quotes; without them it is external"))
    if article.get("status", "live") != "live" and "status_reason" not in article:
        breaches.append((("article", "status"), "needs status_reason"))
    _check_day(("article", "retrieved_on"), article.get("retrieved_on"), breaches)
    if article.get("copy_of") == article["id"]:
        breaches.append((("article", "copy_of"), "an article is no copy of itself"))
    links = set()
    for position, link in enumerate(article.get("links", ())):
        if link["article"] == article["id"]:
            breaches.append((("article", "links", position), "an article does not link to itself"))
        if (link["article"], link["kind"]) in links:
            breaches.append((("article", "links", position), "stands here twice"))
        links.add((link["article"], link["kind"]))


def _check_local_ids(record: Entry, breaches: Breaches) -> None:
    for section in ("meetings", "roles", "statements", "claims", "removed"):
        seen: set[str] = set()
        for position, entry in enumerate(record.get(section, ())):
            if entry["id"] in seen:
                breaches.append(((section, position, "id"), f"{entry['id']!r} stands here twice"))
            seen.add(entry["id"])
    used = {entry["id"] for section in ("statements", "claims") for entry in record.get(section, ())}
    for position, removed in enumerate(record.get("removed", ())):
        if removed["id"] in used:
            breaches.append((("removed", position, "id"), f"{removed['id']!r} is removed and yet used; an id is never used again"))
        _check_day(("removed", position, "on"), removed.get("on"), breaches)
    names: set[tuple[str | None, str | None, str]] = set()
    for position, alias in enumerate(record.get("aliases", ())):
        name = (alias.get("actor"), alias.get("system"), alias["name"])
        if name in names:
            breaches.append((("aliases", position, "name"), f"{alias['name']!r} stands here twice"))
        names.add(name)


def _check_roles(record: Entry, breaches: Breaches) -> None:
    for position, role in enumerate(record.get("roles", ())):
        path: Path = ("roles", position)
        if role["person"] == role["org"]:
            breaches.append((path, "person and org are the same actor"))
        if "held_on" in role:
            days = read_edtf(role["held_on"])
            if days.earliest is None or days.latest is None:
                breaches.append(((*path, "held_on"), "must name days on which it was held, without an open end"))
        _check_given(path, role, breaches)


def _check_aliases(record: Entry, breaches: Breaches) -> None:
    for position, alias in enumerate(record.get("aliases", ())):
        path: Path = ("aliases", position)
        if ("actor" in alias) == ("system" in alias):
            breaches.append((path, "needs exactly one of actor and system"))
        fault = check_printed_name(alias["name"])
        if fault:
            breaches.append(((*path, "name"), fault))
        _check_given(path, alias, breaches)


def _check_given(path: Path, entry: Entry, breaches: Breaches) -> None:
    for section in ("quotes", "inferred"):
        for field in entry.get(section, ()):
            if field not in entry:
                breaches.append(((*path, section, field), f"{field} is not given in this entry"))


def _check_transfer_ids(record: Entry, breaches: Breaches) -> None:
    """Two keys must not make the same id: slugs are joined by the hyphen that may stand inside them."""
    seen: dict[str, tuple[str, ...]] = {}
    for position, claim in enumerate(record.get("claims", ())):
        if "transfer" in claim:
            key = transfer_key(claim["transfer"])
            made = transfer_id(*key)
            path: Path = ("claims", position, "transfer")
            if seen.setdefault(made, key) != key:
                breaches.append((path, f"makes the same id as another transfer: {made}"))
            if len(made) > 240:
                breaches.append((path, f"makes an id of {len(made)} characters; at most 240 are allowed"))


def _check_meetings(record: Entry, breaches: Breaches) -> None:
    spoken_of = {entry.get("meeting") for section in ("statements", "claims") for entry in record.get(section, ())}
    for position, meeting in enumerate(record.get("meetings", ())):
        if meeting["id"] not in spoken_of:
            breaches.append((("meetings", position), f"no claim or statement of this record speaks of {meeting['id']!r}"))


def transfer_key(transfer: Entry) -> tuple[str, str, str, str, str]:
    """What identifies a transfer: supplier, recipient, system, kind, episode."""
    return (
        transfer["supplier"], transfer["recipient"], transfer["system"], transfer["kind"], transfer.get("episode", "all"),
    )


def _check_day(path: Path, day: str | None, breaches: Breaches) -> None:
    fault = day_fault(day) if day is not None else None
    if fault:
        breaches.append((path, fault))


# --- one claim or statement -------------------------------------------------------------------------------------------
def _check_claim(path: Path, claim: Entry, breaches: Breaches) -> None:
    if ("transfer" in claim) == ("meeting" in claim):
        breaches.append((path, "needs exactly one of transfer and meeting"))
        return
    if "transfer" in claim:
        if claim["transfer"]["supplier"] == claim["transfer"]["recipient"]:
            breaches.append(((*path, "transfer"), "supplier and recipient are the same actor"))
        if "phase" not in claim:
            breaches.append((path, "phase is missing"))
    else:
        only = [key for key in ("phase", "quantity", "end_use", "condition", "deal", "value") if key in claim]
        breaches.extend(((*path, key), "is only for transfers") for key in only)
    _check_stance(path, claim, breaches)
    _check_takers(path, claim, breaches)
    _check_value((*path, "value"), claim.get("value", {}), breaches)


def _check_stance(path: Path, claim: Entry, breaches: Breaches) -> None:
    if (claim["stance"] == "denied") != ("denies" in claim):
        breaches.append((path, "a denial says what it denies, and only a denial: stance denied and denies come together"))
    if claim["stance"] == "alleged" and "hedge" not in claim:
        breaches.append((path, "stance alleged needs hedge, the words that mark the doubt"))
    if claim["stance"] == "asserted" and "hedge" in claim:
        breaches.append(((*path, "hedge"), "marks doubt, so the stance is alleged, not asserted"))


def _check_takers(path: Path, claim: Entry, breaches: Breaches) -> None:
    for section, key in (("actors", "actor"), ("systems", "system")):
        pairs = [(entry[key], entry["role"]) for entry in claim.get(section, ())]
        for position, pair in enumerate(pairs):
            if pair in pairs[:position]:
                breaches.append(((*path, section, position), f"{pair[0]} stands here twice as {pair[1]}"))


def _check_value(path: Path, value: Entry, breaches: Breaches) -> None:
    if ("low" in value or "high" in value) and "currency" not in value:
        breaches.append((path, "a number needs its currency"))
    _check_order(path, value, breaches)


def _check_entry(path: Path, entry: Entry, breaches: Breaches) -> None:
    """What claims and statements have in common."""
    if entry.get("rank") == "deprecated" and "rank_reason" not in entry:
        breaches.append(((*path, "rank"), "deprecated needs rank_reason"))
    topics = entry.get("topics", ())
    if len(set(topics)) != len(topics):
        breaches.append(((*path, "topics"), "the same topic stands here twice"))
    _check_fields(path, entry, breaches)
    if "date" in entry:
        _check_date(path, entry, breaches)
    if "quantity" in entry:
        _check_quantity(path, entry, breaches)


def _check_fields(path: Path, entry: Entry, breaches: Breaches) -> None:
    """A quote or an inference speaks of a field that the entry has, or of a role that it uses.

    Words may be quoted for a role that nobody of the registry has in the claim ("viewed some of the latest hardware").
    """
    given = {*entry, *entry.get("transfer", ()), *(other["role"] for other in entry.get("actors", ()))}
    given.update(other["role"] for other in entry.get("systems", ()))
    given.update(("episode",) if "transfer" in entry else ())
    for section, also in (("quotes", _ROLES), ("inferred", frozenset())):
        for field in entry.get(section, ()):
            if field not in given and field not in also:
                breaches.append(((*path, section, field), f"{field} is not given in this entry"))


def _check_date(path: Path, entry: Entry, breaches: Breaches) -> None:
    date = entry["date"]
    if not date:
        breaches.append(((*path, "date"), "is empty"))
    if ("edtf" in date) != ("basis" in date):
        breaches.append(((*path, "date"), "edtf and basis come together"))
    if (date.get("basis") == "inferred") != ("date" in entry.get("inferred", {})):
        breaches.append(((*path, "date"), "basis: inferred and a line date under inferred come together"))
    if date.get("basis") == "stated" and "text" not in date:
        breaches.append(((*path, "date"), "basis: stated needs the words as printed (text)"))
    named = _WEEKDAY.findall(date.get("text", ""))
    if len(named) == 1 and "edtf" in date and is_one_day(date["edtf"]):
        day = read_edtf(date["edtf"]).earliest
        assert day is not None
        right = WEEKDAYS[weekday(day)]
        if named[0].casefold() != right:
            breaches.append(((*path, "date", "edtf"), f"{day} is a {right.title()}, the words say {named[0]}"))


def _check_quantity(path: Path, entry: Entry, breaches: Breaches) -> None:
    quantity = entry["quantity"]
    here: Path = (*path, "quantity")
    low, high, qualifier = quantity.get("low"), quantity.get("high"), quantity["qualifier"]
    if ("per" in quantity) != (quantity["scope"] == "per_period"):
        breaches.append((here, "scope per_period and per come together"))
    _check_order(here, quantity, breaches)
    sentence = _misfit(low, high, qualifier)
    if sentence:
        breaches.append(((*here, "qualifier"), sentence))
        return
    meant = read_words(quantity["text"])
    given = (int(low) if low else None, int(high) if high else None, qualifier)
    if meant != given and "quantity" not in entry.get("inferred", {}):
        said = "is not known to the convention" if meant is None else f"means {_as_range(*meant)} by the convention"
        breaches.append((here, f"“{quantity['text']}” {said}; for {_as_range(*given)} say why under inferred: {{quantity: ...}}"))


def _misfit(low: str | None, high: str | None, qualifier: str) -> str | None:
    """Why a qualifier does not fit which bounds are given; None when it does."""
    bounds = (low is not None, high is not None)
    fits = {
        "exact": bounds == (True, True) and low == high,
        "about": bounds == (True, True) or bounds == (False, True) or bounds == (True, False),
        "at_least": bounds == (True, False),
        "at_most": bounds == (False, True),
        "range": bounds == (True, True),
        "worded": bounds == (True, True),
        "none": bounds == (False, False),
    }
    needs = {
        "exact": "low and high, and they are equal", "about": "a number", "at_least": "low and no high",
        "at_most": "high and no low", "range": "low and high", "worded": "low and high", "none": "neither low nor high",
    }
    return None if fits[qualifier] else f"{qualifier} needs {needs[qualifier]}"


def _check_order(path: Path, numbers: Entry, breaches: Breaches) -> None:
    if "low" in numbers and "high" in numbers and int(numbers["low"]) > int(numbers["high"]):
        breaches.append((path, f"low {numbers['low']} is more than high {numbers['high']}"))


def _as_range(low: int | None, high: int | None, qualifier: str) -> str:
    return f"{'open' if low is None else low} to {'open' if high is None else high} ({qualifier})"


def _warn_of_future(path: Path, claim: Entry, article: Entry, warnings: Breaches) -> None:
    """A delivery after the publication is likely a slip."""
    edtf, published = claim.get("date", {}).get("edtf"), article.get("published", {}).get("edtf")
    if claim.get("phase") in words.PHASES_ON_THE_WAY and claim["stance"] != "denied" and edtf and published:
        earliest, latest = read_edtf(edtf).earliest, read_edtf(published).latest
        if earliest and latest and earliest > latest:
            warnings.append(((*path, "date"), f"{claim['phase']} on {edtf}, after the publication on {published}"))
