"""A new feature of the panel is a new package: its room appears everywhere, and no file of another one changes."""

import re
import sys

import pytest

import admin
from admin.app import create_app
from backend import audit
from tests.admin.conftest import csrf_of

ROOM = '''
"""A room with one page, for whoever may read the log."""

from flask import Blueprint, render_template

from admin.shell.rooms import Key, Landing, LogNote, LogWords, Notice, RailItem, Room
from backend.permissions import Action

blueprint = Blueprint("lanterns", __name__, url_prefix="/lanterns", template_folder="templates")


@blueprint.get("")
def show():
    return render_template("lanterns/show.html")


def count(session, actor):
    return 7


room = Room(
    blueprint=blueprint,
    place=5,
    rail=RailItem(
        "lanterns.show", "map", "Đèn lồng", action=Action.AUDIT_READ, count=count,
        notice=lambda waiting: Notice("map", f"{waiting} đèn chưa thắp.", "Thắp đèn", "/admin/lanterns"),
    ),
    landing=Landing("lanterns.show", action=Action.AUDIT_READ),
    keys=[Key("N", "Thắp đèn", action=Action.AUDIT_READ)],
    log=LogWords(
        {"lantern.light": "thắp đèn", "lantern.look": "ngắm đèn"}, reads=frozenset({"lantern.look"}),
        note=lambda entry: LogNote("Đ-12", "đèn", "/admin/lanterns") if "lantern" in entry.details else None,
    ),
    secrets=frozenset({"fuse"}),
)
'''  # fmt: skip


@pytest.fixture
def panel(tmp_path, monkeypatch, session):
    """The panel after somebody has put the folder `lanterns` beside the other rooms."""
    folder = tmp_path / "lanterns"
    pages = folder / "templates" / "lanterns"
    pages.mkdir(parents=True)
    (folder / "__init__.py").touch()
    (folder / "room.py").write_text(ROOM)
    (pages / "show.html").write_text('{% extends "page.html" %}{% block page %}<h1>Đèn</h1>{% endblock %}')
    monkeypatch.setattr(admin, "__path__", [*admin.__path__, str(tmp_path)])
    yield create_app()
    for name in [name for name in sys.modules if name.startswith("admin.lanterns")]:
        del sys.modules[name]


def test_its_item_and_count_stand_on_the_rail_of_whoever_may_open_it(chief, officer):
    rail = chief.get("/account").text.partition('class="rail"')[2].partition("</nav>")[0]
    assert rail.index("Đèn lồng") < rail.index("Tin báo"), "by its place"
    assert "7 việc chờ" in rail
    assert "Đèn lồng" not in officer.get("/account").text


def test_it_is_the_first_page_of_its_readers_alone(chief, officer):
    assert chief.get("/").location == "/admin/lanterns"
    assert officer.get("/").location == "/admin/tips"


def test_what_waits_there_is_told_beside_the_tips(chief, officer):
    page = chief.get("/tips").text
    assert "7 đèn chưa thắp." in page
    assert 'href="/admin/lanterns"' in page
    assert "chưa thắp" not in officer.get("/tips").text


def test_its_keys_are_listed(chief, officer):
    row = re.compile(r"<kbd>N</kbd></dt>\s*<dd>\s*Thắp đèn\s*</dd>")
    assert row.search(chief.get("/account").text)
    assert not row.search(officer.get("/account").text)


def test_the_log_tells_its_acts_in_its_words(session, ward, chief):
    for action in ("lantern.light", "lantern.look"):
        details = {"lantern": 12} if action == "lantern.light" else {}
        audit.record(
            session, chief.actor, action, ward_id=ward.code, subject_type="lantern", subject_id=12, details=details
        )
    session.flush()
    page = chief.get("/log").text
    assert "thắp đèn" in page
    assert '<a class="link" href="/admin/lanterns">đèn <span class="code">Đ-12</span></a>' in page
    row = page.partition("ngắm đèn")[0].rpartition("<tr")[2]
    assert "is-read" in row


def test_its_pages_are_closed_to_whoever_has_not_signed_in(visitor):
    answer = visitor.get("/lanterns")
    assert answer.status_code == 302
    assert answer.location.startswith("/admin/sign-in")


def test_its_secrets_are_not_repeated_when_the_session_is_over(visitor):
    typed = {"words": "Đèn ở đầu ngõ.", "csrf_token": csrf_of(visitor)}
    assert "Đèn ở đầu ngõ." in visitor.post("/tips/acknowledge", data=typed).text
    assert "Đèn ở đầu ngõ." not in visitor.post("/tips/acknowledge", data=typed | {"fuse": "x"}).text
