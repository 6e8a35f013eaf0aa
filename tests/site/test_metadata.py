"""What Datasette is told: all columns, good labels and orders, questions that run, and nothing that somebody wrote into a record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.site.conftest import Site, rows
from transfers.models import Base
from transfers.schema.views import views
from transfers.site.metadata import as_configuration, as_metadata, merged, tables
from transfers.site.questions import QUESTIONS
from transfers.site.view_columns import VIEWS


def test_every_table_and_column_is_described_in_the_words_of_the_models() -> None:
    told = tables()
    for table in Base.metadata.sorted_tables:
        assert told[table.name]["description"]
        assert told[table.name]["columns"] == {column.name: column.comment for column in table.columns}


def test_every_view_has_its_columns_described(real_copy: str) -> None:
    for name in views("sqlite"):
        if name == "v_current_claims":  # the table of claims, without those that no longer count
            continue
        columns = [row[1] for row in rows(real_copy, f"PRAGMA table_info({name})")]
        assert list(VIEWS[name].columns) == columns, name
        assert all(VIEWS[name].columns.values())


def test_sorts_facets_and_labels_are_columns(real_copy: str) -> None:
    for name, told in tables().items():
        columns = {row[1] for row in rows(real_copy, f"PRAGMA table_info({name})")}
        named = {*told.get("facets", ()), *filter(None, [told.get("sort"), told.get("label_column")])}
        assert named <= columns or not columns, name


def test_every_table_that_others_point_at_has_a_label() -> None:
    told = tables()
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            assert told[key.column.table.name].get("label_column"), key.column.table.name


def test_support_tables_are_hidden_and_those_of_the_core_are_not() -> None:
    hidden = {name for name, told in tables().items() if told.get("hidden")}
    assert {"search_rows", "search_rows_fts", "loaded_files", "alembic_version", "affiliation_dates", "former_ids"} <= hidden
    assert not hidden & {"actors", "systems", "transfers", "meetings", "statements", "articles", "claims", "evidence"}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inside in value.items():
            yield key
            yield from _texts(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _texts(inside)
    elif isinstance(value, str):
        yield value


def test_it_holds_no_data_of_records_and_no_html(hard_copy: str, real_copy: str) -> None:
    told = merged(as_metadata(), as_configuration({}))
    every = json.dumps(told, ensure_ascii=False)
    assert "_html" not in every
    for path in (hard_copy, real_copy):
        for table, column in (("articles", "url"), ("articles", "title"), ("claims", "summary"), ("statements", "quote")):
            for (value,) in rows(path, f"SELECT {column} FROM {table} WHERE length({column}) > 12"):
                assert value not in every
    for text in _texts(told):
        assert not re.match(r"\s*(javascript|data|vbscript):", text, re.IGNORECASE)


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_has_an_answer_with_and_without_its_parameters(hard_site: Site, name: str) -> None:
    parameters = dict.fromkeys(re.findall(r":(\w+)", QUESTIONS[name].sql), "")
    for words in (parameters, dict.fromkeys(parameters, "land")):
        reply = hard_site.get(f"/transfers/{name}.json", params={**words, "_shape": "array"})
        assert reply.status_code == 200, reply.text
    assert reply.json() or words, name
    page = hard_site.get(f"/transfers/{name}", params=parameters)
    assert QUESTIONS[name].title in page.text.replace("&#39;", "'")


def test_five_questions_of_the_first_page_have_answers_in_the_hard_cases(hard_site: Site) -> None:
    from tests.site.markup import Markup

    html = hard_site.get("/-/transfers").text
    asked = Markup(html[html.index('class="questions"'):html.index("</ol>")]).named("a")
    assert len(asked) == 5
    for link in asked:
        path, _, words = link.attributes["href"].partition("?")
        if path.startswith("/-/"):
            assert hard_site.get(link.attributes["href"]).status_code == 200
        else:
            assert hard_site.get(f"{path}.json?{words}&_shape=array").json(), path


def test_datasette_shows_titles_descriptions_of_columns_facets_and_hides_support(site: Site) -> None:
    database = site.get("/transfers").text
    assert "Transfers of weapons, and who says so" in database
    assert "What is denied or disputed, and by whom?" in database
    view = site.get("/transfers/v_transfers").text
    assert "How the sources stand to each other." in view
    assert 'data-facet-value' in view or "facet-info" in view
    claims = site.get("/transfers/claims").text
    assert "asserted, alleged (the words mark doubt) or denied." in claims
    assert "Iran" in site.get("/transfers/transfers").text  # the name in place of the id
    assert ">search_rows<" not in re.sub(r"(?s)hidden tables.*", "", database) or "hidden" in database
