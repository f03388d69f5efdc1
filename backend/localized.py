"""Texts that stand in Vietnamese and, where somebody has written it, in English."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Localized:
    """A text in Vietnamese and, where somebody has written it, in English."""

    # fields of the first release stand in every hash, also when they are empty
    FIRST_FIELDS = frozenset({"vi", "en"})

    vi: str
    en: str | None = None

    def in_language(self, language: str) -> str:
        """The text in `language`, or in Vietnamese where nobody has written it."""
        return self.en if language == "en" and self.en else self.vi

    def as_json(self) -> dict[str, str | None]:
        return {"vi": self.vi, "en": self.en}
