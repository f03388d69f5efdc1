"""The matrix, and the rule that nothing is done without asking it."""

import ast
from pathlib import Path
from uuid import uuid4

import pytest

from backend.errors import NotPermitted, SignInRequired
from backend.permissions import MATRIX, NOBODY, Action, Actor, Role, Scope, permitted, require

BACKEND = Path(__file__).parents[2] / "backend"
COMMANDS = ("*/commands*.py", "*/casework.py", "own_data/commands.py")


def staff(role, ward="00001"):
    return Actor(kind="staff", id=uuid4(), role=role, ward_id=ward)


def test_every_action_has_a_row():
    assert set(MATRIX) == set(Action)


@pytest.mark.parametrize(
    "action", [a for a in Action if a.value.split(":")[0] == "tip" and a not in {Action.TIP_SEND, Action.TIP_OPEN}]
)
@pytest.mark.parametrize("role", [Role.ORGANISER, Role.COUNCIL, Role.ADMINISTRATOR, Role.PROVINCE, Role.RESIDENT])
def test_tips_are_closed_to_all_but_the_ward_police(action, role):
    assert not permitted(staff(role), action, ward_id="00001")


def test_a_ward_ends_at_its_border():
    officer = staff(Role.OFFICER)
    assert permitted(officer, Action.TIP_READ, ward_id="00001")
    assert not permitted(officer, Action.TIP_READ, ward_id="00002")
    assert not permitted(officer, Action.TIP_READ, ward_id=None)
    assert not permitted(staff(Role.OFFICER, ward=None), Action.TIP_READ, ward_id=None)


def test_nobody_is_asked_to_sign_in_and_others_are_refused():
    with pytest.raises(SignInRequired):
        require(NOBODY, Action.ME_READ)
    with pytest.raises(NotPermitted):
        require(staff(Role.COUNCIL), Action.TIP_LIST, ward_id="00001")


def test_no_permission_reaches_every_ward_but_public_and_administrative_ones():
    wide = {
        action
        for action, row in MATRIX.items()
        for role, scope in row.items()
        if scope is Scope.ANY and role is not Role.ANYONE
    }
    assert wide == {Action.WARD_MANAGE, Action.STAFF_LIST, Action.STAFF_MANAGE, Action.STAFF_UNLOCK}


def test_officers_key_is_not_shown():
    assert "secret" not in repr(Actor(kind="staff", private_key=b"secret"))


def commands():
    """Every public function of a module of commands."""
    for path in [path for name in COMMANDS for path in sorted(BACKEND.glob(name))]:
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield pytest.param(path, node, id=f"{path.parent.name}.{path.stem}.{node.name}")


@pytest.mark.parametrize(("path", "function"), list(commands()))
def test_every_public_command_asks(path, function):
    """A command that takes an actor asks access() or require(); one that takes none is no use case of a person."""
    names = [argument.arg for argument in function.args.args]
    if "actor" not in names:
        return
    calls = all_calls(ast.parse(path.read_text()), function)
    assert calls & {"access", "require", "permitted"}, f"{path.name}: {function.name} asks nobody"


def all_calls(module, function):
    """Names of everything that `function` calls, also by way of other functions of its module."""
    here = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
    found, waiting = set(), [function.name]
    while waiting:
        for node in ast.walk(here[waiting.pop()]):
            name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            if name and name not in found:
                found.add(name)
                waiting += [name] if name in here else []
    return found
