"""English is whole: a text without its translation would be Vietnamese on an English screen."""

import gettext

import pytest

from binhyen.catalogs import CATALOGS, Texts, unfaithful, untranslated
from binhyen.generated import domain_errors
from web import languages


@pytest.mark.parametrize("texts", CATALOGS, ids=lambda texts: texts.folder)
def test_every_text_has_its_english(texts: Texts) -> None:
    assert untranslated(texts) == []


@pytest.mark.parametrize("texts", CATALOGS, ids=lambda texts: texts.folder)
def test_every_translation_fills_the_same_places(texts: Texts) -> None:
    assert unfaithful(texts) == []


def test_residents_read_the_apps_own_words() -> None:
    """The app says report and ward; an error beside its fields says the same."""
    residents = (
        "receipt_unknown",
        "too_many_photos",
        "tip_closed",
        "dialogue_full",
        "ward_unknown",
        "area_not_in_ward",
    )
    said = gettext.translation("messages", str(languages.CATALOGS), languages=["en"])
    texts = [said.gettext(error.text) for error in domain_errors() if error.code in residents]
    assert len(texts) >= len(residents)
    assert [text for text in texts if {"tip", "tips", "commune"} & set(text.lower().replace(",", " ").split())] == []
