"""The tour of a feature names files and things that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = re.findall(r"^\| `([\w./-]+)` \|([^|]*)\|", (ROOT / "docs" / "new-feature.md").read_text(), re.MULTILINE)
FEATURE = "contacts"


@pytest.mark.parametrize(("path", "names"), ROWS, ids=[path for path, _names in ROWS])
def test_each_file_of_the_tour_is_there_with_the_names_it_is_said_to_hold(path: str, names: str) -> None:
    source = (ROOT / path).read_text()
    for name in re.findall(r"`(\w+)`", names):
        assert re.search(rf"\b{name}\b", source), f"{path} has no {name}"


def test_the_tour_leaves_out_no_file_of_the_feature() -> None:
    named = {path for path, _names in ROWS}
    empty = {"__init__.py"}  # packages say in one line what they are
    own = {
        str(file.relative_to(ROOT))
        for top in ("backend", "mobile_api", "admin", "notifications", "mobile_app/src", "binhyen/demo", "tests")
        for file in (ROOT / top).rglob("*")
        if file.is_file() and file.name not in empty and "__pycache__" not in file.parts
        if FEATURE in file.relative_to(ROOT).parts[:-1] or file.stem in (FEATURE, f"test_{FEATURE}")
    }
    assert own <= named, f"not on the tour: {sorted(own - named)}"
