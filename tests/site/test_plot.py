"""`transfers plot` writes the pictures of the site as files, also where the extra `site` is not installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.hard_cases.rows_as_lines import COLLECTION
from transfers.db import Target
from transfers.load import load_collection


def run(*words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    ran = subprocess.run([sys.executable, "-m", "transfers", "plot", *words], capture_output=True, text=True, check=False)
    assert ran.returncode == code, ran.stderr
    return ran


@pytest.mark.parametrize("words", [
    ["timeline"], ["timeline", "--system", "drone", "--since", "2021", "--kind", "transfer"], ["network"],
    ["network", "--standing", "contested"], ["claims", "norland-sudmark-rifle-supply"], ["claims", "2023-02-tostrand-visit"],
])
def test_a_picture_is_written_and_is_the_same_each_time(hard: Target, tmp_path: Path, words: list[str]) -> None:
    file = tmp_path / "picture.svg"
    ran = run(*words, "--db", str(hard.path), "-o", str(file))
    assert ran.stdout == ""
    assert ran.stderr == f"wrote {file}\n"
    root = ET.fromstring(file.read_bytes())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "<a " not in file.read_text(encoding="utf-8")
    assert run(*words, "--db", str(hard.path)).stdout == file.read_text(encoding="utf-8")


def test_nothing_is_overwritten(hard: Target, tmp_path: Path) -> None:
    file = tmp_path / "picture.svg"
    file.write_text("mine")
    assert "nothing is overwritten" in run("network", "--db", str(hard.path), "-o", str(file), code=1).stderr
    assert file.read_text() == "mine"
    assert os.listdir(tmp_path) == ["picture.svg"]


@pytest.mark.parametrize(("words", "code", "message"), [
    (["network", "-o", "x.pdf"], 2, "pictures are written as SVG or PNG"),
    (["claims", "iran"], 2, "iran is of the kind actor; claims are drawn of a transfer or a meeting"),
    (["claims", "nobody-to-nobody"], 1, "nothing goes by 'nobody-to-nobody'"),
    (["timeline", "--since", "someday"], 2, "--since"),
    (["map"], 2, "map"),
])
def test_what_cannot_be_drawn_is_said(hard: Target, words: list[str], code: int, message: str) -> None:
    assert message in run(*words, *([] if words == ["map"] else ["--db", str(hard.path)]), code=code).stderr


def test_it_needs_neither_datasette_nor_its_templates(hard: Target) -> None:
    code = (
        "import sys\n"
        "class Refuse:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in ('datasette', 'jinja2', 'markupsafe'): raise ImportError(name)\n"
        "sys.meta_path.insert(0, Refuse())\n"
        "from transfers.__main__ import main\n"
        "sys.exit(main())\n"
    )
    for words in (["timeline"], ["network"], ["claims", "norland-sudmark-rifle-supply"]):
        ran = subprocess.run([sys.executable, "-c", code, "plot", *words, "--db", str(hard.path)], capture_output=True, text=True,
                             check=False)
        assert ran.returncode == 0, ran.stderr
        assert ran.stdout.startswith("<?xml")


def test_the_pictures_of_both_engines_are_the_same(hard: Target, postgres_target: Target) -> None:
    load_collection(COLLECTION, postgres_target)
    for words in (["timeline", "--system", "drone"], ["network"], ["network", "--standing", "reported", "--system", "drone"],
                  ["claims", "norland-sudmark-rifle-supply"], ["claims", "2023-02-tostrand-visit"]):
        assert run(*words, "--db", str(postgres_target.url)).stdout == run(*words, "--db", str(hard.path)).stdout


# --- PNG -------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("words", [["timeline"], ["network"], ["claims", "norland-sudmark-rifle-supply"]])
def test_a_picture_is_also_written_as_png_of_twice_its_size(hard: Target, tmp_path: Path, words: list[str]) -> None:
    _require_png()
    svg, file = run(*words, "--db", str(hard.path)).stdout, tmp_path / "picture.PNG"
    ran = run(*words, "--db", str(hard.path), "-o", str(file))
    assert (ran.stdout, ran.stderr) == ("", f"wrote {file}\n")
    from PIL import Image  # a part of what matplotlib needs

    picture, root = Image.open(file), ET.fromstring(svg.encode())
    assert picture.size == tuple(round(2 * float(root.get(side) or 0)) for side in ("width", "height"))
    colours = picture.convert("RGBA").getcolors(10_000)
    assert colours is not None
    assert max(colours)[1] == (255, 255, 255, 255)  # a light ground, and not none
    assert len(colours) > 20  # colours and the shades of letters


@pytest.mark.parametrize("letters", ["Герань-2", "شاهد ۱۳۶", "Łódź", "Αθήνα"])
def test_letters_of_other_scripts_are_drawn_and_not_boxes(letters: str) -> None:
    _require_png()
    from transfers.site.pictures.drawing import as_file, frame, text
    from transfers.site.pictures.png import as_png

    def drawn(words: str) -> bytes:
        return as_png(as_file(frame("x", 300, 40, "x", "x", [text(0, 20, words, "label")]), ""))

    assert drawn(letters) not in (drawn(""), drawn("\ue000" * len(letters)))  # nobody has a letter for this number
    assert drawn(letters) != drawn(letters[::-1])


def test_the_styles_of_a_png_have_no_names_of_colours_and_no_conditions() -> None:
    from transfers.site.pictures.png import as_plain_styles

    plain = as_plain_styles((Path(__file__).parents[2] / "transfers" / "site" / "static" / "pictures.css").read_text(encoding="utf-8"))
    assert "var(" not in plain
    assert "--" not in plain
    assert "@media" not in plain
    assert ".picture .denied .bar { fill: #fff; stroke: #a3262f; }" in plain
    assert plain.count("{") == plain.count("}")


def test_png_without_what_draws_it_is_said_and_leaves_nothing(hard: Target, tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "import importlib.util\n"
        "found = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *more: None if name == 'resvg_py' else found(name, *more)\n"
        "from transfers.__main__ import main\n"
        "sys.exit(main())\n"
    )
    ran = subprocess.run([sys.executable, "-c", code, "plot", "network", "--db", str(hard.path), "-o", str(tmp_path / "x.png")],
                         capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert 'pip install "transfers[notebook]"' in ran.stderr
    assert os.listdir(tmp_path) == []


def _require_png() -> None:
    for name in ("resvg_py", "matplotlib"):
        pytest.importorskip(name, reason=f"{name} is not installed: pip install 'transfers[notebook]'")
