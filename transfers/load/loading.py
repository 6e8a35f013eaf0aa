"""Loading a collection: find what changed, check all of it, then write it in one transaction.

The database is a function of the files: loading into an old and into an empty database give the same rows. Nothing is
written while anything is wrong, and whatever ends the process, all of it is written or nothing.
"""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager

from transfers.db import reading, writing
from transfers.errors import Problem, ProblemsError
from transfers.load.report import Report
from transfers.load.state import find_changes, find_loaded
from transfers.schema.head import find_state, state_error

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from transfers.db import Connection, Target
    from transfers.db.soundness import Soundness
    from transfers.load.checking import Progress, Registry
    from transfers.load.reading import ReadRecord, ReadReview
    from transfers.load.state import Changes, Loaded

TRIES = 3  # how often to look again when another load got in between


class Plan:
    """What a load is going to write.

    Attributes:
        changes: the files that differ.
        loaded: the files that the database was made from when the plan was made; None = there was no database at head.
        registry: as read, when it changed.
        registry_files: the SHA-256 of its files.
        soundness: the check of the file that is going to be written, begun before the records are read.
        records: the changed records, checked.
        reviews: the changed review files, checked.
    """

    def __init__(self, changes: Changes, loaded: Loaded | None) -> None:
        """Begin with the files that differ."""
        self.changes = changes
        self.loaded = loaded
        self.registry: Registry | None = None
        self.registry_files: dict[str, str] = {}
        self.soundness: Soundness | None = None
        self.records: list[ReadRecord] = []
        self.reviews: list[ReadReview] = []


class Options:
    """How to load.

    Attributes:
        named: record files to load; None = all of the collection.
        prune: also remove the rows of record files that are gone.
        keep_going: load what is right although something is wrong.
        dry_run: only say what would be done.
        progress: called with the number of records read and the number of all.
    """

    def __init__(
        self, *, named: list[str] | None = None, prune: bool = False, keep_going: bool = False, dry_run: bool = False,
        progress: Progress | None = None,
    ) -> None:
        """Take the options."""
        self.named = named
        self.prune = prune
        self.keep_going = keep_going
        self.dry_run = dry_run
        self.progress = progress


def load_collection(root: str, target: Target, options: Options | None = None) -> Report:
    """Bring a database to what the files of a collection say; it is made, or migrated to head, when needed.

    Raises:
        ProblemsError: something is wrong in the files; nothing was written. With ``keep_going`` the report holds the problems.
        DatabaseError: the database cannot be used.
        BusyError: another process holds it.
    """
    options = options or Options()
    report = Report()
    report.dry_run = options.dry_run
    with _without_collector():
        for _ in range(TRIES):
            with _looking(target, report) as connection:
                plan = _plan(root, connection, options, report)
            if plan is None or options.dry_run:
                return report
            if _write(target, plan, options, report):
                return report
    raise ProblemsError([Problem(root, 0, "", "other loads got in between again and again; run transfers load again")])


@contextmanager
def _without_collector() -> Iterator[None]:
    """Records are trees: nothing of them is garbage before the end, and looking for some takes a fifth of a large load."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _looking(target: Target, report: Report) -> Iterator[Connection | None]:
    """The database as it is for reading; None when there is none at head yet, so that everything is new."""
    if target.engine == "sqlite" and not os.path.exists(target.path):
        yield None
        return
    with reading(target) as connection:
        report.notes.extend(connection.notes)
        state = find_state(connection)
        if state.kind in ("foreign", "newer"):
            raise state_error(state, target.shown)
        yield connection if state.kind == "current" else None


def _plan(root: str, connection: Connection | None, options: Options, report: Report) -> Plan | None:
    """Read and check what has changed; None when there is nothing to write."""
    loaded, known_files = find_loaded(connection) if connection else ({}, set())
    changes = find_changes(root, loaded, known_files, connection, options.named)
    report.unchanged = changes.unchanged
    report.gone = [] if options.prune else changes.gone_records
    report.removed = changes.gone_records if options.prune else []
    if connection and changes.is_empty() and not report.removed:
        return None
    from transfers.load.checking import check_records, outside_of_registry, read_registry_files
    from transfers.load.outside import find_known, find_outside
    from transfers.records.collection import RECORDS, list_yaml
    from transfers.records.known import as_known

    plan = Plan(changes, loaded if connection else None)
    if connection and connection.engine == "sqlite" and not options.dry_run:
        from transfers.db.soundness import Soundness

        plan.soundness = Soundness(connection.target)
    paths = changes.records
    if changes.registry or not connection:
        plan.registry, plan.registry_files = read_registry_files(root)
        known = as_known(plan.registry)
        if connection:
            # A changed registry can change what any record means, so all that were loaded are read again.
            everything = find_changes(root, loaded, known_files).records if options.named is not None else []
            paths = sorted({
                *paths, *(path for path in list_yaml(root, RECORDS) if path in known_files and path not in everything),
            })
    else:
        assert connection is not None
        known = find_known(connection)
    registry_says = outside_of_registry(plan.registry) if plan.registry is not None else None

    def outside(records: list[ReadRecord]) -> Any:
        if connection is None:
            return registry_says
        inside = find_inside(connection, records, report.removed)
        found = find_outside(connection, records, inside, registry_is_read=registry_says is not None)
        if registry_says is not None:
            found.roles.update(registry_says.roles)
            found.registry_names.update(registry_says.registry_names)
        return found

    plan.records, problems = check_records(root, paths, known, outside, options.progress)
    plan.reviews, review_problems = _read_reviews(root, plan, connection)
    _settle(problems + review_problems, plan, connection, options, report)
    return plan


def find_inside(connection: Connection, records: list[ReadRecord], removed: Iterable[str]) -> set[str]:
    """The articles whose rows a load replaces: those of its records, and those that its record files held before."""
    from transfers.load.lists import as_list, portions

    inside = {read.bound.article_id for read in records if read.bound}
    for some in portions([*(read.file.path for read in records), *removed]):
        listed, params = as_list(some)
        inside |= {article for (article,) in connection.rows(f"SELECT id FROM articles WHERE record_path IN ({listed})", params)}
    return inside


def _read_reviews(root: str, plan: Plan, connection: Connection | None) -> tuple[list[ReadReview], list[Problem]]:
    from transfers.load.reading import read_reviews

    reviews, problems = [], []
    articles = {read.bound.article_id for read in plan.records if read.bound}
    for path in plan.changes.reviews:
        try:
            review = read_reviews(root, path)
        except ProblemsError as error:
            problems.extend(error.problems)
            continue
        known = review.article_id in articles or (
            connection is not None and connection.rows("SELECT 1 FROM articles WHERE id = :id", {"id": review.article_id})
        )
        if known:
            reviews.append(review)
        else:
            problems.append(Problem(path, 0, "", f"{review.article_id!r} is the article of no record that is loaded"))
    return reviews, problems


def _settle(problems: list[Problem], plan: Plan, connection: Connection | None, options: Options, report: Report) -> None:
    """Refuse what is wrong, and write into the report what is going to be done."""
    if connection:
        from transfers.load.vanished import find_vanished

        problems = [*problems, *find_vanished(connection, plan.records, report.removed)]
        wrong = {problem[0] for problem in problems}
        plan.records = [read for read in plan.records if read.file.path not in wrong]
    if problems and not options.keep_going:
        raise ProblemsError(problems)
    report.problems = sorted(problems)
    report.warnings = sorted(warning for read in plan.records for warning in read.warnings)
    differ = set(plan.changes.records)
    paths = [read.file.path for read in plan.records]
    report.new = [path for path in paths if path in plan.changes.new]
    report.changed = [path for path in paths if path in differ and path not in plan.changes.new]
    report.quotes = sum(read.bound.quotes_found() for read in plan.records if read.bound)
    report.registry_changed = plan.registry is not None
    report.reviews = sorted([*(review.file.path for review in plan.reviews), *plan.changes.gone_reviews])
    report.new_transfers = _new_transfers(plan, connection)


def _new_transfers(plan: Plan, connection: Connection | None) -> list[str]:
    """A transfer that nobody spoke of before is what a reviewer must look at."""
    from transfers.evidence.rules import transfer_key
    from transfers.load.lists import as_list, portions
    from transfers.vocabulary.names import transfer_id

    made = sorted({
        transfer_id(*transfer_key(claim["transfer"]))
        for read in plan.records if read.bound for claim in read.bound.record.get("claims", ()) if "transfer" in claim
    })
    if connection is None:
        return made
    known: set[str] = set()
    for some in portions(made):
        listed, params = as_list(some)
        known |= {found for (found,) in connection.rows(f"SELECT id FROM transfers WHERE id IN ({listed})", params)}
    return [transfer for transfer in made if transfer not in known]


def _write(target: Target, plan: Plan, options: Options, report: Report) -> bool:
    """Write the plan; False when the database is no longer what the plan was made for."""
    from transfers.load.writing import write_plan

    if plan.loaded is None:
        from transfers.schema.upgrade import upgrade

        report.notes.extend(upgrade(target).notes)
    with writing(target, look_over=plan.soundness is None) as connection:
        report.notes.extend(connection.notes)
        with connection.transaction():
            if find_loaded(connection)[0] != (plan.loaded or {}):
                return False
            write_plan(connection, plan, report)
            if plan.soundness:
                plan.soundness.require()
    return True


