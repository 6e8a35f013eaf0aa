"""Loading a collection: find what changed, check all of it, then write it in one transaction.

The database is a function of the files: loading into an old and into an empty database give the same rows. Nothing is
written while anything is wrong, and whatever ends the process, all of it is written or nothing.
"""

from __future__ import annotations

import os
from contextlib import contextmanager

from transfers.db import reading, writing
from transfers.errors import Problem, ProblemsError
from transfers.load.collector import without_collector
from transfers.load.report import Report
from transfers.load.state import find_changes, find_generation, find_loaded
from transfers.records.collection import REVIEWS
from transfers.schema.head import find_state, state_error

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from transfers.db import Connection, Target
    from transfers.db.soundness import Soundness
    from transfers.load.checking import Progress, Registry
    from transfers.load.matches import Decided
    from transfers.load.reading import ReadRecord, ReadReview
    from transfers.load.state import Changes, Loaded
    from transfers.load.together import Outside
    from transfers.records.known import Known

TRIES = 4  # how often to look again when another load got in between, or after the database was migrated


class Plan:
    """What a load is going to write.

    Attributes:
        changes: the files that differ.
        generation: that of the database the plan was made for; None = there was none at head.
        registry: as read, when it changed.
        registry_files: the SHA-256 of its files.
        soundness: the check of the file that is going to be written, begun before the records are read.
        records: the changed records, checked.
        reviews: the changed review files, checked.
        decided: the decisions on deals of registers.
    """

    def __init__(self, changes: Changes, generation: int | None) -> None:
        """Begin with the files that differ."""
        self.changes = changes
        self.generation = generation
        self.registry: Registry | None = None
        self.registry_files: dict[str, str] = {}
        self.soundness: Soundness | None = None
        self.records: list[ReadRecord] = []
        self.reviews: list[ReadReview] = []
        self.decided: Decided | None = None


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
    notes: list[str] = []
    with without_collector():
        for _ in range(TRIES):
            report = Report()
            report.dry_run, report.notes = options.dry_run, notes
            with _looking(target, report) as (connection, is_older):
                plan = _plan(root, connection, options, report) if not is_older else None
            if is_older:
                _bring_to_head(target, report)
                continue
            if plan is None or options.dry_run:
                return report
            if _write(target, plan, options, report):
                return report
    raise ProblemsError([Problem(root, 0, "", "other loads got in between again and again; run transfers load again")])


@contextmanager
def _looking(target: Target, report: Report) -> Iterator[tuple[Connection | None, bool]]:
    """The database as it is for reading, None when there is none yet; and whether it must be migrated before it is asked."""
    if target.engine == "sqlite" and not os.path.exists(target.path):
        yield None, False
        return
    with reading(target) as connection:
        report.notes.extend(connection.notes)
        state = find_state(connection)
        if state.kind in ("foreign", "newer") or (state.kind == "older" and report.dry_run):
            raise state_error(state, target.shown)
        yield connection if state.kind == "current" else None, state.kind == "older"


def _bring_to_head(target: Target, report: Report) -> None:
    from transfers.schema.upgrade import upgrade

    report.notes.extend(upgrade(target).notes)


def _plan(root: str, connection: Connection | None, options: Options, report: Report) -> Plan | None:
    """Read and check what has changed; None when there is nothing to write."""
    generation = find_generation(connection) if connection else None
    loaded, known_files = find_loaded(connection) if connection else ({}, set())
    changes = find_changes(root, loaded, known_files, connection, options.named)
    report.unchanged = changes.unchanged
    report.gone = changes.gone_records
    if connection and changes.is_empty() and not (report.gone and options.prune):
        return None
    from transfers.load.checking import check_records, outside_of_registry
    from transfers.load.outside import find_outside

    plan = Plan(changes, generation)
    if connection and connection.engine == "sqlite" and not options.dry_run:
        from transfers.db.soundness import Soundness

        plan.soundness = Soundness(connection.target)
    known, paths = _read_known(root, connection, plan, options, (loaded, known_files))

    def outside(records: list[ReadRecord]) -> Outside:
        says = outside_of_registry(plan.registry) if plan.registry is not None else None
        if connection is None:
            assert says is not None
            return says
        return find_outside(connection, records, find_inside(connection, records, report), registry=says)

    if options.prune and connection:
        report.gone, report.removed = [], report.gone
    plan.records, problems = check_records(root, paths, known, outside, options.progress, keep_going=options.keep_going)
    if connection:
        problems += _hold_back(connection, plan, outside, options, report)
        if plan.registry is not None and (options.keep_going or not problems):
            _require_unused(connection, plan, known, problems, report)
        _tell_moved(connection, plan, report)
    # A review of a record that is not named, or that is wrong, waits for it.
    waits = options.named is not None or bool(problems and not options.keep_going)
    plan.reviews, found = _read_reviews(root, plan, connection, report, waits=waits)
    plan.decided = _decide(root, plan, connection, report, waits=waits)
    _settle(problems + found + plan.decided.problems, plan, connection, options, report)
    return plan


def _read_known(
    root: str, connection: Connection | None, plan: Plan, options: Options, before: tuple[Loaded, set[str]],
) -> tuple[Known, list[str]]:
    """The ids of the registry, which is read into the plan where it differs; and the records that are to be read.

    A changed registry can change what any record means, so all that were loaded are read again.
    """
    if connection and not plan.changes.registry:
        from transfers.load.outside import find_known

        return find_known(connection), plan.changes.records
    from transfers.load.checking import read_registry_files
    from transfers.records.collection import RECORDS, list_yaml
    from transfers.records.known import as_known

    plan.registry, plan.registry_files = read_registry_files(root)
    paths = plan.changes.records
    if connection:
        everything = find_changes(root, *before).records if options.named is not None else []
        paths = sorted({*paths, *(path for path in list_yaml(root, RECORDS) if path in before[1] and path not in everything)})
    return as_known(plan.registry), paths


def find_inside(connection: Connection, records: list[ReadRecord], report: Report) -> dict[str, str]:
    """The articles whose rows a load replaces, and the record files that held them before.

    They are those that its record files held before, and those of its records whose file is gone: these have moved.
    """
    from transfers.load.lists import as_list, portions

    paths = {*(read.file.path for read in records), *report.removed}
    inside: dict[str, str] = {}
    for some in portions(sorted(paths)):
        listed, params = as_list(some)
        inside.update(connection.rows(f"SELECT id, record_path FROM articles WHERE record_path IN ({listed})", params))
    for some in portions(sorted(read.bound.article_id for read in records if read.bound) if report.gone else []):
        listed, params = as_list(some)
        moved = connection.rows(f"SELECT id, record_path FROM articles WHERE id IN ({listed})", params)
        inside.update((article, path) for article, path in moved if path in report.gone)
    return inside


def _hold_back(
    connection: Connection, plan: Plan, outside: Callable[[list[ReadRecord]], Outside], options: Options, report: Report,
) -> list[Problem]:
    """Leave out the records that would take away what somebody relies on, and those that cannot stand without them."""
    from transfers.load.checking import leave_out_wrong
    from transfers.load.vanished import find_vanished

    problems: list[Problem] = []
    while vanished := find_vanished(connection, plan.records, report.removed):
        problems += vanished
        if not options.keep_going:
            break
        wrong = {problem[0] for problem in vanished}
        report.removed = [path for path in report.removed if path not in wrong]
        plan.records = [read for read in plan.records if read.file.path not in wrong]
        plan.records, found = leave_out_wrong(plan.records, outside)
        problems += found
    return problems


def _require_unused(connection: Connection, plan: Plan, known: Known, problems: list[Problem], report: Report) -> None:
    """Refuse a registry that lacks what other records use, ``keep_going`` or not: without it nothing can be loaded."""
    from transfers.load.in_use import find_in_use

    in_use = find_in_use(connection, known, find_inside(connection, plan.records, report))
    if in_use:
        raise ProblemsError(problems + in_use)


def _tell_moved(connection: Connection, plan: Plan, report: Report) -> None:
    """A record file whose article is that of another file now has been renamed: it is neither gone nor removed."""
    articles = {read.bound.article_id for read in plan.records if read.bound}
    moved = {path for article, path in find_inside(connection, plan.records, report).items() if article in articles}
    report.gone = [path for path in report.gone if path not in moved]
    report.removed = [path for path in report.removed if path not in moved]


def _read_reviews(
    root: str, plan: Plan, connection: Connection | None, report: Report, *, waits: bool,
) -> tuple[list[ReadReview], list[Problem]]:
    """The changed review files. One of an article that no record is of is wrong, be it changed or not."""
    from transfers.load.reading import read_reviews

    reviews, problems = [], []
    articles = {read.bound.article_id for read in plan.records if read.bound}
    going = set(find_inside(connection, plan.records, report)) - articles if connection else set()
    of_going = {f"{REVIEWS}/{slug}.yaml" for slug in going}
    for path in sorted({*plan.changes.reviews, *(path for path in of_going if os.path.lexists(f"{root}/{path}"))}):
        try:
            review = read_reviews(root, path)
        except ProblemsError as error:
            problems.extend(error.problems)
            continue
        known = review.article_id in articles or (
            connection is not None and review.article_id not in going
            and connection.rows("SELECT 1 FROM articles WHERE id = :id", {"id": review.article_id})
        )
        if known:
            reviews.append(review)
        elif not waits or review.article_id in going:
            problems.append(Problem(path, 0, "", f"{review.article_id!r} is the article of no record that is loaded"))
    return reviews, problems


def _decide(root: str, plan: Plan, connection: Connection | None, report: Report, *, waits: bool) -> Decided:
    """The decisions on deals of registers, as far as their transfers are there after the load."""
    from transfers.load.matches import After, decide

    inside = find_inside(connection, plan.records, report) if connection else ()
    decided = decide(root, plan.changes, After(plan.records, connection, inside), connection, waits=waits)
    complete = [path for path, (_, is_complete) in decided.files.items() if is_complete]
    incomplete = [path for path in decided.files if path not in complete] if decided.differs else []
    report.matches = sorted([*complete, *incomplete, *plan.changes.gone_matches])
    return decided


def _settle(problems: list[Problem], plan: Plan, connection: Connection | None, options: Options, report: Report) -> None:
    """Refuse what is wrong, and write into the report what is going to be done."""
    if problems and not options.keep_going:
        raise ProblemsError(problems)
    report.problems = sorted(problems)
    waiting = plan.decided.waiting if plan.decided else []
    report.warnings = sorted([*(warning for read in plan.records for warning in read.warnings), *waiting])
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
    from transfers.load.lists import as_list, portions
    from transfers.load.matches import find_made

    made = sorted(find_made(plan.records))
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

    if plan.generation is None:
        _bring_to_head(target, report)
    with writing(target, look_over=plan.soundness is None) as connection:
        report.notes.extend(connection.notes)
        with connection.transaction():
            if find_generation(connection) != (plan.generation or 0):
                return False
            write_plan(connection, plan, report)
            if plan.soundness:
                plan.soundness.require()
    return True


