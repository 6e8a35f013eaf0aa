"""Binding a record to its article: every quote becomes a span, every rule of meaning is checked.

Nothing here knows a database. What is wrong is collected, not raised, so that a reviewer sees all of it at once.

Source: docs/codebook.md, Records.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from transfers.errors import QuoteError
from transfers.evidence import rules
from transfers.evidence.locate import Passages, Span, locate
from transfers.records.known import Known
from transfers.records.shapes import MOST

Path = tuple[str | int, ...]


class Backing(NamedTuple):
    """One span and what it backs of its target; ``field`` is ``whole`` for the row as such."""

    field: str
    basis: str
    span: Span
    note: str | None


class Bound:
    """A record whose quotes have been found.

    Attributes:
        record: the record as read; slugs that were merged are replaced by the ones that are kept.
        passages: its article.
        spans: the spans by target: ``("article",)``, or a list of the record and a position, such as ``("claims", 0)``.
        not_recorded: the spans of the passages that were passed over, in the order of the record.
        breaches: what is wrong, as ``(path, sentence)``.
        warnings: what a reviewer should look at, likewise.
    """

    __slots__ = ("breaches", "not_recorded", "passages", "record", "spans", "warnings")

    def __init__(self, record: dict[str, Any], passages: Passages) -> None:
        """Begin with nothing found."""
        self.record = record
        self.passages = passages
        self.spans: dict[Path, list[Backing]] = {}
        self.not_recorded: list[Span] = []
        self.breaches: list[tuple[Path, str]] = []
        self.warnings: list[tuple[Path, str]] = []

    @property
    def article_id(self) -> str:
        """The id of the article."""
        article_id: str = self.record["article"]["id"]
        return article_id

    def quotes_found(self) -> int:
        """How many spans back a row."""
        return sum(len(backings) for backings in self.spans.values())


def bind(record: dict[str, Any], passages: Passages, known: Known, *, whole: bool = True) -> Bound:
    """Find every quote of a record in its article and check what the record says against the rules of meaning.

    Args:
        record: a record that has the shape of `transfers.records.format.RECORD`.
        passages: its article.
        known: the ids of the registry.
        whole: whether all entries are there; without some of them only the quotes and the ids can be judged.
    """
    bound = Bound(record, passages)
    rules.resolve_ids(record, known, bound.breaches)
    _bind_article(bound)
    for position, role in enumerate(record.get("roles", ())):
        _bind_target(bound, ("roles", position), role, rules.words_of_role(role))
    for position, alias in enumerate(record.get("aliases", ())):
        _bind_target(bound, ("aliases", position), alias, [(("name",), alias["name"])])
    for position, statement in enumerate(record.get("statements", ())):
        _bind_target(bound, ("statements", position), statement, rules.words_of_statement(statement))
    for position, claim in enumerate(record.get("claims", ())):
        _bind_target(bound, ("claims", position), claim, rules.words_of_claim(claim))
    for position, passage in enumerate(record.get("not_recorded", ())):
        span = _locate(bound, ("not_recorded", position, "quote"), passage["quote"], passage.get("occurrence"))
        if span:
            bound.not_recorded.append(span)
    if whole:
        rules.check_record(record, known, bound.breaches, bound.warnings)
    return bound


def _bind_article(bound: Bound) -> None:
    published = bound.record["article"].get("published", {})
    note = published.get("why") if published.get("basis") == "inferred" else None
    basis = "inferred" if published.get("basis") == "inferred" else "stated"
    backings = bound.spans[("article",)] = []
    for position, typed in enumerate(published.get("quotes", ())):
        span = _locate_typed(bound, ("article", "published", "quotes", position), typed)
        if span:
            backings.append(Backing("published", basis, span, note))


def _bind_target(bound: Bound, target: Path, entry: dict[str, Any], words: list[rules.Printed]) -> None:
    """The spans of one entry: the whole, one for each of its own quotes, one for each inference; and its words as printed."""
    backings = bound.spans[target] = []
    whole = _locate(bound, (*target, "quote"), entry["quote"], entry.get("occurrence"))
    if whole is None:
        return
    backings.append(Backing("whole", "stated", whole, None))
    inferred = entry.get("inferred", {})
    own: dict[str, list[Span]] = {}
    for field, typed in entry.get("quotes", {}).items():
        own[field] = [span for path, one in _each(typed, (*target, "quotes", field)) if (span := _locate_typed(bound, path, one))]
        if field not in inferred:
            backings.extend(Backing(field, "stated", span, None) for span in own[field])
    for field, why in inferred.items():
        backings.extend(Backing(field, "inferred", span, why) for span in own.get(field) or [whole])
    _check_once(bound, target, backings)
    _check_words(bound, target, words, backings)


def _each(typed: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if type(typed) is list:
        for position, one in enumerate(typed):
            yield (*path, position), one
    else:
        yield path, typed


def _locate_typed(bound: Bound, path: Path, typed: str | dict[str, str]) -> Span | None:
    if type(typed) is str:
        return _locate(bound, path, typed, None)
    assert isinstance(typed, dict)
    if ("text" in typed) == ("raw" in typed):
        bound.breaches.append((path, "needs exactly one of text and raw"))
        return None
    layer = "text" if "text" in typed else "raw"
    return _locate(bound, path, typed[layer], typed.get("occurrence"), layer)


def _locate(bound: Bound, path: Path, quote: str, occurrence: str | None, layer: str = "text") -> Span | None:
    if len(bound.breaches) >= MOST:  # enough to be told; looking for the nearest passage takes its time
        return None
    try:
        return locate(bound.passages, quote, int(occurrence) if occurrence else None, layer)
    except QuoteError as error:
        bound.breaches.append((path, str(error)))
        return None


def _check_once(bound: Bound, target: Path, backings: list[Backing]) -> None:
    seen = set()
    for field, _, span, _ in backings:
        if (field, span.layer, span.start, span.end) in seen:
            bound.breaches.append(((*target, "quotes", field), "gives the same words twice"))
        seen.add((field, span.layer, span.start, span.end))


def _check_words(bound: Bound, target: Path, words: list[rules.Printed], backings: list[Backing]) -> None:
    """Words as printed must stand in one of the entry's own spans; words in round brackets are the coder's.

    The record then holds them in the characters of the article, not in those that were typed, on one line.
    """
    folded = bound.passages.text
    for path, typed in words:
        if typed.startswith("(") and typed.endswith(")"):
            continue
        for backing in backings:
            if backing.span.layer == "text":
                printed = folded.find_within(typed, backing.span.start, backing.span.end)
                if printed is not None:
                    break
        else:
            bound.breaches.append((
                (*target, *path),
                f"“{typed}” stands in none of the quotes of this entry; quote the words under quotes: {{{path[0]}: ...}}",
            ))
            continue
        if printed != typed and target[0] != "aliases":  # a name is the registry's to spell
            _replace(bound.record, (*target, *path), " ".join(printed.split()))


def _replace(entry: Any, path: Path, value: str) -> None:
    for step in path[:-1]:
        entry = entry[step]
    entry[path[-1]] = value
