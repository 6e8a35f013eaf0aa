"""FollowTheMoney entities as JSON lines: who, what, and on which words of which article it stands.

A transfer is an Event that involves its two sides; what the sources say of it, each claim and each denial, is a Note on that event
with its quote and the article as proof. Nothing is made a fact that is a claim: a link between the sides is drawn only where a
current claim does not deny the event, and its role says what the standing is.

Source: the FollowTheMoney schema, version 4 (followthemoney.tech). The tests hold every property to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from transfers.exports.objects import Object, as_compact_json, as_standing, as_title, grouped, read_objects
from transfers.vocabulary.languages import THREE_LETTERS

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.exports.about import About, Wanted

_LONGEST: Final = 200  # characters of an id
_SCHEMATA: Final = {
    "state": "PublicBody", "former_state": "PublicBody", "government": "PublicBody", "military": "PublicBody",
    "armed_group": "Organization", "company": "Company", "media": "Organization", "organisation": "Organization",
    "person": "Person", "unnamed": "LegalEntity", "group": "LegalEntity", "unknown": "LegalEntity",
}
_ORGANISATIONS: Final = frozenset({"PublicBody", "Organization", "Company"})
_TOPICS: Final = {"military": ["mil"], "government": ["gov.national"]}


def as_id(kind: str, own: str) -> str:
    """The id of an entity: ids of different kinds may be the same with us and must not be there."""
    text = f"{kind}.{own}"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST - 41]}.{hashlib.sha256(text.encode()).hexdigest()[:40]}"


def as_entities(connection: Connection, about: About) -> Iterator[str]:
    """All entities, one to a line; those that others point at come first."""
    for entity in _entities(connection, about):
        entity["properties"] = {
            name: sorted(set(values)) for name, values in entity["properties"].items() if values
        }
        yield as_compact_json(entity) + "\n"


def _entity(schema: str, id_: str, **properties: Any) -> Object:
    """An entity; a property is one value, a list of values, or nothing."""
    listed = {
        name: [str(one) for one in (value if isinstance(value, list) else [value]) if one not in (None, "")]
        for name, value in properties.items()
    }
    return {"id": id_, "schema": schema, "properties": listed}


def _entities(connection: Connection, about: About) -> Iterator[Object]:
    yield _entity("Note", "export.about", name="About this export", description=about.as_sentences("ftm"))
    actors = {one["id"]: one for one in read_objects(connection, "SELECT id, name, kind, country_code, source, note FROM actors")}
    yield from _actors(connection, actors)
    yield from _systems(connection)
    yield from _places(connection)
    yield from _articles(connection, actors, about.wanted)
    yield from _transfers(connection)
    yield from _meetings(connection)
    yield from _claims(connection, actors)
    yield from _statements(connection)
    yield from _ties(connection, actors)


def _aliases(connection: Connection, owner: str) -> dict[str, list[str]]:
    rows = read_objects(connection, f"SELECT {owner} AS owner, name FROM aliases WHERE {owner} IS NOT NULL")
    return {id_: [one["name"] for one in found] for id_, found in grouped(rows, "owner").items()}


def _wikidata(connection: Connection, owner: str) -> dict[str, list[str]]:
    sql = f"SELECT {owner} AS owner, value FROM identifiers WHERE scheme = 'wikidata' AND {owner} IS NOT NULL"
    return {id_: [one["value"] for one in found] for id_, found in grouped(read_objects(connection, sql), "owner").items()}


def _actors(connection: Connection, actors: dict[str, Object]) -> Iterator[Object]:
    aliases, wikidata = _aliases(connection, "actor_id"), _wikidata(connection, "actor_id")
    for id_, actor in actors.items():
        yield _entity(
            _SCHEMATA[actor["kind"]], as_id("actor", id_), name=actor["name"], alias=aliases.get(id_),
            country=(actor["country_code"] or "").lower(), topics=_TOPICS.get(actor["kind"]), wikidataId=wikidata.get(id_),
            notes=[f"kind: {actor['kind']}", actor["note"]], sourceUrl=_web(actor["source"]),
        )


def _web(source: str | None) -> str | None:
    """An address, where a source is one and nothing else."""
    found = source or ""
    return found if found.startswith(("http://", "https://")) and not any(one.isspace() for one in found) else None


def _systems(connection: Connection) -> Iterator[Object]:
    aliases = _aliases(connection, "system_id")
    wikidata = _wikidata(connection, "system_id")
    for system in read_objects(connection, "SELECT id, name, level, category, uav_class, parent_id, note, source FROM systems"):
        kind = ", ".join(filter(None, (system["level"], system["category"], system["uav_class"]))).replace("_", " ")
        yield _entity(
            "Asset", as_id("system", system["id"]), name=system["name"], alias=aliases.get(system["id"]),
            wikidataId=wikidata.get(system["id"]), sourceUrl=_web(system["source"]),
            description=f"A weapons system, not one item of it: {kind}", notes=system["note"],
        )
        if system["parent_id"]:
            yield _link(f"{system['id']}-parent", ("system", system["id"]), ("system", system["parent_id"]), "belongs to")


def _places(connection: Connection) -> Iterator[Object]:
    for place in read_objects(connection, "SELECT id, name, country_code, precision, lat, lon, note FROM places"):
        city = place["name"] if place["precision"] == "city" else None
        yield _entity(
            "Address", as_id("place", place["id"]), full=place["name"], city=city, country=(place["country_code"] or "").lower(),
            latitude=place["lat"], longitude=place["lon"], remarks=[f"precision: {place['precision']}", place["note"]],
        )


def _articles(connection: Connection, actors: dict[str, Object], wanted: Wanted) -> Iterator[Object]:
    text = "text" if wanted.texts else "NULL"
    sql = f"""SELECT id, outlet_id, title, url, archive_url, lang, byline, published_edtf, published_earliest, published_latest,
      retrieved_on, raw_sha256, source_path, status, status_note, reliability, {text} AS text FROM articles"""
    for one in read_objects(connection, sql):
        same_day = one["published_earliest"] == one["published_latest"]
        yield _entity(
            "Article", as_id("article", one["id"]), fileName=one["source_path"].rpartition("/")[2], title=one["title"],
            name=one["title"] or one["id"], sourceUrl=one["url"], publisher=actors[one["outlet_id"]]["name"], author=one["byline"],
            publishedAt=one["published_earliest"] if same_day else None, retrievedAt=one["retrieved_on"],
            language=THREE_LETTERS.get(one["lang"].partition("-")[0]), bodyText=one["text"],
            notes=[
                f"published: {one['published_edtf'] or 'no day'}", f"status: {one['status']}", one["status_note"],
                f"reliability: {one['reliability']}", f"sha256: {one['raw_sha256']}",
                f"archived: {one['archive_url']}" if one["archive_url"] else None,
            ],
        )


def _link(own: str, subject: tuple[str, str], object_: tuple[str, str], role: str, **properties: Any) -> Object:
    return _entity("UnknownLink", as_id("link", own), subject=as_id(*subject), object=as_id(*object_), role=role, **properties)


def _transfers(connection: Connection) -> Iterator[Object]:
    proof = grouped(read_objects(
        connection, "SELECT DISTINCT transfer_id, article_id FROM v_current_claims WHERE transfer_id IS NOT NULL",
    ), "transfer_id")
    for one in read_objects(connection, "SELECT * FROM v_transfers"):
        id_, articles = one["id"], [as_id("article", found["article_id"]) for found in proof.get(one["id"], [])]
        days = {"startDate": one["first_date"], "endDate": one["last_date"]}
        yield _entity(
            "Event", as_id("transfer", id_), name=as_title(one), summary=as_standing(one), proof=articles, **days,
            involved=[as_id("actor", one["supplier"]), as_id("actor", one["recipient"])],
            notes=[
                _range("delivered", one["quantity_low"], one["quantity_high"]),
                _range("planned", one["planned_low"], one["planned_high"]),
            ],
        )
        yield _link(f"{id_}-system", ("transfer", id_), ("system", one["system"]), "what it is a transfer of")
        if one["standing"] not in ("denied_only", "withdrawn"):
            yield _link(
                f"{id_}-sides", ("actor", one["supplier"]), ("actor", one["recipient"]),
                f"{one['kind'].replace('_', ' ')} of {one['system_name']}, as claimed: {as_standing(one)}", proof=articles, **days,
            )


def _range(word: str, low: int | None, high: int | None) -> str | None:
    if low is None and high is None:
        return None
    return f"{word}: {'open' if low is None else low} to {'open' if high is None else high}"


def _meetings(connection: Connection) -> Iterator[Object]:
    proof = grouped(read_objects(
        connection, "SELECT DISTINCT meeting_id, article_id FROM v_current_claims WHERE meeting_id IS NOT NULL",
    ), "meeting_id")
    for id_, rows in grouped(read_objects(connection, "SELECT * FROM v_meetings"), "id").items():
        one = rows[0]
        people = [row for row in rows if row["actor"]]
        yield _entity(
            "Event", as_id("meeting", id_), name=one["title"], startDate=one["date_earliest"], endDate=one["date_latest"],
            location=one["place_name"], country=(one["country"] or "").lower(),
            addressEntity=as_id("place", one["place"]) if one["place"] else None,
            summary=f"{one['kind'].replace('_', ' ')}; claims {one['claims']}; denials {one['denials']}",
            involved=[as_id("actor", row["actor"]) for row in people],
            organizer=[as_id("actor", row["actor"]) for row in people if row["role"] == "host"],
            notes=[f"{row['role'].replace('_', ' ')}: {row['name']}" for row in people],
            proof=[as_id("article", found["article_id"]) for found in proof.get(id_, [])],
        )


def _claims(connection: Connection, actors: dict[str, Object]) -> Iterator[Object]:
    sql = """SELECT c.id, c.article_id, c.transfer_id, c.meeting_id, c.stance, c.denies, c.hedge_text, c.phase, c.said_by_id,
      c.via_id, c.quantity_text, c.quantity_unit, c.quantity_scope, c.date_text, c.date_edtf, c.date_basis, c.end_use_text,
      c.summary,
      c.credibility, w.exact AS quote, w.start_char, w.end_char, a.url, o.name AS outlet
    FROM v_current_claims c JOIN articles a ON a.id = c.article_id JOIN actors o ON o.id = a.outlet_id
    LEFT JOIN evidence w ON w.claim_id = c.id AND w.field = 'whole'"""
    inferred = grouped(read_objects(
        connection, "SELECT claim_id, field, note FROM evidence WHERE basis = 'inferred' AND claim_id IS NOT NULL",
    ), "claim_id")
    for one in read_objects(connection, sql):
        event = ("transfer", one["transfer_id"]) if one["transfer_id"] else ("meeting", one["meeting_id"])
        said_by = actors[one["said_by_id"]]["name"] if one["said_by_id"] else None
        facts = {
            "stance": one["stance"], "denies": one["denies"], "hedge": one["hedge_text"], "phase": one["phase"], "said by": said_by,
            "via": actors[one["via_id"]]["name"] if one["via_id"] else None, "quantity": one["quantity_text"],
            "unit": one["quantity_unit"], "scope": one["quantity_scope"], "date": one["date_text"], "date (EDTF)": one["date_edtf"],
            "date basis": one["date_basis"], "end use": one["end_use_text"], "credibility": one["credibility"],
            "place of the quote": f"characters {one['start_char']} to {one['end_char']}",
        }
        notes = [f"{name}: {value}" for name, value in facts.items() if value]
        notes += [f"inferred {found['field']}: {found['note']}" for found in inferred.get(one["id"], [])]
        yield _entity(
            "Note", as_id("claim", one["id"]), name=one["summary"], description=one["quote"], summary=one["summary"],
            entity=[as_id(*event), *([as_id("actor", one["said_by_id"])] if one["said_by_id"] else [])],
            proof=as_id("article", one["article_id"]), sourceUrl=one["url"], publisher=one["outlet"], notes=notes,
        )


def _statements(connection: Connection) -> Iterator[Object]:
    for one in read_objects(connection, "SELECT * FROM v_statements"):
        meeting = [as_id("meeting", one["meeting"])] if one["meeting"] else []
        facts = {
            "form": one["form"], "described as": one["described_as"], "post": one["role_title"], "date (EDTF)": one["date_edtf"],
            "figure": one["quantity_text"], "place of the quote": f"characters {one['start_char']} to {one['end_char']}",
        }
        yield _entity(
            "Note", as_id("statement", one["id"]), name=f"{one['speaker_name']}: {one['summary']}", description=one["quote"],
            summary=one["summary"], entity=[as_id("actor", one["speaker"]), *meeting], proof=as_id("article", one["article"]),
            sourceUrl=one["url"], notes=[f"{name}: {value}" for name, value in facts.items() if value],
        )


def _ties(connection: Connection, actors: dict[str, Object]) -> Iterator[Object]:
    proof = grouped(read_objects(connection, "SELECT affiliation_id, article_id FROM affiliation_dates"), "affiliation_id")
    sql = """SELECT f.id, f.actor_id, f.kind, f.target_id, f.title, f.start_earliest, f.end_latest, r.start_latest, r.end_earliest
    FROM affiliations f LEFT JOIN v_roles r ON r.id = f.id"""
    for one in read_objects(connection, sql):
        articles = [as_id("article", found["article_id"]) for found in proof.get(one["id"], [])]
        held = f"held on {one['start_latest']} to {one['end_earliest']}" if one["start_latest"] and one["end_earliest"] else None
        schemata = (_SCHEMATA[actors[one["actor_id"]]["kind"]], _SCHEMATA[actors[one["target_id"]]["kind"]])
        schema, sides = _TIES.get(one["kind"], _unknown)(*schemata)
        role = one["title"] or one["kind"].replace("_", " ")
        ends = dict(zip(sides, (as_id("actor", one["actor_id"]), as_id("actor", one["target_id"])), strict=True))
        yield _entity(
            schema, as_id("tie", one["id"]), **ends, role=role, startDate=one["start_earliest"], endDate=one["end_latest"],
            description=held, proof=articles,
        )


Sides = tuple[str, tuple[str, str]]


def _unknown(actor: str, target: str) -> Sides:
    return "UnknownLink", ("subject", "object")


def _post(actor: str, target: str) -> Sides:
    fits = actor == "Person" and target in _ORGANISATIONS
    return ("Employment", ("employee", "employer")) if fits else _unknown(actor, target)


def _member(actor: str, target: str) -> Sides:
    return ("Membership", ("member", "organization")) if target in _ORGANISATIONS else _unknown(actor, target)


def _owned(actor: str, target: str) -> Sides:
    return ("Ownership", ("asset", "owner")) if actor == "Company" else _unknown(actor, target)


def _succession(actor: str, target: str) -> Sides:
    return "Succession", ("successor", "predecessor")


# What the schema requires of the two sides is not known of every tie: what does not fit is a link without a kind.
_TIES: Final[dict[str, Callable[[str, str], Sides]]] = {
    "post": _post, "member_of": _member, "owned_by": _owned, "successor_of": _succession,
}
