"""The catalogs of English texts: gathered from the code, and checked to be whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
HEADER = "# English texts of Bình Yên; the Vietnamese ones are the source."
BORN = datetime(2026, 8, 1, tzinfo=UTC)  # a date that changes at every run would only make noise in the history
SINGLE = ("_", "gettext", "lazy", "lazy_gettext", "N_")
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    **dict.fromkeys(SINGLE),
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
}
METHODS = [
    ("**/templates/**.html", "jinja2.ext:babel_extract"),
    ("**/templates/**.txt", "jinja2.ext:babel_extract"),
    ("**.py", "python"),
]
OPTIONS = {"**/templates/**.html": {"silent": "false"}}


FACTS: dict[str, Any] = {
    "project": "Bình Yên",
    "version": "1",
    "copyright_holder": "Bình Yên",
    "msgid_bugs_address": "",
    "last_translator": "",
    "language_team": "en",
    "charset": "utf-8",
    "creation_date": BORN,
    "revision_date": BORN,
}


@dataclass(frozen=True)
class Texts:
    """One catalog and the packages whose texts it translates."""

    folder: str
    packages: tuple[str, ...]

    @property
    def file(self) -> Path:
        """The English catalog."""
        return ROOT / self.folder / "translations" / "en" / "LC_MESSAGES" / "messages.po"


CATALOGS = (
    Texts("web", ("backend", "binhyen", "mobile_api", "notifications", "web")),
    Texts("admin", ("admin",)),
)


def gather(texts: Texts) -> bool:
    """Write the catalog again: new texts are added, vanished ones dropped; returns whether it changed."""
    known = _read(texts)
    known.update(_template(texts), no_fuzzy_matching=True, update_header_comment=False)
    known.obsolete.clear()
    known.fuzzy = False  # a header marked so would keep the whole catalog from being compiled
    known.header_comment = HEADER
    written = BytesIO()
    write_po(
        written, known, width=120, sort_by_file=True, omit_header=False, include_lineno=False, ignore_obsolete=True
    )
    before = texts.file.read_bytes() if texts.file.exists() else b""
    texts.file.parent.mkdir(parents=True, exist_ok=True)
    texts.file.write_bytes(written.getvalue())
    return before != written.getvalue()


def untranslated(texts: Texts) -> list[str]:
    """Vietnamese texts of the code that have no English one (or only a guess)."""
    known = _read(texts)
    wanted = [message.id for message in _template(texts) if message.id]
    singular = [text if isinstance(text, str) else text[0] for text in wanted]
    return [text for text in singular if (found := known.get(text)) is None or not found.string or found.fuzzy]


def unfaithful(texts: Texts) -> list[str]:
    """Texts whose English one has other %(names)s than the Vietnamese."""
    return [str(message.id) for message in _read(texts) if message.id and any(message.check())]


def _read(texts: Texts) -> Catalog:
    if not texts.file.exists():
        return Catalog(locale="en", **FACTS)
    with texts.file.open("rb") as opened:
        return read_po(opened, locale="en")


def _template(texts: Texts) -> Catalog:
    template = Catalog(**FACTS)
    for file, text in _extracted(texts.packages):
        template.add(text, locations=[(file, 1)])
    return template


def _extracted(packages: tuple[str, ...]) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for package in packages:
        found = extract_from_dir(ROOT / package, METHODS, OPTIONS, KEYWORDS, strip_comment_tags=True)
        for file, _, text, _, _ in found:
            yield f"{package}/{file}", text
