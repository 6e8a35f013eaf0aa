"""Measure the pages of the site over a database of 100,000 claims, in the server, without a network.

Run: python benchmarks/measure_site.py [--runs N]

For Datasette 0.65. Every page is set against Datasette's own page of one row of the same file, asked for in turns with it: what
the ratio says holds on any machine. The time is that of the process, in milliseconds, the median of the runs; the target is
300 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from datasette.app import Datasette
from make_large import BUSY, MUCH_CLAIMED, SPEAKER, make_large

from transfers.db import read_target
from transfers.schema.upgrade import upgrade
from transfers.site.metadata import as_configuration, as_metadata, merged
from transfers.site.serving import SETTINGS
from transfers.site.snapshot import make_snapshot

OURS = "/-/transfers"
PAGES = (
    OURS, f"{OURS}/article/art-00000", f"{OURS}/transfer/{MUCH_CLAIMED}", f"{OURS}/actor/{BUSY}", f"{OURS}/actor/{SPEAKER}",
    f"{OURS}/system/system-001", f"{OURS}/meeting/meeting-5", f"{OURS}/statement/art-00000-s01", f"{OURS}/timeline",
    f"{OURS}/timeline?actor=actor-000", f"{OURS}/network", f"{OURS}/network?system=system-001", f"{OURS}/map",
    f"{OURS}/codebook", f"{OURS}/downloads", f"{OURS}/feed.atom", f"{OURS}/search?q=border",
    "/transfers", "/transfers/v_transfers", "/transfers/v_transfer_claims", "/transfers/v_transfer_claims?stance=alleged",
    "/transfers/v_statements", "/transfers/v_meetings", "/transfers/v_evidence", "/transfers/claims", "/transfers/evidence",
    "/transfers/claims?_sort_desc=quantity_high", "/transfers/denials_and_disputes", "/transfers/who_met_whom",
    "/transfers/claims_on_a_system?system=System+42", "/transfers/not_yet_accepted",
)
BASELINE = "/transfers/actors/actor-000"


def main() -> None:
    """Print one line for each page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7, help="runs of each page")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory(prefix="transfers-benchmark-") as folder:
        empty = Path(folder) / "empty.db"
        upgrade(read_target(str(empty)))
        live = make_large(empty, Path(folder) / "live.db")
        copy = make_snapshot(read_target(live), folder, with_texts=True)
        print(f"{'page':<62}{'ms':>7}{'ratio':>8}   against {BASELINE}")
        asyncio.run(_measure(copy, runs))


async def _measure(copy: str, runs: int) -> None:
    settings = {name: value == "on" if value in ("on", "off") else int(value) for name, value in SETTINGS.items()}
    told = merged(as_metadata(), as_configuration({"transfers": {}}))
    site = Datasette([], immutables=[copy], settings=settings, metadata=told)
    await site.invoke_startup()
    for page in PAGES:
        ours, theirs = [], []
        for number in range(runs + 1):
            theirs.append(await _ask(site, BASELINE))
            ours.append(await _ask(site, page))
            if not number:  # the first also reads templates
                ours.clear()
                theirs.clear()
        took = statistics.median(ours)
        print(f"{page:<62}{took * 1_000:>7.0f}{took / statistics.median(theirs):>8.1f}", flush=True)


async def _ask(site: Datasette, page: str) -> float:
    began = time.process_time()
    reply = await site.client.get(page)
    took = time.process_time() - began
    if reply.status_code != 200:
        raise SystemExit(f"{page}: {reply.status_code}")
    return took


if __name__ == "__main__":
    main()
