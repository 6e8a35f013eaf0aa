"""Run migrations, or compare the schema with the models.

`transfers.schema` hands its connection over. Started by the command `alembic`, this file asks `transfers.schema` for one, so
that both ways take the same lock, make the same backup and check the same things before anything is written for good.
"""

from alembic import context, util
from sqlalchemy import Connection

from transfers.db import read_target
from transfers.errors import TransfersError
from transfers.models import Base
from transfers.records.collection import find_root_above
from transfers.schema.alembic_setup import next_revision, of_the_models
from transfers.schema.migrating import inspecting, migrating


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transactional_ddl=True,
        include_name=of_the_models,
        # Comments are no history: they are written after the last migration, on the engine that keeps them.
        autogenerate_plugins=["alembic.autogenerate.*", "~alembic.autogenerate.comments"],
        process_revision_directives=next_revision,
    )
    context.run_migrations()


def run_from_the_command_line() -> None:
    command = context.config.cmd_opts.cmd[0].__name__
    if context.is_offline_mode():
        raise util.CommandError("SQL alone (--sql) is not offered: a migration looks at the database it changes")
    if command == "stamp":
        raise util.CommandError("stamp is not offered: a database that says what it is not can no longer be upgraded")
    named = context.get_x_argument(as_dictionary=True).get("db")
    try:
        target = read_target(named, find_root_above())
        changing = command in ("upgrade", "downgrade")
        with migrating(target, down=command == "downgrade") if changing else inspecting(target) as migration:
            run(migration.connection)
        for note in migration.notes:
            util.messaging.msg(note)
    except TransfersError as error:
        raise util.CommandError(str(error)) from error


handed_over = context.config.attributes.get("connection")
if handed_over is None:
    run_from_the_command_line()
else:
    run(handed_over)
