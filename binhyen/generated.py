"""Pages and files that are written from the code, so that they are never out of date: a test compares them."""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from inspect import cleandoc, getmembers, isclass
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

import backend
import mobile_api
import web
from backend.errors import DomainError
from backend.permissions import MATRIX, Action, Role
from mobile_api.app import openapi_document
from notifications.worker import app_with_tasks
from web.statuses import STATUS

ROOT = Path(__file__).parents[1]
API = ROOT / "mobile_api" / "openapi.json"
DOCS = ROOT / "docs"
NOTICE = "<!-- Written by `make docs` from the code; a test compares them. -->\n\n"


def current_api() -> str:
    """mobile_api/openapi.json as it should be."""
    return json.dumps(openapi_document(), ensure_ascii=False, indent=2) + "\n"


def current_pages() -> dict[Path, str]:
    """The generated pages of docs/ as they should be."""
    return {
        DOCS / "permissions.md": _permissions(),
        DOCS / "errors.md": _errors(),
        DOCS / "messages.md": _messages(),
    }


def domain_errors() -> list[type[DomainError]]:
    """Every named failure there is, by code."""
    for package in (backend, mobile_api, web):
        for _ in _modules(package):
            pass
    found = {
        error
        for error in _subclasses(DomainError)
        if error.__module__.split(".")[0] in ("backend", "mobile_api", "web")
    }
    return sorted(found, key=lambda error: error.code)


def messages() -> list[type[Any]]:
    """Every message that is told to the outside, by task."""
    found: set[type[Any]] = set()
    for module in _modules(backend):
        for _, member in getmembers(module, isclass):
            if is_dataclass(member) and member.__module__ == module.__name__ and hasattr(member, "task"):
                found.add(member)
    return sorted(found, key=lambda message: str(message.task))


def meaning(documented: type) -> str:
    """What a class says of itself: the first paragraph of its own docstring, "" when it has none."""
    return cleandoc(documented.__dict__.get("__doc__") or "").split("\n\n")[0]


def _permissions() -> str:
    head = ["Action", *(role.value.replace("_", " ") for role in Role)]
    rows = [
        [f"`{action}`", *(scope.value if (scope := MATRIX[action].get(role)) else "" for role in Role)]
        for action in Action
    ]
    text = (
        "Who may do what; what stands nowhere is refused. Every role may also do what `anyone` may. A resident who\n"
        "acts for a unit is a unit representative too.\n\n"
        "“own province”, “own ward”, “own unit”: rows of the place the person serves, or of a unit they represent;\n"
        "“own”: what belongs to the person.\n\n"
    )
    return f"# Permissions\n\n{NOTICE}{text}{_table(head, rows)}"


def _errors() -> str:
    head = ["Code", "Status", "Text", "Meaning"]
    rows = [[f"`{e.code}`", str(STATUS[e.kind]), e.text, meaning(e)] for e in domain_errors()]
    text = (
        "Every refusal of the API is problem+json (RFC 9457) with one of these codes, or with one that names the\n"
        "fault of a single field. The text is told in the reader's language; `%(name)s` comes from `params`.\n\n"
    )
    return f"# Errors\n\n{NOTICE}{text}{_table(head, rows)}"


def _messages() -> str:
    head = ["Task", "Fields", "Handled by", "Meaning"]
    tasks = app_with_tasks().tasks
    rows = [
        [
            f"`{message.task}`",
            ", ".join(f"`{field.name}`" for field in fields(message)),
            f"`{tasks[message.task].func.__module__.replace('.', '/')}.py`",
            meaning(message),
        ]
        for message in messages()
    ]
    text = (
        "What the domain tells the outside: a job in the transaction of the fact itself, handled by a task of the\n"
        "worker. A feature's tasks are in `notifications/<feature>.py`, which the worker finds by itself.\n\n"
    )
    return f"# Messages\n\n{NOTICE}{text}{_table(head, rows)}"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |\n" for line in lines
    )


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in walk_packages(package.__path__, f"{package.__name__}."):
        if ".migrations" not in found.name:
            yield import_module(found.name)


def _subclasses(parent: type[DomainError]) -> Iterator[type[DomainError]]:
    for child in parent.__subclasses__():
        yield child
        yield from _subclasses(child)
