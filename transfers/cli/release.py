"""`transfers release`: a folder to cite."""

from __future__ import annotations

import click

from transfers.cli.settings import add_settings, pass_settings
from transfers.errors import UsageError
from transfers.settings import Settings


@click.command(short_help="Write a dated, checksummed folder that can be cited.")
@click.argument("version")
@click.option("-o", "--output", metavar="FOLDER", help="The new folder; transfers-VERSION unless said.")
@click.option(
    "--previous", metavar="RELEASE", help="The release before: its folder, or a database or canonical export that stands for it.",
)
@click.option("--removed", metavar="FILE", help="A CSV of reasons (kind,id,why) for what is gone and says nothing itself.")
@click.option("--date", "day", metavar="DAY", help="Its date (ISO); the newest day in the data unless said.")
@click.option("--with-texts", is_flag=True, help="With the full texts of the articles.")
@add_settings
@pass_settings
def release(
    settings: Settings, version: str, output: str | None, previous: str | None, removed: str | None, day: str | None,
    with_texts: bool,
) -> None:
    """Write a release: SQLite, CSV, Parquet, data package and canonical export, what changed, and the hash of every file.

    Ids never change their meaning between releases. With --previous each id of the release before is looked up: one that stands for
    something else, or is gone without a reason, stops the release, and all of them are listed. Reasons come from the records
    (`removed:`), the registry (`formerly:`) or --removed, and stay in tombstones.csv. Rows of registers are never in a release.
    """
    from transfers.releases.pages import Edition
    from transfers.releases.release import Order, require_version, write_release
    from transfers.releases.tombstones import read_reasons
    from transfers.site.metadata import tables

    _require_day(day)
    folder = output or f"transfers-{require_version(version)}"
    edition = Edition(require_version(version), day)
    order = Order(edition, folder, previous, read_reasons(removed) if removed is not None else {}, with_texts)
    with settings.reading() as connection, connection.snapshot():
        write_release(connection, order, tables(), settings.say)
    settings.say(f"wrote {folder}")
    if previous is None:
        settings.say("note: a first release; the next one is held to it with --previous")


def _require_day(day: str | None) -> None:
    from datetime import date

    try:
        if day is not None and date.fromisoformat(day).isoformat() != day:
            raise ValueError
    except ValueError:
        raise UsageError(f"{day!r} is no day: write it as 2024-01-31") from None
