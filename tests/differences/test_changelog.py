"""What changed between two states of a collection, for readers."""

from tests.differences.conftest import tell
from tests.differences.made_up import row, side
from transfers.db import reading, writing
from transfers.differences import as_changelog, database_side, find_differences

EXPECTED = """\
### Transfers

- new: Russia → Iran: Shahed-136 (supply) (`russia-iran-shahed-136-supply`)
- removed: Russia → Syria: Shahed (supply) (`russia-syria-shahed-supply`)

### Claims

- new: They met. (`article-1-c03`)
- changed: Iran sent them. (`article-1-c01`): quantity high “200” → “300”; quantity low “200” → “300”
- changed: They came back. (`article-1-c02`): hedge text “reportedly” → nothing; phase “delivered” → “planned”; \
stance “alleged” → “asserted”; summary “Sent \\*again\\*.” → “They came back.”; transfer id “iran-russia-shahed-136-supply” → \
“russia-iran-shahed-136-supply”

### Meetings

- new: Talks \\[in Tehran\\] (`talks-1`)

### Everything else

- articles: 1 changed
- evidence: 1 new
- removals: 1 new
"""


def changelog(before, after):
    with reading(before) as one, reading(after) as other, one.snapshot(), other.snapshot():
        return as_changelog(find_differences(database_side(one), database_side(other)))


def test_it_tells_in_words_with_ids(target, make_sqlite):
    assert changelog(tell(make_sqlite("before.db")), tell(target, later=True)) == EXPECTED


def test_nothing_changed(target, make_sqlite):
    assert changelog(tell(make_sqlite("before.db")), tell(target)) == "Nothing changed.\n"


def test_a_removed_claim_gives_the_reason_of_its_tombstone(target, make_sqlite):
    before, after = tell(make_sqlite("before.db")), tell(target)
    with writing(after) as connection, connection.transaction():
        connection.run("DELETE FROM evidence WHERE claim_id = 'article-1-c02'")
        connection.run("DELETE FROM claims WHERE id = 'article-1-c02'")
        connection.run(
            "INSERT INTO removals (id, article_id, removed_on, why) VALUES ('article-1-c02', 'article-1', '2024-01-31', 'it was *a* doublet')",
        )
    assert "- removed: alleged: Sent \\*again\\*. (`article-1-c02`). Reason: it was \\*a\\* doublet\n" in changelog(before, after)


def test_hostile_words_stay_words(target, make_sqlite):
    before, after = tell(make_sqlite("before.db")), tell(target)
    with writing(after) as connection, connection.transaction():
        connection.run("UPDATE claims SET summary = :text", {"text": "<script>x</script>\n# \x1b[2J [a](b) `c`"})
    text = changelog(before, after)
    assert "\\<script\\>x\\</script\\> \\# \\x1b\\[2J \\[a\\](b) \\`c\\`".replace("\\x1b", "\\\\x1b") in text
    assert "\x1b" not in text


def test_registers_are_told_in_numbers():
    found = find_differences(side([row(), row(order_year=1999)]), side([row(ordered=11), row(order_year=2000)]))
    assert as_changelog(found) == "### In numbers\n\n- register rows: 1 new, 1 removed, 1 changed\n"
