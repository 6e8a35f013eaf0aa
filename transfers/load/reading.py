"""Reading records for checking and loading: file, shape, article, spans, rules. No database yet."""

from __future__ import annotations

from typing import Final, NamedTuple

from transfers.articles.read import read_article
from transfers.errors import ArticleError, Problem, ProblemsError
from transfers.evidence.bind import Bound, bind
from transfers.evidence.locate import Passages
from transfers.files import FileBytes, FileError, read_file
from transfers.records.collection import REVIEWS
from transfers.records.known import Known
from transfers.records.positions import as_problems
from transfers.records.record import read_record, read_review
from transfers.records.yaml_reader import LARGEST

NEWEST_NORM: Final = "plain-nfc-1"


class ReadRecord(NamedTuple):
    """One record as it was read: bound to its article, or None with the problems that forbid it.

    Attributes:
        gives: the ids of its article and meetings, as far as they can be made out although the record is wrong.
    """

    file: FileBytes
    bound: Bound | None
    problems: list[Problem]
    warnings: list[Problem]
    gives: frozenset[str] = frozenset()


class ReadReview(NamedTuple):
    """The decisions on the record of one article, oldest first."""

    file: FileBytes
    article_id: str
    lines: list[dict[str, str]]


def read_collection_file(root: str, path: str) -> FileBytes:
    """One YAML file of the collection.

    Raises:
        ProblemsError: it cannot be read.
    """
    try:
        return read_file(root, path, LARGEST)
    except FileError as error:
        raise ProblemsError([Problem(path, 0, "", str(error))]) from error


def read_bound_record(root: str, path: str, known: Known) -> ReadRecord:
    """One record with its article, its quotes found and its rules checked."""
    try:
        file = read_collection_file(root, path)
    except ProblemsError as error:
        return ReadRecord(FileBytes(path, b"", ""), None, error.problems, [])
    return bind_file(root, file, known)


def bind_file(root: str, file: FileBytes, known: Known) -> ReadRecord:
    """One record whose bytes are at hand, with its article, its quotes found and its rules checked."""
    try:
        read = read_record(file)
    except ProblemsError as error:
        return ReadRecord(file, None, error.problems, [])
    breaches = list(read.breaches)
    if read.record is None:
        return ReadRecord(file, None, as_problems(file, breaches), [])
    article = read.record["article"]
    gives = frozenset((article["id"], *(meeting["id"] for meeting in read.record.get("meetings", ()))))
    try:
        text = read_article(root, article["source"], article["format"], article["sha256"], article.get("norm", NEWEST_NORM))
    except ArticleError as error:
        breaches.append((("article", "source"), f"{article['source']} {error}"))
        return ReadRecord(file, None, as_problems(file, breaches), [], gives)
    bound = bind(read.record, Passages(text), known, whole=not read.breaches)
    breaches.extend((read.as_in_file(path), sentence) for path, sentence in bound.breaches)
    if breaches:
        return ReadRecord(file, None, as_problems(file, breaches), [], gives)
    return ReadRecord(file, bound, [], as_problems(file, bound.warnings))


def read_reviews(root: str, path: str) -> ReadReview:
    """One review file.

    Raises:
        ProblemsError: everything that is wrong in it.
    """
    file = read_collection_file(root, path)
    return ReadReview(file, path.removeprefix(f"{REVIEWS}/").removesuffix(".yaml"), read_review(file))
