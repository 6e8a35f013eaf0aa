"""The same files give the same canonical export on SQLite and on PostgreSQL, after a load and after edits."""

from tests.load.made_up import canon, record_of, record_path, registry_of, search_rows
from tests.load.test_edits import EDITS


def test_both_engines_hold_the_same_after_every_step(collection, sqlite_target, postgres_target):
    def step(**options):
        for target in (sqlite_target, postgres_target):
            collection.load(target, **options)
        assert canon(sqlite_target) == canon(postgres_target)
        assert search_rows(sqlite_target) == search_rows(postgres_target)

    step(named=[record_path("gazette-first")])
    step()
    for edit in EDITS:
        record = record_of("courier-fifth")
        edit(record)
        collection.write_record(record)
        step()
    collection.write_review("gazette-first", ("zz", "accepted"), ("yy", "rejected"))
    systems = registry_of("systems")
    systems["kestrel-2"]["aliases"].append({"name": "Сапсан-2", "kind": "transliteration", "lang": "ru", "source": "made up"})
    systems["heron"] |= {"aliases": [{"name": name, "kind": "spelling"} for name in ("heron", "HERON", "Heron ", "Hérôn", "苍鹭")]}
    systems["heron"]["aliases"][2]["name"] = "the Heron"
    collection.write_registry("systems", systems)
    step()
    collection.remove(record_path("courier-fifth"))
    step(prune=True)


def test_values_that_engines_like_to_change_stay_as_they_are(collection, sqlite_target, postgres_target):
    """Case, accents, blanks at the end, long numbers, fractions, characters beyond the basic plane."""
    actors = registry_of("actors")
    actors["northland"]["note"] = "Ünal ünal ÜNAL \t \U0001f985 a\u0301 ß ﬁ ' \" \\ % _ :id ? {}  "
    actors["northland"]["source"] = "back\\slash and 'quotes' and :colons and %s"
    collection.write_registry("actors", actors)
    places = registry_of("places")
    places["port-hall"].update(lat="-0", lon="0.1")
    places |= {
        f"place-{number}": {"name": f"Place {number}", "precision": "site", "lat": lat, "lon": lon, "source": "made up"}
        for number, (lat, lon) in enumerate((("89.999999", "-179.999999"), ("0.000001", "33.3"), ("-0.1", "0"), ("90", "180")))
    }
    collection.write_registry("places", places)
    record = record_of("courier-fifth")
    record["claims"][2]["quantity"].update(low="3", high="3")
    record["claims"][2]["value"] = {
        "text": "(999999999999999)", "low": "1", "high": "999999999999999", "currency": "XTS",
    }
    collection.write_record(record)
    for target in (sqlite_target, postgres_target):
        collection.load(target)
        assert not collection.load(target).wrote
    assert canon(sqlite_target) == canon(postgres_target)
    assert '"value_high":999999999999999' in "".join(canon(sqlite_target))
    assert '"lat":0.0,"lon":0.1' in "".join(canon(sqlite_target))
