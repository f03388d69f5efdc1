"""A page that says what went wrong keeps the desk around it: whoever is signed in goes on from there."""

import pytest

from tests.admin.facts import send_tip


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere", 404),
        ("/tips/not-a-tip", 404),
        ("/tips/00000000-0000-4000-8000-000000000000", 404),
        ("/tips/acknowledge", 405),
        ("/wards", 403),
        ("/static/dist/no-such-file.js", 404),
    ],
)
def test_the_rail_stays_with_its_counts(session, ward, officer, path, status):
    send_tip(session, ward.code)
    answer = officer.get(path)
    assert answer.status_code == status
    assert 'class="rail"' in answer.text
    assert "Phường Ban Mai" in answer.text
    assert "1 việc chờ" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_form_that_was_forged_keeps_the_rail(officer):
    assert 'class="rail"' in officer.client.post("/account/language", data={"language": "en"}).text


def test_a_stranger_gets_a_plain_page(visitor):
    visitor.set_cookie("binhyen_staff", "nobody", path="/admin")
    answer = visitor.get("/nowhere")
    assert answer.status_code == 404
    assert "Không tìm thấy" in answer.text
    assert 'class="rail"' not in answer.text
