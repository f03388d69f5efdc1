"""The pages that people read first lead where they say."""

import re
import string
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\[([^]]*)\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
FILE_NAME = re.compile(r"[\w./-]+\.\w{2,4}")


def links(page: Path) -> list[tuple[str, str]]:
    """What each link of a page says and where it leads, without those to other sites."""
    found = LINK.findall(CODE.sub("", page.read_text()))
    return [(text, target) for text, target in found if not re.match(r"[a-z]+:", target)]


def anchors(page: Path) -> set[str]:
    """The places in a page that a link may name."""
    titles = re.findall(r"^#+ (.+)$", CODE.sub("", page.read_text()), re.MULTILINE)
    kept = str.maketrans("", "", string.punctuation.replace("-", "").replace("_", ""))
    return {title.lower().translate(kept).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file_and_names_it(page: Path) -> None:
    for text, target in links(page):
        path, _, place = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.is_relative_to(ROOT), f"{target} leads out of the project"
        assert file.exists(), f"{target} is not there"
        if place:
            assert place in anchors(file), f"{target}: no such heading"
        if FILE_NAME.fullmatch(text):
            assert Path(text).name == file.name, f"“{text}” leads to {target}"


def test_the_check_sees_links() -> None:
    assert ("docs/operations.md", "docs/operations.md") in links(ROOT / "README.md")
