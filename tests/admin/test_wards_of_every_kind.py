"""Most communes are a xã: no page of the panel calls them a phường."""

import pytest

from backend.alerts.cap import State
from backend.permissions import Role
from tests import make
from tests.admin.facts import alert_at, send_tip


@pytest.mark.parametrize("kind", ["xa", "dac_khu"])
def test_no_page_calls_another_kind_a_phuong(session, sit, kind):
    ward = make.make_ward(session, kind=kind)
    chief, writer = (make.make_staff(session, ward, Role.CHIEF) for _ in range(2))
    desk = sit(chief)
    alert = alert_at(session, writer, State.SUBMITTED)
    pages = ["/tips", "/tips?view=mine", f"/tips/{send_tip(session, ward.code).tip.id}", "/tips/find?number=77"]
    pages += ["/alerts", "/alerts/new", f"/alerts/{alert.id}", "/staff", "/staff/recovery-key", "/log", "/account"]
    said = {path: desk.follow(answer).text if (answer := desk.get(path)).location else answer.text for path in pages}
    assert [path for path, text in said.items() if ward.full_name not in text and "recovery" not in path] == []
    assert [path for path, text in said.items() if "phường" in text.lower()] == []
