"""Writing a plan: the rows of the registry, the records and the reviews, in one transaction that the caller holds."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Final

from transfers import __version__
from transfers.load import rows as made
from transfers.load.lists import as_list, portions
from transfers.load.matches import find_rows
from transfers.load.reconcile import (
    OWNED,
    SHARED,
    Difference,
    Row,
    Table,
    compare,
    delete,
    find_present,
    insert,
    update,
)
from transfers.load.state import LOADER_VERSION
from transfers.load.together import in_order
from transfers.records.collection import REGISTRY_FILES, REVIEWS
from transfers.records.matches import KEY
from transfers.schema.head import HEAD
from transfers.schema.indexes import without_indexes
from transfers.schema.search import index_rows, rebuild, unindex_rows

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.load.loading import Plan
    from transfers.load.report import Report

_REGISTRY: Final = (
    Table("actors", ("id",)),
    Table("systems", ("id",), points="parent_id"),
    Table("places", ("id",)),
    Table("topics", ("id",)),
    Table("former_ids", ("id",)),
    Table("identifiers", ("scheme", "value")),
)
_SEARCH: Final = Table("search_rows", ("id",))
_REVIEWS: Final = Table("reviews", ("article_id", "position"))
_MATCHES: Final = Table("register_matches", KEY)
_FILES: Final = Table("loaded_files", ("path",))
_LOADS: Final = Table("loads", ("id",))
_COUNTED: Final = ("articles", "claims", "statements", "evidence", "transfers", "meetings", "actors", "systems")
# Rows that articles give to shared tables: table of the giver -> (shared table, column that points at it).
_GIVEN: Final = {
    "claims": (("transfers", "transfer_id"),), "evidence": (("affiliations", "affiliation_id"), ("aliases", "alias_id")),
}
_ORPHANS: Final = {
    "transfers": "NOT EXISTS (SELECT 1 FROM claims WHERE claims.transfer_id = transfers.id)",
    "affiliations": "in_registry = 0 AND NOT EXISTS (SELECT 1 FROM evidence WHERE evidence.affiliation_id = affiliations.id)",
    "aliases": "in_registry = 0 AND NOT EXISTS (SELECT 1 FROM evidence WHERE evidence.alias_id = aliases.id)",
}
# Above this share of the search rows it is quicker to make the index anew than to mend it.
_REBUILD_FROM: Final = 0.2
# From so many records on, it is quicker to fill an empty database without indexes and make them afterwards.
_MANY: Final = 100


def write_plan(connection: Connection, plan: Plan, report: Report) -> None:
    """Write what was read and checked. The caller holds the transaction; the report gets the counts."""
    many = len(plan.records) > _MANY and not connection.rows("SELECT 1 FROM articles LIMIT 1")
    with without_indexes(connection) if many else nullcontext():
        _Writer(connection, plan, report).write()


class _Writer:
    """Writes one plan: insert and update from the registry to the evidence, then delete the other way round."""

    def __init__(self, connection: Connection, plan: Plan, report: Report) -> None:
        self._connection = connection
        self._plan = plan
        self._report = report
        self._records = in_order(plan.records)
        self._registry = made.rows_of_registry(plan.registry) if plan.registry is not None else None
        self._words = _SearchChanges(connection)
        self._leftover: list[tuple[Table, list[Row]]] = []  # rows to delete once nothing points at them any more
        self._left_files: dict[str, set[str]] = {}  # files that articles came from before, by the column that names them
        self._given_by_fewer: dict[str, set[str]] = {}  # transfers, ties and names that something no longer gives, by table

    def write(self) -> None:
        """Write everything."""
        if self._registry is not None:
            self._write_registry(self._registry)
        leftover_of_registry, self._leftover = self._leftover, []
        going = self._write_records()
        self._write_reviews(going)
        self._write_matches()
        self._delete([found for found in self._leftover if found[0].name != "articles"])
        self._delete_orphans()
        self._words.apply()
        # Articles go when no text to search is theirs any more, the registry when nothing names it any more.
        self._delete([found for found in self._leftover if found[0].name == "articles"])
        self._delete(leftover_of_registry)
        self._write_files(going)
        self._report.rows = {table: self._connection.rows(f"SELECT count(*) FROM {table}")[0][0] for table in _COUNTED}

    def _reconcile(self, table: Table, present: list[Row], wanted: list[Row]) -> Difference:
        """Insert and update at once; remember what is to be deleted."""
        difference = compare(table, present, wanted)
        insert(self._connection, table, difference.inserted)
        update(self._connection, table, difference.updated)
        if difference.deleted:
            self._leftover.append((table, difference.deleted))
        return difference

    def _delete(self, leftover: list[tuple[Table, list[Row]]]) -> None:
        for table, rows in reversed(leftover):
            delete(self._connection, table, rows)

    # --- registry ---
    def _write_registry(self, registry: made.Rows) -> None:
        for table in _REGISTRY:
            self._reconcile(table, self._all(table, registry[table.name]), registry[table.name])
        for table in SHARED[1:]:
            wanted = registry[table.name]
            present = self._all(table, wanted, "in_registry = 1")
            present += self._by_id(table, [row["id"] for row in wanted], self._columns(table, wanted), " AND in_registry = 0")
            difference = compare(table, present, wanted)
            # Names and ties that only articles give from now on; those that nothing gives go with the orphans.
            demoted = [{**row, "in_registry": 0, "source": None} for row in difference.deleted]
            self._given_by_fewer.setdefault(table.name, set()).update(row["id"] for row in demoted)
            insert(self._connection, table, difference.inserted)
            update(self._connection, table, difference.updated + demoted)
        names = [row for row in registry["search_rows"] if row["field"] == "name"]
        self._words.change(compare(_SEARCH, self._all(_SEARCH, names, "article_id IS NULL AND field = 'name'"), names))
        self._write_alias_words([row for row in registry["search_rows"] if row["field"] == "alias"])

    def _all(self, table: Table, wanted: list[Row], condition: str = "1 = 1") -> list[Row]:
        columns = self._columns(table, wanted)
        return [
            dict(zip(columns, row, strict=True))
            for row in self._connection.rows(f"SELECT {', '.join(columns)} FROM {table.name} WHERE {condition}")
        ]

    def _by_id(self, table: Table, ids: Iterable[Any], columns: Iterable[str], also: str = "") -> list[Row]:
        return find_present(self._connection, table, ids, columns, f"id IN ({{ids}}){also}")

    def _columns(self, table: Table, wanted: list[Row]) -> list[str]:
        """The columns that rows of files have; asked of the database when the files have no row."""
        if wanted:
            return list(wanted[0])
        return [name for name in self._connection.table(f"SELECT * FROM {table.name} LIMIT 0")[0] if name != table.number]

    # --- records ---
    def _write_records(self) -> set[str]:
        """Write the rows of the records, table by table; the articles that are not written again, because they are to go."""
        rows: made.Rows = {}
        for read in self._records:
            assert read.bound is not None
            for name, found in made.rows_of_record(read.bound, read.file).items():
                rows.setdefault(name, []).extend(found)
        articles = {row["id"] for row in rows.get("articles", [])}
        present = self._find_articles("id", articles)
        paths = [row["record_path"] for row in rows.get("articles", [])]
        present |= self._find_articles("record_path", [*paths, *self._report.removed])
        for table in OWNED:
            wanted = rows.get(table.name, [])
            old = find_present(self._connection, table, present, self._columns(table, wanted)) if present else []
            if table.name == "search_rows":
                self._words.change(compare(table, old, wanted))
                continue
            for given, column in _GIVEN.get(table.name, ()):
                fewer = {row[column] for row in old} - {row[column] for row in wanted} - {None}
                self._given_by_fewer.setdefault(given, set()).update(fewer)
            if table.name == "articles":
                self._left_files = {column: {row[column] for row in old} for column in ("source_path", "record_path")}
                self._park(old, wanted)
            self._reconcile(table, old, wanted)
            if table.name == "articles":
                for shared in SHARED:
                    self._write_shared(shared, rows.get(shared.name, []))
        return present - articles

    def _find_articles(self, column: str, values: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for some in portions(sorted(values)):
            listed, params = as_list(some)
            rows = self._connection.rows(f"SELECT id FROM articles WHERE {column} IN ({listed})", params)
            found.update(article for (article,) in rows)
        return found

    def _park(self, present: list[Row], wanted: list[Row]) -> None:
        """Take articles that go, or that change places, out of the way of those that come: paths and texts are unique."""
        kept = {row["id"]: row for row in wanted}
        unique = ("outlet_id", "text_sha256", "record_path")
        parked = [
            row for row in present if row["id"] not in kept or any(kept[row["id"]][column] != row[column] for column in unique)
        ]
        self._connection.run_many(
            "UPDATE articles SET record_path = :path, text_sha256 = :hash WHERE id = :id",
            [
                {"id": row["id"], "path": f"parked {row['id']}", "hash": hashlib.sha256(row["id"].encode()).hexdigest()}
                for row in parked
            ],
        )
        for row in parked:
            row["record_path"] = "parked"  # so that the comparison writes it again

    def _write_shared(self, table: Table, rows: list[Row]) -> None:
        """Rows that several records may give: the registry's word counts before that of the records."""
        wanted = {row["id"]: row for row in rows}
        if not wanted:
            return
        present = self._by_id(table, wanted, rows[0])
        registered = {row["id"] for row in present if row.get("in_registry")}
        given = [row for row in wanted.values() if row["id"] not in registered]
        difference = compare(table, [row for row in present if row["id"] not in registered], given)
        insert(self._connection, table, difference.inserted)
        update(self._connection, table, difference.updated)
        if table.name == "aliases":
            self._write_alias_words([made.search_row_of_alias(row) for row in given])

    def _write_alias_words(self, wanted: list[Row]) -> None:
        if wanted:
            self._words.change(compare(_SEARCH, self._by_id(_SEARCH, [row["id"] for row in wanted], wanted[0]), wanted))

    def _delete_orphans(self) -> None:
        """Transfers, ties and names that nothing gives any more."""
        for table, conditions in _ORPHANS.items():
            for some in portions(sorted(self._given_by_fewer.get(table, ()))):
                listed, params = as_list(some)
                orphans = f"FROM {table} WHERE id IN ({listed}) AND {conditions}"
                if table == "aliases":
                    names = self._connection.rows(f"SELECT actor_id, system_id, name {orphans}", params)
                    lost = [
                        made.search_row_of_alias({"actor_id": actor, "system_id": system, "name": name})
                        for actor, system, name in names
                    ]
                    self._words.change(Difference([], [], lost))
                self._connection.run(f"DELETE {orphans}", params)

    # --- reviews and files ---
    def _write_reviews(self, going: set[str]) -> None:
        lines = {review.article_id: review.lines for review in self._plan.reviews}
        lines |= {path.removeprefix(f"{REVIEWS}/").removesuffix(".yaml"): [] for path in self._plan.changes.gone_reviews}
        lines |= {article: [] for article in going}
        wanted = [row for article, found in lines.items() for row in made.rows_of_review(article, found)]
        if lines:
            self._reconcile(_REVIEWS, find_present(self._connection, _REVIEWS, lines, self._columns(_REVIEWS, wanted)), wanted)

    def _write_matches(self) -> None:
        """After the transfers that come, before those that go; nothing points at a decision."""
        decided = self._plan.decided
        if decided is not None and decided.rows is not None:
            difference = compare(_MATCHES, find_rows(self._connection), decided.rows)
            delete(self._connection, _MATCHES, difference.deleted)
            insert(self._connection, _MATCHES, difference.inserted)
            update(self._connection, _MATCHES, difference.updated)

    def _write_files(self, going: set[str]) -> None:
        """What the database was made from, and the log of this run."""
        files: dict[str, tuple[str, str]] = {}
        for read in self._records:
            assert read.bound is not None
            files[read.file.path] = ("record", read.file.sha256)
            files[read.bound.record["article"]["source"]] = ("article", read.bound.passages.article.raw_sha256)
        files |= {review.file.path: ("review", review.file.sha256) for review in self._plan.reviews}
        files |= {path: ("registry", sha256) for path, sha256 in self._plan.registry_files.items()}
        wanted = [
            {"path": path, "kind": kind, "sha256": sha256, "loader_version": LOADER_VERSION}
            for path, (kind, sha256) in files.items()
        ]
        decided = self._plan.decided
        wanted += [  # one that is not written whole is read again by every load
            {"path": path, "kind": "review", "sha256": sha256, "loader_version": LOADER_VERSION if is_complete else 0}
            for path, (sha256, is_complete) in (decided.files.items() if decided else ())
        ]
        here = [str(row["path"]) for row in wanted]
        present = find_present(self._connection, _FILES, here, self._columns(_FILES, wanted), "path IN ({ids})")
        difference = compare(_FILES, present, wanted)
        insert(self._connection, _FILES, difference.inserted)
        update(self._connection, _FILES, difference.updated)
        self._doubt_files()
        lost = self._find_lost_registry_files()
        without = [*self._plan.changes.gone_reviews, *self._plan.changes.gone_matches]
        gone = [*without, *(f"{REVIEWS}/{article}.yaml" for article in going), *lost]
        delete(self._connection, _FILES, [{"path": path} for path in gone])
        for column, paths in self._left_files.items():
            for some in portions(sorted(paths - files.keys())):
                listed, params = as_list(some)
                self._connection.run(
                    f"DELETE FROM loaded_files WHERE path IN ({listed}) "
                    f"AND NOT EXISTS (SELECT 1 FROM articles WHERE articles.{column} = loaded_files.path)", params,
                )
        self._log(difference, [*self._report.removed, *without, *lost])

    def _find_lost_registry_files(self) -> list[str]:
        lost = [path for path in REGISTRY_FILES if path not in self._plan.registry_files] if self._registry is not None else []
        return [row["path"] for row in find_present(self._connection, _FILES, lost, ["path"], "path IN ({ids})")]

    def _doubt_files(self) -> None:
        """Records that became wrong without a change of their own keep their rows, and are read again by every load."""
        wrong = {path for path, *_ in self._report.problems}
        self._connection.run_many(
            "UPDATE loaded_files SET loader_version = 0 WHERE path = :path AND loader_version <> 0",
            [{"path": path} for path in sorted(wrong.difference(self._plan.changes.records))],
        )

    def _log(self, difference: Difference, removed: list[str]) -> None:
        run = {
            "loaded_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "schema_revision": HEAD, "tool_version": __version__,
            "message": None,
        }
        outcomes = (("new", difference.inserted), ("changed", difference.updated))
        log = [
            {**run, "record_path": row["path"], "record_sha256": row["sha256"], "outcome": outcome}
            for outcome, rows in outcomes for row in rows
        ]
        log += [{**run, "record_path": path, "record_sha256": "", "outcome": "removed"} for path in removed]
        insert(self._connection, _LOADS, log)


class _SearchChanges:
    """Changes of the search rows, kept until the end: the index is mended, or made anew when much of it changes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._new: dict[int, Row] = {}
        self._old: set[int] = set()  # rows to take out, among them those that are written again with other words

    def change(self, difference: Difference) -> None:
        """Remember what is different."""
        for row in (*difference.inserted, *difference.updated):
            self._new[row["id"]] = row
        for row in difference.deleted:
            self._new.pop(row["id"], None)
        self._old.update(row["id"] for row in (*difference.updated, *difference.deleted))

    def apply(self) -> None:
        """Write the search rows and bring the index up to them."""
        old = sorted(self._old)
        total = self._connection.rows("SELECT count(*) FROM search_rows")[0][0]
        anew = len(self._new) + len(old) > _REBUILD_FROM * total
        if not anew:
            unindex_rows(self._connection, old)
        delete(self._connection, _SEARCH, [{"id": number} for number in old])
        # By number, so that the rows are appended one after the other and not sorted in.
        insert(self._connection, _SEARCH, sorted(self._new.values(), key=lambda row: row["id"]))
        if anew:
            rebuild(self._connection)
        else:
            index_rows(self._connection, sorted(self._new))
