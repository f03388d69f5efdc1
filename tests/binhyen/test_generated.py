"""What is written from the code is up to date."""

from collections import Counter

from binhyen.generated import API, current_api, current_pages, domain_errors, messages


def test_the_apis_description_is_up_to_date() -> None:
    assert API.read_text() == current_api(), "run `make docs`"


def test_the_generated_pages_are_up_to_date() -> None:
    stale = [path.name for path, text in current_pages().items() if path.read_text() != text]
    assert stale == [], "run `make docs`"


def test_codes_of_errors_are_told_apart() -> None:
    twice = [code for code, count in Counter(error.code for error in domain_errors()).items() if count > 1]
    assert twice == []


def test_every_message_is_heard() -> None:
    from backend.jobs import app
    from notifications import tasks

    assert tasks.app is app
    assert {message.task for message in messages()} <= set(app.tasks)
