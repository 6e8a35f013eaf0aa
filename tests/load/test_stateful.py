"""The database is a function of the files: after any history it holds what a fresh load of the final files gives.

The files are the made-up collection with some of its changes switched on; a step of a history switches some, renames, removes
or adds files, changes the registry or the reviews, and loads all, some, or what is right of it.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.load.made_up import (
    COPY_TEXT,
    FIRST_TEXT,
    IN_ORDER,
    TEXTS,
    Collection,
    canon,
    index_fits,
    make_collection,
    record_of,
    registry_of,
    search_rows,
    sha256_of,
    supply,
)
from tests.load.test_edits import EDITS, drop_a_claim
from transfers.db import read_target
from transfers.errors import ProblemsError

PATHS = tuple(f"data/records/{name}.yaml" for name in "abcdefgh")
SNIPE = {"name": "Snipe-2", "kind": "designation", "used_by": "northland"}


# --- changes of records, each switched on or off by itself ------------------------------------------------------------
def drop_components(record):
    record["claims"] = [claim for claim in record["claims"] if claim["id"] != "c02"]


def rename_components(record):
    for claim in record["claims"]:
        if claim["id"] == "c02":
            claim["id"] = "c07"


def drop_the_meeting(record):
    record.pop("meetings", None)


def rename_the_meeting(record):
    for meeting in record.get("meetings", ()):
        meeting["title"] = "Another title"


def define_the_meeting(record):
    record["meetings"] = [{"id": "2023-port-hall-talks", "kind": "call", "title": "A call to Port Hall"}]


def drop_names(record):
    record.pop("aliases", None)


def change_the_kind_of_names(record):
    for alias in record.get("aliases", ()):
        alias["kind"] = "local_version"


def change_roles(record):
    for role in record.get("roles", ()):
        role["title"] = "Minister of War"


def drop_dates_of_roles(record):
    for role in record.get("roles", ()):
        role.pop("held_on", None)


def drop_topics(record):
    for entry in (*record.get("statements", ()), *record.get("claims", ())):
        entry.pop("topics", None)


def change_the_coder(record):
    record["coder"] = "zz"


def drop_pointers(record):
    for entry in (*record.get("statements", ()), *record.get("claims", ())):
        entry.pop("supersedes", None)
        entry.pop("same_as", None)
    record["article"].pop("links", None)


def retract(record):
    record["article"]["links"] = [{"article": "gazette-first", "kind": "retracts"}]


def point_at_the_second(record):
    record["claims"][0]["supersedes"] = "courier-second-c01"
    record["article"]["copy_of"] = "agency-copy" if record["article"]["id"] == "nobody" else record["article"].pop("copy_of", "")
    if not record["article"]["copy_of"]:
        del record["article"]["copy_of"]


def add_a_transfer(record):
    if record.get("claims"):
        record["claims"].append({
            "id": "c05", "transfer": supply("southmark", "eastvale", "kestrel-2", episode="made-up"), "stance": "asserted",
            "phase": "unclear", "quote": "Made up for a test", "summary": "Made up.",
            "inferred": {"supplier": "made up", "recipient": "made up", "system": "made up"},
        })


def stand_longer(record):
    """Other bytes of the article, which moves all offsets."""
    slug = record["article"]["id"]
    record["article"]["sha256"] = sha256_of(longer(slug))


def longer(slug):
    return TEXTS[slug].replace("Made up for a test", "Yes. Made up for a test", 1)


def spoil(record):
    record["statements" if "claims" not in record else "claims"][0]["quote"] = "words that stand nowhere"


GENERAL = (drop_topics, change_the_coder, drop_pointers, add_a_transfer, stand_longer, spoil)
CHANGES = {
    "gazette-first": (
        drop_components, rename_components, drop_the_meeting, rename_the_meeting, drop_names, change_the_kind_of_names, change_roles,
        drop_dates_of_roles, point_at_the_second, *GENERAL,
    ),
    "courier-second": (define_the_meeting, drop_names, change_the_kind_of_names, change_roles, drop_dates_of_roles, retract, *GENERAL),
    "agency-copy": GENERAL,
    "gazette-third": (drop_names, rename_the_meeting, *GENERAL),
    "courier-fifth": (*EDITS, *GENERAL),
}


SWITCHES = [(slug, number) for slug, changes in CHANGES.items() for number in range(len(changes)) if changes[number] is not spoil]
SWITCHES.append(("courier-second", CHANGES["courier-second"].index(spoil)))


# --- changes of the registry ------------------------------------------------------------------------------------------
def register_the_snipe(registry):
    registry["systems"]["kestrel-2"].setdefault("aliases", []).append({**SNIPE, "valid_from": "2020-01-01", "source": "made up"})


def register_the_minister(registry):
    registry["actors"]["ada-holm"]["ties"] = [{
        "id": "ada-holm-minister", "kind": "post", "target": "northland-mod", "title": "Minister of Defence", "start": "2021",
        "source": "made up",
    }]


def forget_the_second_spelling(registry):
    registry["systems"]["kestrel-2"]["aliases"] = [
        alias for alias in registry["systems"]["kestrel-2"].get("aliases", ()) if alias["name"] != "Kestrel II"
    ]


def rename_northland(registry):
    registry["actors"] = {("north-land" if slug == "northland" else slug): entry for slug, entry in registry["actors"].items()}
    registry["actors"]["north-land"]["formerly"] = ["northland"]


def merge_the_heron(registry):
    del registry["systems"]["heron"]
    registry["systems"]["kestrel"]["formerly"] = ["heron"]


def forget_the_heron(registry):
    registry["systems"].pop("heron", None)


def forget_a_topic(registry):
    del registry["topics"]["talks"]


def turn_the_tree(registry):
    del registry["systems"]["kestrel"]["parent"]
    registry["systems"]["uav"].update(parent="kestrel", source="made up")


def add_an_actor(registry):
    registry["actors"]["westhold"] = {
        "name": "Westhold", "kind": "state", "identifiers": [registry["actors"]["southmark"].pop("identifiers")[0]],
        "ties": [{"kind": "member_of", "target": "eastvale", "source": "made up"}],
    }


REGISTRY_CHANGES = (
    register_the_snipe, register_the_minister, forget_the_second_spelling, rename_northland, merge_the_heron, forget_the_heron,
    forget_a_topic, turn_the_tree, add_an_actor,
)
DECISIONS = ("accepted", "changes_needed", "rejected")
MATCHES = "data/matches/sipri.yaml"
# What is decided on: two that hardly ever vanish, one that changes of records take away, one that they bring.
DECIDED = (
    "southmark-northland-kestrel-2-supply", "northland-eastvale-kestrel-2-loan-2023", "southmark-northland-kestrel-2-components",
    "southmark-eastvale-kestrel-2-supply-made-up",
)


class Histories(RuleBasedStateMachine):
    """Files, a database that is loaded from them now and then, and what they said when they were last loaded whole."""

    template: Path
    make_other = None  # makes the database; else a SQLite file

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="histories-"))
        self.numbers = itertools.count()

    @initialize(loaded=st.booleans())
    def begin(self, loaded):
        self.collection = make_collection(self.folder / "now", ())
        self.target = self.make_other() if self.make_other else self.new_target()
        self.paths = dict(zip(IN_ORDER, PATHS, strict=False))
        self.switched = {slug: set() for slug in IN_ORDER}
        self.registry_switched = set()
        self.reviews = {}
        self.decided = {}
        self.write()
        if loaded:
            self.collection.load(self.target)

    def teardown(self):
        shutil.rmtree(self.folder)

    def new_target(self):
        path = self.folder / f"{next(self.numbers)}.db"
        shutil.copyfile(self.template, path)
        return read_target(str(path))

    # --- the files ---
    def write(self):
        """Write the files as the switches say."""
        for folder in ("data/records", "data/review", "data/matches"):
            shutil.rmtree(self.collection.file(folder), ignore_errors=True)
        Collection(self.collection.root)
        registry = {kind: registry_of(kind) for kind in ("actors", "systems", "places", "topics")}
        for number in sorted(self.registry_switched):
            try:
                REGISTRY_CHANGES[number](registry)
            except KeyError:
                continue  # two changes of one entry: the first has taken it away
        for kind, entries in registry.items():
            self.collection.write_registry(kind, entries)
        for slug, path in self.paths.items():
            record, text = record_of(slug), TEXTS[slug]
            for number in sorted(self.switched[slug]):
                change = CHANGES[slug][number]
                try:
                    change(record)
                except (KeyError, IndexError):
                    continue
                text = longer(slug) if change is stand_longer else text
            self.collection.write_article(slug, text)
            self.collection.write_record(record, path)
        for slug, (decision, sha256) in self.reviews.items():
            if slug in self.paths:
                self.collection.write(f"data/review/{slug}.yaml", [
                    {"record_sha256": sha256, "reviewer": "rr", "reviewed_on": "2024-01-31", "decision": decision},
                ])
        self.write_decisions()

    def write_decisions(self):
        """Write what is decided on deals of registers; no file when nothing is."""
        if self.decided:
            self.collection.write(MATCHES, [
                {"deal": {"supplier": "Southmark", "recipient": "Northland", "designation": "Kestrel-2", "order_year": "2021"},
                 "fingerprint": fingerprint, "transfer": transfer, "decision": decision, "reviewer": "rr", "reviewed_on": "2024-01-31",
                 "why": "made up"} for (transfer, fingerprint), decision in self.decided.items()
            ])

    @rule(switches=st.sets(st.sampled_from(SWITCHES), min_size=1, max_size=3))
    def change_records(self, switches):
        for slug, number in switches:
            self.switched[slug] = self.switched[slug] ^ {number}
        self.write()

    @rule(switches=st.sets(st.sampled_from(SWITCHES), min_size=1, max_size=3))
    def change_records_and_load(self, switches):
        self.change_records(switches)
        self.load_all()

    @rule(slug=st.sampled_from(("gazette-first", "courier-fifth")))
    def accept_a_record_load_and_drop_a_claim(self, slug):
        self.review(slug, "accepted", stale=False)
        self.load_all()
        dropping = drop_components if slug == "gazette-first" else drop_a_claim
        self.switched[slug] = self.switched[slug] ^ {CHANGES[slug].index(dropping)}
        self.write()
        self.load_all()

    @rule(slug=st.sampled_from(IN_ORDER))
    def change_a_record_back(self, slug):
        self.switched[slug] = set()
        self.write()

    @rule()
    def let_the_meeting_move(self):
        first, second = CHANGES["gazette-first"].index(drop_the_meeting), CHANGES["courier-second"].index(define_the_meeting)
        is_there = first not in self.switched["gazette-first"]
        self.switched["gazette-first"] = self.switched["gazette-first"] | {first} if is_there else self.switched["gazette-first"] - {first}
        self.switched["courier-second"] = self.switched["courier-second"] | {second} if is_there else self.switched["courier-second"] - {second}
        self.write()

    @rule(numbers=st.sets(st.integers(0, len(REGISTRY_CHANGES) - 1), max_size=2))
    def change_the_registry(self, numbers):
        self.registry_switched ^= numbers
        self.write()

    @rule(slug=st.sampled_from(IN_ORDER))
    def remove_or_add_a_record(self, slug):
        if self.paths.pop(slug, None) is None:
            self.paths[slug] = next(path for path in PATHS if path not in self.paths.values())
        self.write()

    @rule(order=st.permutations(PATHS))
    def rename_the_files(self, order):
        self.paths = dict(zip(self.paths, order, strict=False))
        self.write()

    @rule(slug=st.sampled_from(IN_ORDER), decision=st.sampled_from((*DECISIONS, None)), stale=st.booleans())
    def review(self, slug, decision, stale):
        self.reviews.pop(slug, None)
        if decision is not None and slug in self.paths:
            sha256 = "0" * 64 if stale else sha256_of(self.collection.file(self.paths[slug]).read_text(encoding="utf-8"))
            self.reviews[slug] = (decision, sha256)
        self.write()

    @rule(transfers=st.sets(st.sampled_from(DECIDED), max_size=2), decision=st.sampled_from(("accepted", "rejected")), other=st.booleans())
    def decide(self, transfers, decision, other):
        self.decided = {(transfer, ("f" if other else "0") * 16): decision for transfer in sorted(transfers)}
        self.write()

    @rule(transfer=st.sampled_from(DECIDED))
    def decide_load_and_forget(self, transfer):
        self.decided[transfer, "e" * 16] = "accepted"
        self.write()
        self.load_all()
        self.decided = {key: decision for key, decision in self.decided.items() if key[0] != transfer}
        self.write()
        self.load_all()

    # --- loading ---
    def try_to_load(self, **options):
        """Load; what was refused, if anything, and then nothing has changed."""
        before = canon(self.target)
        try:
            report = self.collection.load(self.target, **options)
        except ProblemsError as error:
            assert canon(self.target) == before
            return error
        assert index_fits(self.target)
        return report

    @rule(slugs=st.sets(st.sampled_from(IN_ORDER), min_size=1, max_size=3))
    def load_some(self, slugs):
        named = sorted(self.paths[slug] for slug in slugs if slug in self.paths)
        if named:
            self.try_to_load(named=named)

    @rule(prune=st.booleans())
    def load_what_is_right(self, prune):
        report = self.try_to_load(keep_going=True, prune=prune)
        if not isinstance(report, ProblemsError) and not report.problems and not report.gone:
            self.require_function_of_files(report)

    @rule()
    def load_without_pruning(self):
        report = self.try_to_load()
        if not isinstance(report, ProblemsError) and not report.gone:
            self.require_function_of_files(report)

    @rule()
    def load_all(self):
        self.require_function_of_files(self.try_to_load(prune=True))

    def require_function_of_files(self, report):
        fresh = self.new_target()
        try:
            self.collection.load(fresh)
        except ProblemsError as error:
            # What a fresh load refuses, every load refuses.
            assert isinstance(report, ProblemsError), str(error)
            return
        if isinstance(report, ProblemsError):
            # A load refuses besides only what would let a reviewed claim vanish.
            assert all("was accepted by a reviewer" in str(problem) for problem in report.problems), str(report)
            return
        assert canon(self.target) == canon(fresh)
        assert search_rows(self.target) == search_rows(fresh)
        assert not self.collection.load(self.target, prune=True).wrote


CAREFUL = settings(
    deadline=None, database=None, suppress_health_check=list(HealthCheck), print_blob=False,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
)


def run(template, **options):
    machine = type("Machine", (Histories,), {"template": template, **options.pop("members", {})})
    run_state_machine_as_test(machine, settings=settings(CAREFUL, **options))


def test_after_any_history_the_database_is_a_function_of_the_files(sqlite_template):
    run(sqlite_template, max_examples=10, stateful_step_count=25, derandomize=True)


@pytest.mark.slow
def test_after_any_longer_history_too(sqlite_template):
    run(sqlite_template, max_examples=15, stateful_step_count=40)


def test_on_postgresql_too(sqlite_template, make_postgres, postgres_template):
    run(
        sqlite_template, max_examples=2, stateful_step_count=15, derandomize=True,
        members={"make_other": lambda self: make_postgres(postgres_template)},
    )


@pytest.mark.slow
def test_on_postgresql_after_more_of_them(sqlite_template, make_postgres, postgres_template):
    run(
        sqlite_template, max_examples=8, stateful_step_count=20,
        members={"make_other": lambda self: make_postgres(postgres_template)},
    )


def test_the_texts_can_be_made_longer():
    assert longer("agency-copy") != COPY_TEXT
    assert longer("gazette-first") != FIRST_TEXT
