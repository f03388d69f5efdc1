"""The answer to a form that was refused stands for the page that has the form."""

from backend.tips.life import Status
from tests.admin.conftest import csrf_of
from tests.admin.facts import tip_at


def test_another_language_leads_from_a_refused_form_back_to_its_page(session, officer):
    tip_id = tip_at(session, officer.actor, Status.ACKNOWLEDGED)
    page = f"/admin/tips/{tip_id}?view=open"
    answer = officer.client.post(
        f"/tips/{tip_id}/reply?view=open",
        data={"csrf_token": csrf_of(officer.client)},
        headers={"Referer": f"http://localhost{page}"},
    )
    assert answer.status_code == 422
    assert f'name="back" value="{page}"' in answer.text
    assert f'data-answer="{page}"' in answer.text
