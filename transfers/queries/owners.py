"""The pages of transfers, meetings, statements, claims, actors, systems and articles."""

from __future__ import annotations

from transfers.queries.beside import find_registers_of
from transfers.queries.meetings import read_meetings
from transfers.queries.pages import (
    Page,
    find_claims_where,
    find_dicts,
    find_evidence,
    find_one,
    find_statements_where,
)
from transfers.queries.rows import Where, find_rows, ordered

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from transfers.db import Connection

_MOST = 200  # transfers, statements and the like on the page of an actor, a system or an article


def read_transfer(connection: Connection, id_: str) -> Page:
    """A transfer with every claim on it, those that no longer count too, and the statements the claims rest on."""
    page = find_one(connection, "SELECT * FROM v_transfers WHERE id = :id", id_)
    page["note"] = connection.rows("SELECT note FROM transfers WHERE id = :id", {"id": id_})[0][0]
    page["other_episodes"] = find_dicts(
        connection,
        f"""SELECT o.id, o.episode FROM transfers t JOIN transfers o ON o.supplier_id = t.supplier_id
        AND o.recipient_id = t.recipient_id AND o.system_id = t.system_id AND o.kind = t.kind AND o.id <> t.id
        WHERE t.id = :id ORDER BY {ordered(connection.engine, "o.episode")}""",
        {"id": id_},
    )
    page["registers"] = find_registers_of(connection, id_)
    return _with_sources(connection, page, "c.transfer_id = :id", id_)


def read_meeting(connection: Connection, id_: str) -> Page:
    """A meeting with who took part, every claim on it, and what was said at it."""
    where = Where()
    where.add("m.id = :id", id=id_)
    (page,), _ = read_meetings(connection, where, 1)
    page["note"] = connection.rows("SELECT note FROM meetings WHERE id = :id", {"id": id_})[0][0]
    page = _with_sources(connection, page, "c.meeting_id = :id", id_)
    known = {statement["id"] for statement in page["statements"]}
    said = find_statements_where(connection, "s.meeting_id = :id", {"id": id_})
    page["statements"] += [statement for statement in said if statement["id"] not in known]
    page["evidence"] = find_evidence(connection, page["claims"], page["statements"])
    return page


def read_claim(connection: Connection, id_: str) -> Page:
    """One claim, and what it is about."""
    claim = find_claims_where(connection, "c.id = :id", {"id": id_})[0]
    page: Page = {"id": id_, "transfer": claim["transfer"], "meeting": claim["meeting"]}
    if claim["transfer"]:
        about = find_one(connection, "SELECT * FROM v_transfers WHERE id = :id", claim["transfer"])
        keys = ("supplier", "supplier_name", "recipient", "recipient_name", "system", "system_name", "kind", "episode", "standing")
        page |= {key: about[key] for key in keys}
    else:
        page |= find_one(connection, "SELECT title, kind FROM meetings WHERE id = :id", claim["meeting"])
    return _with_sources(connection, page, "c.id = :id", id_)


def _with_sources(connection: Connection, page: Page, condition: str, id_: str) -> Page:
    """Add the claims that fit the condition, the statements they rest on, and the spans behind both."""
    page["claims"] = find_claims_where(connection, condition, {"id": id_})
    page["statements"] = find_statements_where(
        connection, f"s.id IN (SELECT c.statement_id FROM claims c WHERE {condition})", {"id": id_},
    )
    page["evidence"] = find_evidence(connection, page["claims"], page["statements"])
    return page


def read_statement(connection: Connection, id_: str) -> Page:
    """A statement, the claims that rest on it, and the same utterance in other articles."""
    page = find_statements_where(connection, "s.id = :id", {"id": id_})[0]
    page["same_utterance"] = find_dicts(
        connection,
        f"""SELECT o.id, o.article_id AS article FROM statements o JOIN statements s ON s.id = :id
        WHERE o.id <> s.id AND (o.same_as_id = s.id OR o.id = s.same_as_id OR o.same_as_id = s.same_as_id)
        ORDER BY {ordered(connection.engine, "o.id")}""",
        {"id": id_},
    )
    page["claims"] = find_claims_where(connection, "c.statement_id = :id", {"id": id_})
    page["statements"] = []
    page["evidence"] = find_evidence(connection, page["claims"], [page])
    return page


def read_actor(connection: Connection, id_: str) -> Page:
    """An actor with its names, ties, transfers, meetings and statements."""
    page = find_one(connection, "SELECT id, name, kind, country_code, source, note FROM actors WHERE id = :id", id_)
    page |= _names(connection, "actor", id_)
    order = ordered(connection.engine, "f.kind", "f.id")
    ties = """SELECT f.id, f.kind, f.target_id AS target, o.name AS target_name, f.actor_id AS actor, p.name AS actor_name, f.title,
      f.term, coalesce(r.start_earliest, f.start_earliest) AS start_earliest,
      coalesce(r.start_latest, f.start_latest) AS start_latest,
      coalesce(r.end_earliest, f.end_earliest) AS end_earliest, coalesce(r.end_latest, f.end_latest) AS end_latest, f.source
      FROM affiliations f JOIN actors p ON p.id = f.actor_id JOIN actors o ON o.id = f.target_id
      LEFT JOIN v_roles r ON r.id = f.id"""
    page["ties"] = find_dicts(connection, f"{ties} WHERE f.actor_id = :id ORDER BY {order}", {"id": id_})
    page["tied_to_it"] = find_dicts(connection, f"{ties} WHERE f.target_id = :id ORDER BY {order} LIMIT {_MOST}", {"id": id_})
    page["transfers"] = _transfers(connection, "t.supplier_id = :id OR t.recipient_id = :id", id_)
    page["meetings"] = find_dicts(
        connection,
        f"""SELECT m.id, m.title FROM meetings m WHERE m.id IN (
          SELECT c.meeting_id FROM claim_actors x JOIN v_current_claims c ON c.id = x.claim_id
          WHERE x.actor_id = :id AND c.stance <> 'denied')
        ORDER BY {ordered(connection.engine, "m.id")} LIMIT {_MOST}""",
        {"id": id_},
    )
    page["claims"] = []
    page["statements"] = find_statements_where(connection, "s.speaker_id = :id", {"id": id_})[:_MOST]
    page["evidence"] = find_evidence(connection, [], page["statements"])
    return page


def read_system(connection: Connection, id_: str) -> Page:
    """A system with its names, its place in the tree, and the transfers of it."""
    page = find_one(
        connection,
        """SELECT y.id, y.name, y.level, y.category, y.uav_class, y.sipri_category, y.unroca_category, y.parent_id AS parent,
        o.name AS parent_name, y.designer_id AS designer, d.name AS designer_name, y.source, y.note FROM systems y
        LEFT JOIN systems o ON o.id = y.parent_id LEFT JOIN actors d ON d.id = y.designer_id WHERE y.id = :id""",
        id_,
    )
    page |= _names(connection, "system", id_)
    page["below"] = find_dicts(
        connection,
        f"SELECT y.id, y.name, y.level FROM systems y WHERE y.parent_id = :id ORDER BY {ordered(connection.engine, 'y.id')}",
        {"id": id_},
    )
    page["transfers"] = _transfers(connection, "t.system_id = :id", id_)
    page["claims"], page["statements"], page["evidence"] = [], [], []
    return page


def _names(connection: Connection, kind: str, id_: str) -> Page:
    """The aliases, identifiers and former ids of an actor or system."""
    return {
        "aliases": find_dicts(
            connection,
            f"""SELECT a.name, a.lang, a.kind, a.used_by_id AS used_by, u.name AS used_by_name, a.valid_from, a.valid_to, a.source
            FROM aliases a LEFT JOIN actors u ON u.id = a.used_by_id WHERE a.{kind}_id = :id
            ORDER BY {ordered(connection.engine, "a.name")}""",
            {"id": id_},
        ),
        "identifiers": find_dicts(
            connection,
            f"SELECT scheme, value, source FROM identifiers WHERE {kind}_id = :id "
            f"ORDER BY {ordered(connection.engine, 'scheme', 'value')}",
            {"id": id_},
        ),
        "formerly": [
            row[0] for row in connection.rows(
                f"SELECT id FROM former_ids WHERE {kind}_id = :id ORDER BY {ordered(connection.engine, 'id')}", {"id": id_},
            )
        ],
    }


def _transfers(connection: Connection, condition: str, id_: str) -> list[Page]:
    ids = connection.rows(
        f"""SELECT t.id FROM transfers t WHERE {condition} ORDER BY {ordered(
            connection.engine, "t.supplier_id", "t.recipient_id", "t.system_id", "t.kind", "t.episode")} LIMIT {_MOST}""",
        {"id": id_},
    )
    return list(find_rows(connection, "v_transfers", [row[0] for row in ids]).dicts())


def read_article(connection: Connection, id_: str) -> Page:
    """An article with where it is from, how its review stands, and everything that was taken from it."""
    page = find_one(
        connection,
        """SELECT a.id, a.outlet_id AS outlet, o.name AS outlet_name, a.agency_id AS agency, g.name AS agency_name, a.title, a.url,
        a.archive_url, a.lang, a.byline, a.published_edtf, a.published_earliest, a.published_latest, a.published_basis,
        a.retrieved_on, a.text_sha256, a.text_length, a.text_norm, a.raw_sha256, a.source_path AS source, a.copy_of_id AS copy_of,
        a.status, a.status_note, a.reliability, a.coder, a.record_path AS record, a.record_sha256, v.review, v.reviewer,
        v.reviewed_on, v.note AS review_note
        FROM articles a JOIN actors o ON o.id = a.outlet_id LEFT JOIN actors g ON g.id = a.agency_id
        JOIN v_review_status v ON v.article = a.id WHERE a.id = :id""",
        id_,
    )
    why = connection.rows(
        """SELECT DISTINCT e.note FROM evidence e WHERE e.article_id = :id AND e.claim_id IS NULL AND e.statement_id IS NULL
        AND e.affiliation_id IS NULL AND e.alias_id IS NULL AND e.basis = 'inferred'""",
        {"id": id_},
    )
    page["published_why"] = sorted(row[0] for row in why)
    order = ordered(connection.engine, "l.kind", "l.target_id", "l.article_id")
    page["links"] = find_dicts(
        connection, "SELECT l.article_id AS article, l.kind, l.target_id AS target, l.note FROM article_links l "
        f"WHERE l.article_id = :id OR l.target_id = :id ORDER BY {order}", {"id": id_},
    )
    page["copies"] = [
        row[0] for row in connection.rows(
            f"SELECT id FROM articles WHERE copy_of_id = :id ORDER BY {ordered(connection.engine, 'id')}", {"id": id_},
        )
    ]
    page["removed"] = find_dicts(
        connection, f"SELECT id, removed_on, why FROM removals WHERE article_id = :id ORDER BY {ordered(connection.engine, 'id')}",
        {"id": id_},
    )
    page["claims"] = find_claims_where(connection, "c.article_id = :id", {"id": id_})
    page["statements"] = find_statements_where(connection, "s.article_id = :id", {"id": id_})
    page["evidence"] = find_evidence(connection, page["claims"], page["statements"])
    return page
