"""The reader's language: Vietnamese is the source of every text, the English texts are in catalogs."""

from pathlib import Path

from flask import Flask, g, request
from flask_babel import Babel, gettext, lazy_gettext

from backend.config import settings
from backend.errors import DomainError

LANGUAGES = ("vi", "en")
CATALOGS = Path(__file__).parent / "translations"

lazy = lazy_gettext


def install(app: Flask, *folders: Path) -> Babel:
    """Translate the texts of `app`, with the shared catalogs and those of `folders`."""
    directories = ";".join(str(folder) for folder in (CATALOGS, *folders))
    return Babel(
        app,
        default_locale="vi",
        default_timezone="Asia/Ho_Chi_Minh",
        default_translation_directories=directories,
        locale_selector=language,
    )


def language() -> str:
    """ "vi" or "en": what the signed-in reader has chosen, else what their browser asks for, else the default."""
    chosen = g.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(LANGUAGES) or settings().default_language


def prefer(chosen: str | None) -> None:
    """Prefer a language to what the browser asks for; to be called before the request's first text is translated."""
    if chosen is not None:
        g.language = chosen


def render_error(error: DomainError) -> str:
    """The text of `error` in the reader's language."""
    return str(gettext(error.text, **error.params))
