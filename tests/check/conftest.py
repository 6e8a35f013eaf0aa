"""An empty collection for each test."""

import pytest

from tests.check.made_up import Collection


@pytest.fixture
def made(tmp_path):
    return Collection(tmp_path / "made")
