"""Connections: the one interface to sqlite3 and psycopg.

SQL is written once, with ``:name`` parameters; what psycopg needs of it is made here. Drivers are imported when a database
is opened, never before.
"""

from __future__ import annotations

import os
from contextlib import contextmanager

from transfers.db.faults import as_error
from transfers.errors import DatabaseError, TransfersError, UsageError

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from transfers.db.target import Target

    Row = tuple[Any, ...]
    Driver = Any  # sqlite3.Connection or psycopg.Connection: neither may be imported here
    Cursor = Any

BUSY_SECONDS = 10.0
_AT_ONCE = 2_000  # rows of a stream that are held
# One number for all of this program's advisory locks on a PostgreSQL server: "transfer" in ASCII, cut to 63 bits.
ADVISORY_LOCK = 0x7472616E73666572


class Connection:
    """An open database.

    Attributes:
        engine: ``sqlite`` or ``postgresql``.
        target: what was opened.
        driver: the connection of the driver, for `transfers.db` and `transfers.schema` alone.
        notes: what the user should be told, such as a write that was found interrupted and was rolled back.
    """

    __slots__ = ("_depth", "_faults", "_streams", "_untrusted", "driver", "engine", "notes", "target")

    def __init__(
        self, target: Target, driver: Driver, faults: tuple[type[BaseException], ...], *, untrusted: bool = False,
    ) -> None:
        self.engine = target.engine
        self.target = target
        self.driver = driver
        self.notes: list[str] = []
        self._faults = faults
        self._untrusted = untrusted
        self._depth = 0
        self._streams = 0

    def rows(self, sql: str, params: Mapping[str, Any] | None = None) -> list[Row]:
        """All rows of the answer; none for a statement that has no answer."""
        return self.table(sql, params)[1]

    def table(self, sql: str, params: Mapping[str, Any] | None = None) -> tuple[list[str], list[Row]]:
        """The names of the columns and all rows of the answer."""
        if self._untrusted and self.engine == "postgresql" and not self.driver.info.transaction_status:
            # In a transaction that has begun reading, no setting makes the server write; and what is set is undone with it.
            with self.snapshot():
                self._answer("SELECT 1", None)
                return self._answer(sql, params)
        return self._answer(sql, params)

    def _answer(self, sql: str, params: Mapping[str, Any] | None) -> tuple[list[str], list[Row]]:
        try:
            cursor = self._execute(sql, params)
            if cursor.description is None:
                return [], []
            return [column[0] for column in cursor.description], cursor.fetchall()
        except self._faults as fault:
            raise as_error(fault, self.target) from fault

    def stream(self, sql: str, params: Mapping[str, Any] | None = None) -> Iterator[Row]:
        """The rows of the answer one after the other, so that they need not all be held. Inside `snapshot` only."""
        try:
            if self.engine == "sqlite":
                cursor = self.driver.execute(sql, params or {})
                while rows := cursor.fetchmany(_AT_ONCE):
                    yield from rows
                return
            from transfers.db.parameters import as_psycopg

            self._streams += 1
            with self.driver.cursor(name=f"stream_{self._streams}") as cursor:  # a named one stays on the server
                cursor.execute(as_psycopg(sql) if params else sql, params)
                while rows := cursor.fetchmany(_AT_ONCE):
                    yield from rows
        except self._faults as fault:
            raise as_error(fault, self.target) from fault

    def run(self, sql: str, params: Mapping[str, Any] | None = None) -> int:
        """Run a statement; the number of rows it changed, -1 where that means nothing."""
        try:
            return int(self._execute(sql, params).rowcount)
        except self._faults as fault:
            raise as_error(fault, self.target) from fault

    def run_many(self, sql: str, params: list[dict[str, Any]]) -> None:
        """Run a statement once for each set of parameters."""
        if not params:
            return
        try:
            if self.engine == "sqlite":
                self.driver.executemany(sql, params)
                return
            from transfers.db.parameters import as_psycopg

            with self.driver.cursor() as cursor:
                cursor.executemany(as_psycopg(sql), params)
        except self._faults as fault:
            raise as_error(fault, self.target) from fault

    def insert_many(self, table: str, columns: list[str], rows: list[Row]) -> None:
        """Insert rows by the position of their columns, which is the quickest way in."""
        if not rows:
            return
        mark = "?" if self.engine == "sqlite" else "%s"
        sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join([mark] * len(columns))})"
        try:
            if self.engine == "sqlite":
                self.driver.executemany(sql, rows)
                return
            with self.driver.cursor() as cursor:
                cursor.executemany(sql, rows)
        except self._faults as fault:
            raise as_error(fault, self.target) from fault

    @contextmanager
    def lent(self) -> Iterator[Driver]:
        """The driver, for a library that works on it: what goes wrong there is raised as an error of this program."""
        try:
            yield self.driver
        except self._faults as fault:
            raise as_error(fault, self.target) from fault

    def _execute(self, sql: str, params: Mapping[str, Any] | None) -> Cursor:
        if self.engine == "sqlite":
            return self.driver.execute(sql, params or {})
        if params is None:
            # Without parameters psycopg would let several statements through in one text: a prepared one cannot hold them.
            return self.driver.execute(sql, prepare=True) if self._untrusted else self.driver.execute(sql)
        from transfers.db.parameters import as_psycopg

        return self.driver.execute(as_psycopg(sql), params)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is written, or nothing. The write lock is held from the beginning.

        Raises:
            BusyError: another process holds the lock for longer than the busy time.
        """
        if self._depth:
            raise RuntimeError("a transaction is open already: they do not nest")
        self._begin()
        self._depth = 1
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            self._rollback()
            raise
        finally:
            self._depth = 0

    def _begin(self) -> None:
        if self.engine == "sqlite":
            # IMMEDIATE: two writers wait here for each other, and not half way through, where SQLite would give up.
            self.run("BEGIN IMMEDIATE")
            return
        self.run("BEGIN")
        try:
            self.rows("SELECT pg_advisory_xact_lock(:lock)", {"lock": ADVISORY_LOCK})
        except TransfersError:
            self._rollback()
            raise

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Whatever is done inside is undone at the end: for questions that can only be asked by writing."""
        self._begin()
        try:
            yield
        finally:
            self._rollback()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything that is read inside is of the same moment. Keep it short: on SQLite it holds up a writer's commit."""
        self.run("BEGIN" if self.engine == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            self._rollback()

    def _rollback(self) -> None:
        # A full disk or a lost server has rolled back by itself; a second error here would hide the first.
        if self.engine == "sqlite":
            if self.driver.in_transaction:
                self.driver.rollback()
        elif not self.driver.closed:
            self.driver.rollback()


@contextmanager
def reading(
    target: Target, *, untrusted: bool = False, seconds: float | None = None, busy: float | None = None,
) -> Iterator[Connection]:
    """A connection that cannot write. No file is ever made; a write that was interrupted is rolled back first, with a note.

    Args:
        target: the database.
        untrusted: the SQL comes from the user: besides writing, other files and settings are out of reach.
        seconds: a statement that takes longer is stopped.
        busy: how long to wait for a lock; else ``TRANSFERS_BUSY``, else 10 seconds.

    Raises:
        DatabaseError: the database is missing, damaged or cannot be read.
    """
    if target.engine == "sqlite":
        from transfers.db.files import open_to_read as open_
    else:
        from transfers.db.servers import open_to_read as open_
    connection = open_(target, untrusted=untrusted, seconds=seconds, busy=busy_seconds(busy))
    try:
        yield connection
    finally:
        connection.driver.close()


@contextmanager
def writing(target: Target, *, busy: float | None = None, look_over: bool = True) -> Iterator[Connection]:
    """A connection that writes inside `Connection.transaction`. The database must exist; it is looked over for damage first.

    Args:
        target: the database.
        busy: how long to wait for a lock; else ``TRANSFERS_BUSY``, else 10 seconds.
        look_over: False when the caller does that itself, with `transfers.db.soundness`.

    Raises:
        DatabaseError: the database is missing, damaged or cannot be written.
    """
    if target.engine == "sqlite":
        from transfers.db.files import open_to_write as open_
    else:
        from transfers.db.servers import open_to_write as open_
    connection = open_(target, busy=busy_seconds(busy))
    try:
        if look_over:
            require_sound(connection)
        yield connection
    finally:
        connection.driver.close()


def busy_seconds(busy: float | None = None) -> float:
    """How long to wait for a lock: as asked, else as ``TRANSFERS_BUSY`` says, else 10 seconds."""
    if busy is not None:
        return busy
    said = os.environ.get("TRANSFERS_BUSY")
    if not said:
        return BUSY_SECONDS
    try:
        seconds = float(said)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 86400:
        raise UsageError("TRANSFERS_BUSY is the number of seconds to wait for a lock, 0 to 86400")
    return seconds


def require_sound(connection: Connection) -> None:
    """Raise unless SQLite finds the pages of the file in order; PostgreSQL looks after its own."""
    if connection.engine == "sqlite":
        connection.run("PRAGMA ignore_check_constraints = ON")  # here it is about pages, and the checks take most of the time
        found = connection.rows("PRAGMA quick_check(1)")
        connection.run("PRAGMA ignore_check_constraints = OFF")
        if found != [("ok",)]:
            raise DatabaseError(
                f"{connection.target.shown} is damaged ({found[0][0]}); restore a backup (transfers db restore) "
                "or move it away and run: transfers load"
            )
