"""The files that Vite has built, by the hashed names in its manifest."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import url_for
from markupsafe import Markup

LEAVES = (
    "M19 19C19 10 13 5 5 5c0 8 5 14 14 14zM21 19c0-9 6-14 14-14 0 8-5 14-14 14z"
    "M19 21c0 9-6 14-14 14 0-8 5-14 14-14zM21 21c0 9 6 14 14 14 0-8-5-14-14-14z"
)
LOGO = (
    '<svg class="logo" viewBox="0 0 40 40" width="{size}" height="{size}" aria-hidden="true">'
    '<path class="d-tile-ground" d="M0 0h40v40H0z"/><path class="d-leaf" d="' + LEAVES + '"/>'
    '<path class="d-lamp" d="M20 16.5l3.5 3.5-3.5 3.5-3.5-3.5z"/></svg>'
)
DIST = Path(__file__).parents[1] / "static" / "dist"


@dataclass(frozen=True)
class Assets:
    """Addresses of the panel's script, sheets and pictures."""

    script: str
    sheets: tuple[str, ...]
    icons: str
    logo: str


class AssetsNotBuilt(RuntimeError):
    """The panel's assets were never built: `npm run build` makes them."""


def assets() -> Assets:
    """The addresses under this application's root."""
    manifest = _manifest()
    entry = manifest["src/panel.ts"]
    return Assets(
        script=_url(entry["file"]),
        sheets=tuple(_url(sheet) for sheet in entry.get("css", ())),
        icons=_url(_file(manifest, "icons.svg")),
        logo=_url(_file(manifest, "logo.svg")),
    )


def icon(name: str, extra: str = "") -> Markup:
    """One icon of the set. Screen readers skip it: the words beside it say the same."""
    return Markup('<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>').format(
        f"i {extra}".strip(), assets().icons, name
    )


def logo(size: int = 40) -> Markup:
    """The logo of the product."""
    return Markup(LOGO).format(size=size)  # noqa: S704 - our own drawing


def _url(file: str) -> str:
    return url_for("static", filename=f"dist/{file}")


def _file(manifest: dict[str, dict[str, str]], name: str) -> str:
    return next(chunk["file"] for key, chunk in manifest.items() if key.endswith(f"/{name}"))


@lru_cache(maxsize=1)
def _manifest() -> dict[str, dict[str, str]]:
    try:
        return json.loads((DIST / "manifest.json").read_text())
    except FileNotFoundError as missing:
        raise AssetsNotBuilt("admin/static/dist is empty; run `npm run build`") from missing
