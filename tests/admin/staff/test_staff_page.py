"""The list of staff: who stands first, where it ends, and whose account is made next."""

import re

import pytest

from backend.permissions import Role
from backend.staff import queries
from tests import make
from tests.admin.facts import send_tip


@pytest.fixture
def administrator(session, sit):
    return sit(make.make_staff(session, None, Role.ADMINISTRATOR))


def test_colleagues_stand_by_duty(session, ward, chief):
    for role in (Role.COUNCIL, Role.OFFICER):
        make.make_staff(session, ward, role)
    page = chief.get("/staff").text.partition("<tbody>")[2]
    assert page.index("Cán bộ chief") < page.index("Cán bộ officer") < page.index("Cán bộ council")


def test_a_list_that_ends_before_its_end_says_so(session, ward, administrator, monkeypatch):
    for _ in range(3):
        make.make_staff(session, ward)
    assert "Danh sách dừng" not in administrator.get("/staff").text
    monkeypatch.setattr(queries, "MOST_LISTED", 2)
    page = administrator.get("/staff").text
    assert "Danh sách dừng ở 2 người đầu." in page
    assert len(re.findall(r'aria-label="Việc khác với', page)) == 2


def test_one_ward_is_named_and_goes_along_to_the_new_account(ward, administrator):
    page = administrator.get(f"/staff?ward={ward.code}").text
    assert f"Cán bộ {ward.full_name}" in page
    assert f"/staff/new?ward={ward.code}" in page
    assert f'value="{ward.code}"' in administrator.get(f"/staff/new?ward={ward.code}").text


def test_the_panel_itself_says_what_is_missing(session, ward, officer, chief):
    """The browser's own bubbles speak the browser's language and stop a form before the page can answer."""
    tip_id = send_tip(session, ward.code).tip.id
    paths = ("/account", "/staff", "/staff/recovery-key", "/alerts/new", f"/tips/{tip_id}")
    for form in re.findall(r"<form.*?</form>", "".join(chief.get(path).text for path in paths), re.DOTALL):
        assert "novalidate" in form.partition(">")[0] or " required" not in form


@pytest.mark.parametrize(
    ("role", "help_said"), [(Role.OFFICER, "bấm “Cấp quyền” ở dòng tên bạn"), (Role.CHIEF, "nhập khóa khôi phục đã in")]
)
def test_whoever_may_not_open_tips_yet_is_told_whom_to_ask(session, ward, officer, sit, role, help_said):
    tip_id = send_tip(session, ward.code).tip.id
    newcomer = sit(make.make_staff(session, ward, role, grant=False))
    page = newcomer.get("/tips").text
    assert "Bạn chưa được mở tin." in page
    assert help_said in page
    assert f"/admin/tips/{tip_id}" not in page, "no button that leads to a refusal"
    assert "sau khi chỉ huy cấp quyền" in page
    refused = newcomer.get(f"/tips/{tip_id}")
    assert refused.status_code == 403
    assert "Bạn chưa được mở tin" in refused.text
    assert "không dành cho tài khoản của bạn" not in refused.text
    assert ward.full_name in refused.text, "the top bar says where one is"
    page = officer.get("/tips").text
    assert "Bạn chưa được mở tin" not in page
    assert f"/admin/tips/{tip_id}" in page
