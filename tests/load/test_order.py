"""The same files give the same rows, in whatever order and portions they are loaded."""

import random

import pytest

from tests.load.made_up import IN_ORDER, canon, make_collection, record_of, record_path
from transfers.db import read_target
from transfers.errors import ProblemsError


def portions(seed):
    """The records in an order in which each comes after those it points at, cut into portions."""
    random_ = random.Random(seed)
    waits = {
        "gazette-first": set(), "courier-second": {"gazette-first"}, "agency-copy": {"gazette-first", "courier-second"},
        "gazette-third": {"agency-copy", "courier-second"}, "courier-fifth": set(),
    }
    order = []
    while waits:
        slug = random_.choice(sorted(slug for slug, others in waits.items() if others <= set(order)))
        del waits[slug]
        order.append(slug)
    cuts = sorted(random_.sample(range(1, 5), random_.randint(0, 4)))
    return [order[start:end] for start, end in zip([0, *cuts], [*cuts, 5], strict=True)]


@pytest.mark.parametrize("seed", range(20))
def test_any_order_and_any_portions_give_the_rows_of_one_load(seed, collection, sqlite_target, load_fresh, require_same):
    for some in portions(seed):
        report = collection.load(sqlite_target, named=[record_path(slug) for slug in some])
        assert sorted(report.new) == sorted(record_path(slug) for slug in some)
    require_same(collection, sqlite_target)
    assert not collection.load(sqlite_target).wrote


def test_on_postgresql_too(collection, postgres_target, require_same):
    for some in portions(3):
        collection.load(postgres_target, named=[record_path(slug) for slug in some])
    require_same(collection, postgres_target)


@pytest.mark.parametrize("seed", range(20))
def test_the_names_of_the_files_do_not_matter(seed, tmp_path, make_target):
    """Records are read in the order of their paths: another path, another order of reading and writing."""
    random_ = random.Random(seed)
    slugs = list(IN_ORDER)
    random_.shuffle(slugs)
    collection = make_collection(tmp_path / "collection", ())
    for number, slug in enumerate(slugs):
        usual = make_collection(tmp_path / "usual", (slug,))
        collection.write_article(slug, usual.file(f"seeds/{slug}.txt").read_text())
        collection.write_record(record_of(slug), f"data/records/{number}.yaml")
    target = make_target()
    collection.load(target)
    lines = canon(target)
    for number, slug in enumerate(slugs):
        lines = [line.replace(f"data/records/{number}.yaml", record_path(slug)) for line in lines]
    other = make_target()
    make_collection(tmp_path / "whole").load(other)
    assert lines == canon(other)


def test_the_order_of_the_entries_in_the_registry_does_not_matter(collection, make_target, load_fresh):
    from tests.load.made_up import REGISTRY

    before = load_fresh(collection)
    for kind, entries in REGISTRY.items():
        collection.write_registry(kind, dict(reversed(entries.items())))
    assert load_fresh(collection) == before


def test_files_in_other_folders_below_the_records_are_records_too(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    collection.file("data/records/a/b/c").mkdir(parents=True)
    collection.file(record_path("courier-fifth")).rename(collection.file("data/records/a/b/c/x.yaml"))
    report = collection.load(sqlite_target)
    assert report.new == ["data/records/a/b/c/x.yaml"]
    require_same(collection, sqlite_target)


def test_a_record_before_the_one_it_points_at_is_refused_by_name(collection, sqlite_target):
    collection.load(sqlite_target, named=[record_path("gazette-first")])
    before = canon(sqlite_target)
    with pytest.raises(ProblemsError) as caught:
        collection.load(sqlite_target, named=[record_path("gazette-third")])
    said = str(caught.value)
    assert "'courier-second-c01' is no claim of any record" in said
    assert "'agency-copy' is no article of any record" in said
    assert canon(sqlite_target) == before


def test_a_first_load_of_some_records_makes_the_database(collection, tmp_path, require_same):
    target = read_target(str(tmp_path / "new.db"))
    collection.load(target, named=[record_path("gazette-first"), record_path("courier-fifth")])
    assert [line for line in canon(target) if '"table":"articles"' in line].__len__() == 2
    collection.load(target)
    require_same(collection, target)
