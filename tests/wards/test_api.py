"""The map as the app asks for it."""

import pytest

from backend.permissions import OPERATOR
from backend.wards import commands
from mobile_api.app import create_app
from tests import make


@pytest.fixture(scope="session")
def api_app():
    return create_app()


@pytest.fixture
def api(api_app, session):
    return api_app.test_client()


@pytest.fixture
def ward(session):
    return make.make_ward(session)


WARD = {
    "code": "99001", "name": "Ban Mai", "kind": "phuong", "full_name": "Phường Ban Mai", "province_code": "99",
    "province_name": "Tỉnh Minh Họa 99", "active": True, "is_sample": True,
    "acknowledge_hours": 24, "verify_days": 20,
}  # fmt: skip


def test_a_ward_is_found_without_an_account(api, ward):
    answer = api.get("/wards?q=BAN mai")
    assert answer.status_code == 200
    assert answer.json == {"items": [WARD], "next_cursor": None}
    assert answer.headers["Cache-Control"] == "public, max-age=60"


def test_pages_follow_the_cursor(api, session):
    for n in range(5):
        make.make_ward(session, f"9900{n}", name=f"Ban Mai {n}")
    seen, query = [], "/wards?limit=2"
    while query:
        page = api.get(query).json
        seen += [ward["code"] for ward in page["items"]]
        query = page["next_cursor"] and f"/wards?limit=2&cursor={page['next_cursor']}"
    assert seen == [f"9900{n}" for n in range(5)]


def test_one_ward_with_its_outline(api, session, ward):
    assert api.get("/wards/99001").json == WARD | {"boundary": None}
    square = '{"type":"Polygon","coordinates":[[[106,21],[106.1,21],[106.1,21.1],[106,21]]]}'
    commands.set_boundary(session, OPERATOR, ward_code="99001", geojson=square)
    session.flush()
    assert api.get("/wards/99001").json["boundary"]["coordinates"][0][1] == [106.1, 21]


def test_areas_in_their_natural_order(api, session, ward):
    assert api.get("/wards/99001/areas").json == {"items": []}
    for number in (10, 2):
        area = make.make_area(session, ward, number)
    items = api.get("/wards/99001/areas").json["items"]
    assert [item["name"] for item in items] == ["Tổ dân phố 2", "Tổ dân phố 10"]
    assert items[0] == {
        "id": str(area.id), "code": "02", "name": "Tổ dân phố 2", "kind": "to_dan_pho", "lat": None, "lon": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    "path",
    ["/wards/00000", "/wards/x", "/wards/%00", "/wards/" + "9" * 5000, "/wards/00000/areas", "/wards/%F0%9F%92%A5"],
)
def test_what_is_not_there_is_not_found(api, ward, path):
    answer = api.get(path)
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    "query",
    ["q=" + "x" * 101, "limit=0", "limit=51", "limit=x", "limit=" + "9" * 400, "cursor=nowhere", "cursor=" + "x" * 201,
     "spy=1", "q=%00", "q=a%07", "cursor=%00"],
)  # fmt: skip
def test_bad_questions_are_refused(api, ward, query):
    assert api.get(f"/wards?{query}").status_code == 422


@pytest.mark.parametrize("q", ["", "%25", "_", "%27%3B--", "%F0%9F%92%A5", "%5C"])
def test_odd_questions_are_answered(api, ward, q):
    assert api.get(f"/wards?q={q}").status_code == 200
