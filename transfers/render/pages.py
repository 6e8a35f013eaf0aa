"""What `show` prints of one thing, fit to be pasted into a report: what is known, who says so, in which words, where read."""

from __future__ import annotations

from transfers.render.layout import Fact, Layout
from transfers.render.sources import add_claims, add_statements, as_kind, plural
from transfers.render.words import as_days, as_range

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

Page: TypeAlias = "dict[str, Any]"


def as_page_text(page: Page, width: int) -> str:
    """The page as text of at most so many columns."""
    layout = Layout(width)
    _WRITE[page["type"]](layout, page)
    return layout.text()


def _transfer(layout: Layout, page: Page) -> None:
    layout.title(transfer_title(page), page["id"])
    layout.facts(_standing(page))
    if page["other_episodes"]:
        layout.gap()
        layout.paragraph("Other episodes of the same transfer:")
        layout.items(other["id"] for other in page["other_episodes"])
    if page["registers"]:
        from transfers.render.beside import add_registers

        add_registers(layout, page["registers"])
    add_claims(layout, page["claims"])
    add_statements(layout, page["statements"], "Statements the claims rest on")


def transfer_title(page: Page) -> str:
    """Who supplied what to whom: ``Iran → Russia: Shahed-136 (loan, loan-2021)``."""
    episode = "" if page["episode"] == "all" else f", episode {page['episode']}"
    return f"{page['supplier_name']} → {page['recipient_name']}: {page['system_name']} ({as_kind(page['kind'])}{episode})"


_MEANING = {
    "reported": "sources say so, none denies it",
    "alleged": "sources suspect or accuse; none states it as a fact, none denies it",
    "contested": "some sources say so, others deny it",
    "denied_only": "sources deny it, none says so",
    "details_disputed": "sources dispute details, none says that it happened",
    "withdrawn": "no claim on it stands any more",
}


def _standing(page: Page) -> list[Fact]:
    claims = sum(claim["is_current"] for claim in page["claims"])
    counted = ", ".join((
        plural(claims, "claim"), plural(page["origins"], "first source"), plural(page["articles"], "article"),
        plural(page["denials"], "denial"), plural(page["disputes"], "disputed detail"),
    ))
    elsewhere = ""
    if page["episodes"] != 1 or page["denials_elsewhere"]:
        denials = plural(page["denials_elsewhere"], "denial")
        elsewhere = f"{plural(page['episodes'], 'episode')} of this transfer; {denials} on the others"
    return [
        ("Standing", f"{page['standing']}: {_MEANING[page['standing']]}"),
        ("Phase", page["phase"]),
        ("Delivered", as_range(page["quantity_low"], page["quantity_high"])),
        ("Planned", as_range(page["planned_low"], page["planned_high"])),
        ("Dates", as_days(page["first_date"], page["last_date"])),
        ("Counted", counted),
        ("Episodes", elsewhere),
        ("Category", page["category"]),
        ("Note", page["note"]),
    ]


def _meeting(layout: Layout, page: Page) -> None:
    layout.title(page["title"], page["id"])
    words = f'"{page["date_text"]}": ' if page["date_text"] else ""
    date = page["date_edtf"] or as_days(page["date_earliest"], page["date_latest"])
    layout.facts([
        ("Kind", as_kind(page["kind"])),
        ("Where", ", ".join(part for part in (page["place_name"], page["country"]) if part)),
        ("When", words + date if date else None),
        ("Counted", ", ".join((
            plural(sum(claim["is_current"] for claim in page["claims"]), "claim"), plural(page["articles"], "article"),
            plural(page["denials"], "denial"),
        ))),
        ("Note", page["note"]),
    ])
    if page["participants"]:
        layout.heading("Participants")
        layout.items(
            f"{person['name']} ({as_kind(person['role'])})" + (f": {person['described_as']}" if person["described_as"] else "")
            for person in page["participants"]
        )
    if page["systems"]:
        layout.heading("Systems")
        layout.items(f"{one['system']} ({as_kind(one['role'])})" for one in page["systems"])
    add_claims(layout, page["claims"])
    add_statements(layout, page["statements"], "Said there, or behind the claims")


def _claim(layout: Layout, page: Page) -> None:
    layout.title(f"Claim {page['id']}")
    about = transfer_title(page) if page["transfer"] else page["title"]
    layout.facts([
        ("About", f"{about} [{page['transfer'] or page['meeting']}]"), ("Standing", page.get("standing")),
    ])
    add_claims(layout, page["claims"])
    add_statements(layout, page["statements"], "The statement it rests on")


def _statement(layout: Layout, page: Page) -> None:
    layout.title(f"{page['speaker_name']}: {page['summary']}", page["id"])
    add_statements(layout, [page], "")
    if page["same_utterance"]:
        layout.heading("The same utterance elsewhere")
        layout.items(f"{other['id']} (in {other['article']})" for other in page["same_utterance"])
    add_claims(layout, page["claims"], "Claims that rest on it")


def _actor(layout: Layout, page: Page) -> None:
    layout.title(page["name"], page["id"])
    layout.facts([
        ("Kind", as_kind(page["kind"])), ("Country", page["country_code"]), *_known(page), ("Source", page["source"]),
        ("Note", page["note"]),
    ])
    _add_aliases(layout, page)
    if page["ties"] or page["tied_to_it"]:
        layout.heading("Ties")
        layout.items(
            f"{as_kind(tie['kind'])} {tie['target_name']}" + (f": {tie['title']}" if tie["title"] else "") + _held(tie)
            for tie in page["ties"]
        )
        layout.items(
            f"{tie['actor_name']} is {as_kind(tie['kind'])} of it" if tie["kind"] != "post"
            else f"{tie['actor_name']}: {tie['title']}{_held(tie)}"
            for tie in page["tied_to_it"]
        )
    _add_transfers(layout, page)
    if page["meetings"]:
        layout.heading("Meetings")
        layout.items(f"{meeting['title']} [{meeting['id']}]" for meeting in page["meetings"])
    add_statements(layout, page["statements"], "Statements")


def _held(tie: Page) -> str:
    """When a tie is known to have held."""
    known = as_days(tie["start_latest"], tie["end_earliest"])
    return f" (attested {known})" if known else ""


def _system(layout: Layout, page: Page) -> None:
    layout.title(page["name"], page["id"])
    layout.facts([
        ("Level", page["level"]), ("Category", ", ".join(part for part in (page["category"], page["uav_class"]) if part)),
        ("Below", f"{page['parent_name']} [{page['parent']}]" if page["parent"] else None),
        ("Designer", f"{page['designer_name']} [{page['designer']}]" if page["designer"] else None),
        ("SIPRI", page["sipri_category"]), ("UN Register", page["unroca_category"]), *_known(page), ("Source", page["source"]),
        ("Note", page["note"]),
    ])
    _add_aliases(layout, page)
    if page["below"]:
        layout.heading("Below it")
        layout.items(f"{one['name']} ({one['level']}) [{one['id']}]" for one in page["below"])
    _add_transfers(layout, page)


def _known(page: Page) -> list[Fact]:
    return [
        ("Codes", ", ".join(f"{one['scheme']} {one['value']}" for one in page["identifiers"])),
        ("Formerly", ", ".join(page["formerly"])),
    ]


def _add_aliases(layout: Layout, page: Page) -> None:
    if page["aliases"]:
        layout.heading("Names")
        for alias in page["aliases"]:
            about = [as_kind(alias["kind"])]
            about += [alias["lang"]] if alias["lang"] else []
            about += [f"used by {alias['used_by_name']}"] if alias["used_by"] else []
            about += [as_days(alias["valid_from"], alias["valid_to"])] if alias["valid_from"] or alias["valid_to"] else []
            layout.items([f"{alias['name']} ({', '.join(about)})"])


def _add_transfers(layout: Layout, page: Page) -> None:
    if page["transfers"]:
        layout.heading("Transfers")
        layout.items(
            f"{transfer_title(one)}: {one['standing']}" + (f", {one['phase']}" if one["phase"] else "") + f" [{one['id']}]"
            for one in page["transfers"]
        )


def _article(layout: Layout, page: Page) -> None:
    layout.title(page["title"] or f"{page['outlet_name']}, {page['published_edtf'] or 'undated'}", page["id"])
    review = page["review"]
    if page["reviewer"]:
        review += f": {page['reviewer']}, {page['reviewed_on']}" + (f": {page['review_note']}" if page["review_note"] else "")
    status = page["status"] + (f": {page['status_note']}" if page["status_note"] else "")
    why = ": " + "; ".join(page["published_why"]) if page["published_why"] else ""
    published = f"{page['published_edtf']} ({page['published_basis']}{why})" if page["published_edtf"] else None
    layout.facts([
        ("Outlet", page["outlet_name"]), ("Agency", page["agency_name"]), ("Byline", page["byline"]),
        ("Published", published),
        ("Language", page["lang"]), ("Status", status), ("Reliability", page["reliability"]), ("Review", review),
        ("Coder", page["coder"]), ("Address", page["url"]), ("Archived", page["archive_url"]), ("Retrieved", page["retrieved_on"]),
        ("File", page["source"]), ("Record", page["record"]),
        ("Text", f"{page['text_length']:,} characters ({page['text_norm']}), SHA-256 {page['text_sha256']}"),
        ("Copy of", page["copy_of"]), ("Copies", ", ".join(page["copies"])),
    ])
    if page["links"]:
        layout.heading("Links to other articles")
        layout.items(
            f"{link['article']} {link['kind']} {link['target']}" + (f": {link['note']}" if link["note"] else "")
            for link in page["links"]
        )
    add_claims(layout, page["claims"], about=True)
    add_statements(layout, page["statements"], "Statements")
    if page["removed"]:
        layout.heading("Taken out of the record")
        layout.items(
            one["id"] + (f" on {one['removed_on']}" if one["removed_on"] else "") + f": {one['why']}" for one in page["removed"]
        )


def _removal(layout: Layout, page: Page) -> None:
    layout.title(page["id"])
    on = f" on {page['removed_on']}" if page["removed_on"] else ""
    layout.paragraph(f"This was taken out of the record of {page['article']}{on}: {page['why']}")


_WRITE: dict[str, Callable[[Layout, Page], None]] = {
    "transfer": _transfer, "meeting": _meeting, "claim": _claim, "statement": _statement, "actor": _actor, "system": _system,
    "article": _article, "removal": _removal,
}
