"""Which functions of the domain ask the permission matrix: read from the source, so that nothing new is left out.

A function touches data when it takes a `Session` or an `Actor`, or opens a session of its own (backend/db.py). It asks
when it calls something of ASKS, or another function that asks, and hands its own actor on.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef
ASKS = frozenset(
    {"backend.access.access", *(f"backend.permissions.{name}" for name in ("can", "permitted", "require"))}
)
TAKEN = {"Session", "Actor"}


@dataclass(frozen=True)
class Module:
    """One source file: what its names stand for, and the functions it defines, methods as `Class.method`."""

    name: str
    tree: ast.Module

    @cached_property
    def functions(self) -> Mapping[str, Function]:
        """Its functions and the methods of its classes, by name."""
        found = {}
        for node in self.tree.body:
            if isinstance(node, Function):
                found[node.name] = node
            if isinstance(node, ast.ClassDef):
                found |= {f"{node.name}.{inner.name}": inner for inner in node.body if isinstance(inner, Function)}
        return found

    @cached_property
    def imported(self) -> Mapping[str, str]:
        """What each imported name stands for, dotted; imports inside of functions too."""
        found = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and not node.level:
                found |= {name.asname or name.name: f"{node.module}.{name.name}" for name in node.names}
            if isinstance(node, ast.Import):
                found |= {name.asname: name.name for name in node.names if name.asname}
        return found

    def meant(self, node: ast.expr) -> str:
        """The dotted name that an expression stands for, "" when it stands for none."""
        if isinstance(node, ast.Attribute):
            before = self.meant(node.value)
            return f"{before}.{node.attr}" if before else ""
        if not isinstance(node, ast.Name):
            return ""
        return self.imported.get(node.id) or (f"{self.name}.{node.id}" if node.id in self.functions else "")

    def mentions(self) -> Iterator[str]:
        """Everything of other modules that it names, dotted."""
        yield from self.imported.values()
        yield from (self.meant(node) for node in ast.walk(self.tree) if isinstance(node, ast.Attribute))


def read(root: Path, *packages: str) -> dict[str, Module]:
    """Every module of these packages by dotted name; the steps of old migrations ask nobody and are left out."""
    found = {}
    for path in (path for package in packages for path in sorted((root / package).rglob("*.py"))):
        name = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        if ".migrations" not in name:
            found[name] = Module(name, ast.parse(path.read_text()))
    return found


def asking(modules: Mapping[str, Module]) -> set[str]:
    """The functions that ask, dotted."""
    found = set(ASKS)
    while more := {
        f"{module.name}.{name}"
        for module in modules.values()
        for name, node in module.functions.items()
        if f"{module.name}.{name}" not in found and _asks(module, node, found)
    }:
        found |= more
    return found


def unasked(modules: Mapping[str, Module]) -> set[str]:
    """The public functions that touch data and do not ask, dotted."""
    opens = {
        f"backend.db.{name}"
        for name, node in modules["backend.db"].functions.items()
        if "Session" in _words(node.returns)
    }
    touching = {
        f"{module.name}.{name}"
        for module in modules.values()
        for name, node in module.functions.items()
        if not any(part.startswith("_") for part in name.split(".")) and _touches_data(module, node, opens)
    }
    return touching - opens - asking(modules)


def _arguments(node: Function) -> list[ast.arg]:
    return [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]


def _takes(node: Function, kinds: set[str]) -> set[str]:
    """The names of its arguments of these classes; one without a type is told by its name."""
    return {
        argument.arg
        for argument in _arguments(node)
        if kinds & set(_words(argument.annotation) or [argument.arg.capitalize()])
    }


def _words(annotation: ast.expr | None) -> list[str]:
    return re.findall(r"\w+", ast.unparse(annotation)) if annotation else []


def _calls(module: Module, node: Function) -> Iterator[tuple[str, ast.Call]]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call):
            yield module.meant(inner.func), inner


def _touches_data(module: Module, node: Function, opens: set[str]) -> bool:
    return bool(_takes(node, TAKEN)) or any(name in opens for name, _ in _calls(module, node))


def _asks(module: Module, node: Function, ask: set[str]) -> bool:
    actors = _takes(node, {"Actor"})
    for name, call in _calls(module, node):
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        if name in ask and any(isinstance(value, ast.Name) and value.id in actors for value in given):
            return True
    return False
