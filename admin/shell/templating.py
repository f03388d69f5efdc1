"""What every template of the panel has at hand."""

from typing import Any

from flask import Flask, g

from admin.shell import assets, formats, words
from admin.shell.frame import frame
from admin.shell.navigation import this_page
from backend.permissions import NOBODY, Action, can
from web import languages


def install(app: Flask) -> None:
    """Give the templates their filters, functions and macros. A room adds its own by its blueprint."""
    environment = app.jinja_env
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters.update(
        moment=formats.moment_words,
        short_moment=formats.short_moment,
        full_moment=formats.full_moment,
        time_of_day=formats.time_of_day,
        day=formats.day,
        short_day=formats.short_day,
        number=formats.number,
        initials=formats.initials,
        given_name=formats.given_name,
        face_tone=formats.face_tone,
    )
    environment.globals.update(
        frame=frame,
        icon=assets.icon,
        logo=assets.logo,
        this_page=this_page,
        roles=words.ROLES,
        languages=words.LANGUAGES,
    )
    # macros that every page uses: loaded once, they need nothing of a request but what they are given
    for name in ("marks", "fields"):
        environment.globals[name] = environment.get_template(f"parts/{name}.html").module
    app.context_processor(_of_the_reader)


def _of_the_reader() -> dict[str, Any]:
    actor = g.get("actor", NOBODY)
    return {
        "assets": assets.assets(),
        "language": languages.language(),
        "actor": actor,
        "can": lambda action, row=None: can(actor, Action(action), row),
    }
