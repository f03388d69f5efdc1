"""Every redirect stays on the site it was asked on, whatever host the request names."""

import pytest
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from binhyen import mounts
from binhyen.demo_pages import create_demo_pages

FOREIGN = {"Host": "evil.example"}


def location(client: Client, path: str, **sent: object) -> str:
    answer = client.open(path, headers=FOREIGN, buffered=True, **sent)
    assert 300 <= answer.status_code < 400, answer.status
    return answer.headers["Location"]


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("/admin", "/admin/"),
        ("/admin?view=mine", "/admin/?view=mine"),
        ("/admin/staff//new?back=//evil.example", "/admin/staff/new?back=//evil.example"),
        ("/admin/tips", "/admin/sign-in?back=/admin/tips"),
        ("/api/v1/wards//99001", "/api/v1/wards/99001"),
    ],
)
@pytest.mark.usefixtures("session")
def test_no_redirect_names_a_host(path: str, leads: str) -> None:
    assert location(Client(mounts.create_app()), path) == leads


def test_nor_do_those_of_the_demos_pages() -> None:
    mounted = DispatcherMiddleware(mounts.resident_app, {"/demo": create_demo_pages()})
    assert location(Client(mounted), "/demo") == "/demo/"
