"""The views say what docs/codebook.md says, on both engines."""

from __future__ import annotations

from typing import Any

from transfers.db import Connection, Target, reading
from transfers.library import CLAIM_FIELDS, TRANSFER_FIELDS
from transfers.vocabulary.words import PHASES, PHASES_IN_ORDER, PHASES_THAT_END

from .story import Story, written

DENIED = {"stance": "denied", "denies": "event"}


def transfer_row(connection: Connection, id_: str = "iran-russia-shahed-136-supply") -> dict[str, Any]:
    columns, rows = connection.table("SELECT * FROM v_transfers WHERE id = :id", {"id": id_})
    return dict(zip(columns, rows[0], strict=True))


def simple(story: Story, *claims: dict[str, Any], episode: str = "all", article: str = "article") -> str:
    """One transfer with such claims, each in an article of its own."""
    id_ = story.transfer("iran", "russia", "shahed-136", episode=episode)
    for number, given in enumerate(claims, start=1):
        of_article = {name.removeprefix("article_"): value for name, value in given.items() if name.startswith("article_")}
        story.article(f"{article}-{number}", **of_article)
        story.claim(f"{article}-{number}", id_, **{name: value for name, value in given.items() if not name.startswith("article_")})
    return id_


def found(target: Target, cases: list[tuple[Any, ...]], *columns: str) -> list[tuple[Any, ...]]:
    """What the view gives for transfers with such claims, in the order of the cases; each is an episode of its own."""
    with written(target) as story:
        ids = [simple(story, *case[0], episode=f"case-{n}", article=f"case-{n}") for n, case in enumerate(cases)]
    with reading(target) as connection:
        rows = {row[0]: row[1:] for row in connection.rows(f"SELECT id, {', '.join(columns)} FROM v_transfers")}
    return [rows[id_] for id_ in ids]


STANDINGS: list[tuple[Any, ...]] = [
    ([], "withdrawn"),
    ([{}], "reported"),
    ([{"stance": "alleged"}], "alleged"),
    ([{}, {"stance": "alleged"}], "reported"),
    ([{}, DENIED], "contested"),
    ([{"stance": "alleged"}, DENIED], "contested"),
    ([DENIED], "denied_only"),
    ([DENIED, {"stance": "denied", "denies": "date"}], "denied_only"),
    ([{"stance": "denied", "denies": "quantity"}], "details_disputed"),
    ([{"stance": "alleged"}, {"stance": "denied", "denies": "end_use"}], "alleged"),
    ([{"rank": "deprecated", "rank_reason": "misread"}], "withdrawn"),
]


def test_the_standing_says_how_the_sources_stand(target: Target) -> None:
    assert found(target, STANDINGS, "standing") == [(standing,) for _, standing in STANDINGS]


FURTHEST: list[tuple[Any, ...]] = [
    ([], None),
    ([DENIED], None),
    ([{"phase": "planned"}, {"phase": "ordered"}], "ordered"),
    ([{"phase": "ordered"}, {"phase": "agreed"}], "ordered"),
    ([{"phase": "intercepted"}, {"phase": "delivered"}], "delivered"),
    ([{"phase": "in_production"}, {"phase": "cancelled"}], "cancelled"),
    ([{"phase": "suspended"}, {"phase": "in_transit"}], "in_transit"),
    ([{"phase": "unclear"}, {"phase": "requested"}], "requested"),
    ([{"phase": "planned"}, {"phase": "in_use", "stance": "alleged"}], "planned"),
    ([{"phase": "delivered", **DENIED}, {"phase": "offered", "stance": "alleged"}], "offered"),
]


def test_the_phase_is_the_furthest_of_the_claims_that_do_not_deny(target: Target) -> None:
    assert found(target, FURTHEST, "phase") == [(phase,) for _, phase in FURTHEST]


def test_every_phase_has_its_place() -> None:
    assert {*PHASES_IN_ORDER, *PHASES_THAT_END, "unclear"} == set(PHASES)


RANGES: list[tuple[Any, ...]] = [
    ([{"low": 200, "high": 999}], (200, 999), (None, None)),
    ([{"low": 200, "high": 999}, {"low": 50, "high": 60}], (50, 999), (None, None)),
    ([{"low": 200, "high": 999}, {"low": 300}], (200, None), (None, None)),
    ([{"low": 200, "high": 999}, {"high": 400}], (None, 999), (None, None)),
    ([{"low": 200, "high": 999}, {"qualifier": "none"}], (None, None), (None, None)),
    ([{"low": 2, "high": 2, "unit": "batch"}], (None, None), (None, None)),
    ([{"low": 2, "high": 2, "scope": "event"}], (None, None), (None, None)),
    ([{"high": 999, "scope": "order"}], (None, None), (None, 999)),
    ([{"low": 5, "high": 9, "scope": "order"}, {"low": 7, "high": 7}], (7, 7), (5, 9)),
]


def test_a_range_is_open_as_soon_as_one_number_is(target: Target) -> None:
    cases = [([{"number": number} for number in numbers],) for numbers, _, _ in RANGES]
    assert found(target, cases, "quantity_low", "quantity_high", "planned_low", "planned_high") == [
        (*delivered, *planned) for _, delivered, planned in RANGES
    ]


def test_a_total_told_before_the_transit_is_planned_and_a_denied_number_counts_nowhere(target: Target) -> None:
    with written(target) as story:
        simple(
            story, {"phase": "agreed", "number": {"low": 10, "high": 12}},
            {"stance": "denied", "denies": "quantity", "number": {"low": 1, "high": 1}},
        )
    with reading(target) as connection:
        row = transfer_row(connection)
    assert (row["planned_low"], row["planned_high"]) == (10, 12)
    assert (row["quantity_low"], row["quantity_high"]) == (None, None)


SPANS: list[tuple[Any, ...]] = [
    ([{"date": "2022-10"}], "2022-10-01", "2022-10-31"),
    ([{"date": "2022-10"}, {"date": "2021"}], "2021-01-01", "2022-10-31"),
    ([{"date": "2022-23/.."}, {"date": "2022-10-05"}], "2022-09-01", None),
    ([{"date": "../2022-02-23"}, {"date": "2022-10-05"}], None, "2022-10-05"),
    ([{}], None, "2023-09-20"),
    ([{"phase": "planned"}], None, None),
    ([{"phase": "planned"}, {"date": "2022-10-05"}], "2022-10-05", "2022-10-05"),
    ([{"date": "2022-10-05"}, {"date": "2024", **DENIED}], "2022-10-05", "2022-10-05"),
    ([{"article_published": None}], None, None),
]


def test_the_dates_span_the_claims_that_do_not_deny(target: Target) -> None:
    assert found(target, SPANS, "first_date", "last_date") == [(first, last) for _, first, last in SPANS]


def test_two_papers_that_repeat_one_source_count_once(target: Target) -> None:
    with written(target) as story:
        story.actor("washington")
        story.actor("agency", kind="media")
        id_ = simple(story, {"attributed_to_id": "washington"}, {"attributed_to_id": "washington"}, {"via_id": "agency"}, {})
        story.article("article-5", agency_id="agency")
        story.claim("article-5", id_)
        story.claim("article-5", id_, attributed_to_id="syria", **DENIED)
    with reading(target) as connection:
        row = transfer_row(connection)
    # Washington twice, the agency twice (once as via, once as the agency of the report), the paper in its own voice.
    assert (row["claims"], row["origins"], row["denials"], row["articles"]) == (6, 3, 1, 5)


def test_the_speaker_of_the_statement_is_who_says_so(target: Target) -> None:
    with written(target) as story:
        id_ = story.transfer("iran", "russia", "shahed-136")
        story.article("article-1")
        statement = story.statement("article-1", "syria")
        story.claim("article-1", id_, statement_id=statement)
        story.claim("article-1", id_, statement_id=statement, attributed_to_id="russia")
    with reading(target) as connection:
        assert connection.rows("SELECT said_by, said_by_name FROM v_transfer_claims ORDER BY claim") == [
            ("syria", "Syria"), ("russia", "Russia"),
        ]


def test_a_denial_of_another_episode_does_not_hide(target: Target) -> None:
    with written(target) as story:
        simple(story, {})
        other = story.transfer("iran", "russia", "shahed-136", episode="from-2022-02-24")
        story.claim("article-1", other, **DENIED)
        story.claim("article-1", other, stance="denied", denies="date")
    with reading(target) as connection:
        row = transfer_row(connection)
        assert (row["episodes"], row["denials"], row["denials_elsewhere"]) == (2, 0, 1)
        row = transfer_row(connection, other)
        assert (row["episodes"], row["denials"], row["disputes"], row["denials_elsewhere"]) == (2, 1, 1, 0)


class TestCurrentClaims:
    """A claim counts while it stands, nothing newer replaces it, and its article stands."""

    @staticmethod
    def current(target: Target) -> list[str]:
        with reading(target) as connection:
            return [row[0] for row in connection.rows("SELECT id FROM v_current_claims ORDER BY id")]

    def test_a_correction_replaces_the_claim_it_corrects(self, target: Target) -> None:
        with written(target) as story:
            id_ = simple(story, {}, {})
            story.claim("article-2", id_, supersedes_id="article-1-c01")
        assert self.current(target) == ["article-2-c01", "article-2-c02"]

    def test_a_correction_of_a_correction_still_replaces_the_first(self, target: Target) -> None:
        with written(target) as story:
            id_ = simple(story, {}, {}, {})
            story.claim("article-2", id_, supersedes_id="article-1-c01", rank="deprecated", rank_reason="misread")
            story.claim("article-3", id_, supersedes_id="article-2-c02")
        assert self.current(target) == ["article-2-c01", "article-3-c01", "article-3-c02"]

    def test_a_correction_that_does_not_stand_replaces_nothing(self, target: Target) -> None:
        with written(target) as story:
            id_ = simple(story, {})
            story.article("article-8", status="retracted", status_note="made up")
            story.claim("article-1", id_, supersedes_id="article-1-c01", rank="deprecated", rank_reason="misread")
            story.claim("article-8", id_, supersedes_id="article-1-c01")
        assert self.current(target) == ["article-1-c01"]

    def test_the_claims_of_a_retracted_article_leave(self, target: Target) -> None:
        with written(target) as story:
            simple(story, {"article_status": "retracted", "article_status_note": "made up"}, {})
        assert self.current(target) == ["article-2-c01"]

    def test_a_later_article_can_retract_unless_it_is_retracted_itself(self, target: Target) -> None:
        with written(target) as story:
            simple(story, {}, {}, {}, {"article_status": "retracted", "article_status_note": "made up"})
            story.insert("article_links", article_id="article-3", target_id="article-1", kind="retracts")
            story.insert("article_links", article_id="article-3", target_id="article-2", kind="corrects")
            story.insert("article_links", article_id="article-4", target_id="article-2", kind="retracts")
        assert self.current(target) == ["article-2-c01", "article-3-c01"]


REVIEWS: list[tuple[list[dict[str, Any]], str]] = [
    ([], "unreviewed"),
    ([{}], "accepted"),
    ([{"decision": "rejected"}], "rejected"),
    ([{"decision": "rejected"}, {"position": 2}], "accepted"),
    ([{}, {"position": 2, "decision": "withdrawn"}], "withdrawn"),
    ([{"record_sha256": "2" * 64}], "stale"),
    ([{}, {"position": 2, "record_sha256": "2" * 64}], "stale"),
    ([{"reviewer": "ab"}], "self_reviewed"),
    ([{"reviewer": "ab", "decision": "changes_needed"}], "changes_needed"),
    ([{"reviewer": "ab", "record_sha256": "2" * 64}], "stale"),
]


def test_the_newest_review_decides(target: Target) -> None:
    with written(target) as story:
        simple(story, *({} for _ in REVIEWS))
        for number, (reviews, _) in enumerate(REVIEWS, start=1):
            for review in reviews:
                story.insert("reviews", article_id=f"article-{number}", **review)
    with reading(target) as connection:
        found = dict(connection.rows("SELECT article, review FROM v_review_status"))
        assert found == dict(connection.rows("SELECT article, review FROM v_transfer_claims"))
    assert [found[f"article-{number}"] for number, _ in enumerate(REVIEWS, start=1)] == [status for _, status in REVIEWS]


def test_inferences_are_the_same_json_text_on_both_engines(target: Target) -> None:
    with written(target) as story:
        simple(story, {}, {})
        story.inferred("article-1", "supplier", 'He says "sent",\nand \\ more\tof it: é', claim_id="article-1-c01")
        story.inferred("article-1", "date", "counted", claim_id="article-1-c01")
    with reading(target) as connection:
        assert connection.rows("SELECT inferred FROM v_transfer_claims ORDER BY claim") == [
            ('{"date":"counted","supplier":"He says \\"sent\\",\\nand \\\\ more\\tof it: é"}',), ("{}",),
        ]


def test_the_columns_are_the_keys_of_the_interface(target: Target) -> None:
    with reading(target) as connection:
        columns, _ = connection.table("SELECT * FROM v_transfers")
        assert columns == (
            "id supplier supplier_name recipient recipient_name system system_name category kind episode episodes standing phase "
            "claims origins denials disputes denials_elsewhere quantity_low quantity_high planned_low planned_high first_date "
            "last_date articles".split()
        )
        assert [*TRANSFER_FIELDS] == ["claim_count" if column == "claims" else column for column in columns]
        columns, _ = connection.table("SELECT * FROM v_transfer_claims")
        assert columns == (
            "claim transfer supplier supplier_name recipient recipient_name system system_name article outlet article_title "
            "published stance denies hedge phase said_by said_by_name via quantity_text quantity_low quantity_high "
            "quantity_qualifier quantity_unit quantity_scope quantity_per date_text date_edtf date_earliest date_latest "
            "date_basis end_use summary quote start_char end_char inferred rank review credibility reliability url".split()
        )
        assert [*CLAIM_FIELDS] == columns


def test_a_meeting_has_the_days_its_claims_give_and_each_participant_once(target: Target) -> None:
    with written(target) as story:
        story.insert("places", id="tehran", name="Tehran", country_code="IR")
        story.article("article-1")
        story.article("article-2")
        story.insert("meetings", id="visit-1", title="A visit", place_id="tehran", article_id="article-1")
        for article, date in (("article-1", "2023-09-19"), ("article-2", "2023-09-20")):
            claim = story.claim(article, "visit-1", meeting=True, date=date)
            story.insert("claim_actors", claim_id=claim, actor_id="russia", role="visitor", described_as=f"in {article}")
        denied = story.claim("article-2", "visit-1", meeting=True, date="2020", **DENIED)
        story.insert("claim_actors", claim_id=denied, actor_id="syria", role="host")
    with reading(target) as connection:
        columns, rows = connection.table("SELECT * FROM v_meetings")
    assert [dict(zip(columns, row, strict=True)) for row in rows] == [{
        "id": "visit-1", "kind": "visit", "title": "A visit", "place": "tehran", "place_name": "Tehran", "country": "IR",
        "date_text": "then", "date_edtf": None, "date_earliest": "2023-09-19", "date_latest": "2023-09-20", "actor": "russia",
        "name": "Russia", "role": "visitor", "described_as": "in article-1", "said_by": "gazette", "said_by_name": "Gazette", "claims": 3, "denials": 1,
        "articles": 2,
    }]


def test_a_role_spans_the_days_on_which_it_is_attested(target: Target) -> None:
    with written(target) as story:
        story.actor("person-a", "A. Person", kind="person")
        story.article("article-1")
        story.article("article-2")
        story.insert(
            "affiliations", id="minister-a", actor_id="person-a", target_id="russia", kind="post", title="Minister", in_registry=0,
        )
        story.insert(
            "affiliations", id="deputy-a", actor_id="person-a", target_id="russia", kind="post", title="Deputy",
            start_earliest="2010-01-01", start_latest="2010-12-31", end_earliest="2012-05-01",
        )
        for role, article, day in (
            ("minister-a", "article-1", "2023-09-20"), ("minister-a", "article-2", "2022-01-05"), ("deputy-a", "article-1", "2011-02-03"),
        ):
            story.insert("affiliation_dates", affiliation_id=role, article_id=article, held_earliest=day, held_latest=day)
    with reading(target) as connection:
        assert connection.rows(
            "SELECT id, person_name, org, title, start_earliest, start_latest, end_earliest, end_latest, articles FROM v_roles ORDER BY id"
        ) == [
            ("deputy-a", "A. Person", "russia", "Deputy", "2010-01-01", "2010-12-31", "2012-05-01", None, 1),
            ("minister-a", "A. Person", "russia", "Minister", None, "2022-01-05", "2023-09-20", None, 2),
        ]


def test_statements_that_do_not_stand_are_not_shown(target: Target) -> None:
    with written(target) as story:
        story.article("article-1")
        story.article("article-2", status="retracted", status_note="made up")
        story.article("article-3")
        story.statement("article-1", "iran")
        story.statement("article-2", "iran")
        story.statement("article-3", "iran", rank="deprecated", rank_reason="misread")
    with reading(target) as connection:
        assert connection.rows("SELECT id FROM v_statements") == [("article-1-s01",)]


def test_evidence_says_what_it_backs(target: Target) -> None:
    with written(target) as story:
        simple(story, {})
        story.inferred("article-1", "published", "the weekday fits")
    with reading(target) as connection:
        assert connection.rows("SELECT kind, owner, field, basis, why FROM v_evidence ORDER BY kind") == [
            ("article", "article-1", "published", "inferred", "the weekday fits"),
            ("claim", "article-1-c01", "whole", "stated", None),
        ]


def test_a_few_transfers_are_found_without_working_out_all(sqlite_target: Target) -> None:
    with reading(sqlite_target) as connection:
        for condition in ("id IN (:a, :b)", "id = :a", "supplier = :a", "system = :a"):
            plan = [row[3] for row in connection.rows(
                f"EXPLAIN QUERY PLAN SELECT * FROM v_transfers WHERE {condition}", {"a": "x", "b": "y"},
            )]
            steps = [step for step in plan if step.startswith(("SCAN t ", "SCAN c ", "SEARCH t ", "SEARCH c "))]
            assert steps, plan
            assert all(step.startswith("SEARCH") for step in steps), plan
            assert not any(step.startswith("MATERIALIZE") for step in plan), plan


def test_whatever_has_an_id_in_a_view_of_claims_has_its_name_beside_it(target: Target) -> None:
    with reading(target) as connection:
        for view, pairs in {
            "v_transfers": ("supplier", "recipient", "system"),
            "v_transfer_claims": ("supplier", "recipient", "system", "said_by"),
            "v_statements": ("speaker", "outlet", "via"), "v_evidence": ("outlet",), "v_meetings": ("place", "said_by"),
            "v_roles": ("person", "org"),
        }.items():
            columns, _ = connection.table(f"SELECT * FROM {view} LIMIT 0")
            assert {one for pair in pairs for one in (pair, f"{pair}_name")} <= set(columns), view
