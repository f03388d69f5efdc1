"""What is written from the code is up to date."""

from collections import Counter

from backend.errors import NotFound
from binhyen.generated import API, current_api, current_pages, domain_errors, meaning, messages
from notifications.worker import app_with_tasks


def test_the_apis_description_is_up_to_date() -> None:
    assert API.read_text() == current_api(), "run `make docs`"


def test_the_generated_pages_are_up_to_date() -> None:
    stale = [path.name for path, text in current_pages().items() if path.read_text() != text]
    assert stale == [], "run `make docs`"


def test_codes_of_errors_are_told_apart() -> None:
    twice = [code for code, count in Counter(error.code for error in domain_errors()).items() if count > 1]
    assert twice == []


def test_every_error_says_when_it_comes_and_what_to_do() -> None:
    empty = [error.__name__ for error in domain_errors() if not meaning(error).endswith(".")]
    assert empty == [], "a sentence as docstring: when it is raised; what the person can do"


def test_an_inherited_meaning_is_none() -> None:
    assert meaning(type("Silent", (NotFound,), {})) == ""


def test_every_message_says_what_has_happened() -> None:
    assert [message.__name__ for message in messages() if not meaning(message)] == []


def test_every_message_is_heard() -> None:
    assert {message.task for message in messages()} <= set(app_with_tasks().tasks)
