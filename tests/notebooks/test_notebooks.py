"""The notebooks run from their first cell to their last, with what they assert, and the lines of docs/notebooks.md run too."""

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.py"))
PAGE = (ROOT / "docs" / "notebooks.md").read_text(encoding="utf-8")
WITHOUT = "the notebooks need {}: pip install 'transfers[notebook]'"


@pytest.fixture
def pyplot(monkeypatch, tmp_path):
    """Pictures that no window shows; what is drawn is thrown away afterwards."""
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path))
    pytest.importorskip("pandas", reason=WITHOUT.format("pandas"))
    matplotlib = pytest.importorskip("matplotlib", reason=WITHOUT.format("matplotlib"))
    matplotlib.use("agg")
    from matplotlib import pyplot

    yield pyplot
    pyplot.close("all")


def test_there_are_three():
    assert [path.stem for path in NOTEBOOKS] == [
        "from_claims_to_a_chart", "what_does_one_article_say", "who_says_what_about_the_shahed_136",
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path, as_usual, pyplot):
    runpy.run_path(str(path))
    figures = [pyplot.figure(number) for number in pyplot.get_fignums()]
    assert len(figures) >= 2
    for figure in figures:
        figure.savefig("figure.png")  # draws it, with the fonts and the layout
        assert all(axes.get_title() for axes in figure.axes)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_cells_that_say_something_and_check_it(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# %% [markdown]\n# # ")
    assert text.count("\nassert ") >= 8


def test_three_lines_make_a_chart(as_usual, pyplot):
    lines = re.search(r"## Three lines to a chart\n.*?```python\n(.*?)```", PAGE, re.DOTALL)[1]
    assert len(lines.splitlines()) == 3
    exec(compile(lines, "docs/notebooks.md", "exec"), {})
    assert [round(bar.get_width()) for bar in pyplot.gca().patches] == [1, 1, 1, 1, 1]
