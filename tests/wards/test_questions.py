"""How many questions the map asks the database, however much is found."""

import pytest

from mobile_api.app import create_app
from tests import make
from tests.questions import check_the_same


@pytest.mark.parametrize("path", ["/wards", "/wards?q=ban mai", "/wards/99001", "/wards/99001/areas"])
def test_the_map_asks_the_same_for_one_and_for_twenty(session, path):
    ward, phone = make.make_ward(session), create_app().test_client()

    def grow():
        for number in range(20):
            make.make_area(session, ward, number)
            make.make_ward(session, f"991{number:02}", name=f"Ban Mai {number}")

    check_the_same(lambda: phone.get(path), grow, most=2)
