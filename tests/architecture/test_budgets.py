"""What the house may cost a reader: each figure against its ceiling, which only ever goes down.

.venv/bin/python -m tests.architecture.test_budgets      print every figure beside its ceiling and the aim
"""

from __future__ import annotations

import io
import re
import tokenize
from ast import AsyncFunctionDef, Attribute, ClassDef, FunctionDef, Name, Store, arg, walk
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.architecture import source
from tests.architecture.source import ROOT, Module

SAME_NAME: dict[str, str] = {"Meta": "what marshmallow calls the options of a schema"}
"""Classes that may share a name, each with the reason."""

DIM = {"deed", "door", "doors", "found", "given", "kept", "made", "one", "sayings", "seen", "told", "tongue"}
"""Local names that say nothing of what they hold, or say it in a poet's word."""

ROOMS_OF_SERVICE = ROOT / "service"
DATA_FOLDERS = {"__pycache__", "static", "templates", "locale", "migrations", "fonts"}
"""Folders that hold no rooms: what a browser is sent, texts, and one migration after another."""


@dataclass(frozen=True)
class Budget:
    """A figure, what it may be today, and what it is to become; lower is better."""

    name: str
    figure: Callable[[list[Module]], float]
    ceiling: float
    aim: float


def functions(module: Module) -> list[FunctionDef | AsyncFunctionDef]:
    """Every function but dunder methods."""
    nodes = (node for node in walk(module.tree) if isinstance(node, FunctionDef | AsyncFunctionDef))
    return [node for node in nodes if not node.name.startswith("__")]


def one_caller_helpers(modules: list[Module]) -> float:
    """Percent of functions that are private and named in one place of their module alone."""
    return 100 * sum(len(helpers_of_one_caller(module)) for module in modules) / len(all_functions(modules))


def helpers_of_one_caller(module: Module) -> list[str]:
    """The private functions of a module that are named in one place of it alone."""
    nodes = (node for node in walk(module.tree) if isinstance(node, Name | Attribute))
    names = Counter(node.id if isinstance(node, Name) else node.attr for node in nodes)
    return [f.name for f in functions(module) if f.name.startswith("_") and names[f.name] == 1]


def all_functions(modules: list[Module]) -> list[str]:
    """The names of all functions."""
    return [function.name for module in modules for function in functions(module)]


def helpers_per_public_function(modules: list[Module]) -> float:
    """Private functions that a reader meets for each public one."""
    names = all_functions(modules)
    private = sum(name.startswith("_") for name in names)
    return private / max(1, len(names) - private)


def lines_per_comment(modules: list[Module]) -> float:
    """Lines of source for each comment in prose; orders to tools are none."""
    return lines(modules) / max(1, sum(comments(module) for module in modules))


def comments(module: Module) -> int:
    """Comments of a module that are addressed to a reader."""
    tokens = tokenize.generate_tokens(io.StringIO(module.text).readline)
    orders = re.compile(r"#\s*(noqa|type:|pragma|-{3,})")
    return sum(token.type == tokenize.COMMENT and not orders.match(token.string) for token in tokens)


def lines(modules: list[Module]) -> float:
    """Lines of source."""
    return sum(module.text.count("\n") for module in modules)


def shared_class_names(modules: list[Module]) -> float:
    """Percent of classes whose name another class has too, without a reason."""
    names = Counter(node.name for module in modules for node in walk(module.tree) if isinstance(node, ClassDef))
    shared = {name: count for name, count in names.items() if count > 1 and name not in SAME_NAME}
    return 100 * sum(shared.values()) / max(1, sum(names.values()))


def entries_of_the_fullest_folder(_: list[Module]) -> float:
    """Files and folders in the fullest folder of the service, `__init__` not counted."""
    folders = [path for path in ROOMS_OF_SERVICE.rglob("*") if path.is_dir()]
    rooms = [path for path in folders if not DATA_FOLDERS & set(path.relative_to(ROOT).parts)]
    entries = ([e for e in room.iterdir() if e.name not in ("__pycache__", "__init__.py")] for room in rooms)
    return max(map(len, entries))


def modules_with_dim_names(modules: list[Module]) -> float:
    """Percent of modules with a local name or argument that says nothing."""
    return 100 * sum(bool(dim_names(module)) for module in modules) / len(modules)


def dim_names(module: Module) -> set[str]:
    """Local names and arguments of a module that say nothing."""
    nodes = list(walk(module.tree))
    names = {node.id for node in nodes if isinstance(node, Name) and isinstance(node.ctx, Store)}
    return DIM & (names | {node.arg for node in nodes if isinstance(node, arg)})


def longer_than(most: int) -> Callable[[list[Module]], float]:
    """Percent of functions whose body has more lines."""
    return lambda modules: 100 * sum(n > most for n in body_lines(modules)) / len(body_lines(modules))


def body_lines(modules: list[Module]) -> list[int]:
    """The lines of every function's body."""
    return [length for module in modules for _, length in source.body_lengths(module)]


def long_ones_without_a_comment(modules: list[Module]) -> float:
    """Functions of more than thirty lines that no comment explains."""
    return sum(len(unexplained(module)) for module in modules)


def unexplained(module: Module) -> list[str]:
    """The long functions of a module without a comment."""
    commented = [number for number, line in enumerate(module.text.splitlines(), 1) if re.search(r"(^|\s\s)\s*# ", line)]
    return [
        f.name
        for f in functions(module)
        if (f.end_lineno or 0) - f.body[0].lineno >= 30
        and not any(f.lineno <= number <= (f.end_lineno or 0) for number in commented)
    ]


BUDGETS = (
    Budget("one-caller helpers, % of functions", one_caller_helpers, 17.4, 12),
    Budget("private functions per public one", helpers_per_public_function, 0.51, 0.45),
    Budget("lines per comment", lines_per_comment, 98, 100),
    Budget("classes that share a name, %", shared_class_names, 0, 0),
    Budget("entries of the fullest folder of service/", entries_of_the_fullest_folder, 15, 15),
    Budget("modules with a name that says nothing, %", modules_with_dim_names, 0, 0),
    Budget("functions longer than 15 lines, %", longer_than(15), 8, 50),
    Budget("functions longer than 30 lines, %", longer_than(30), 1, 10),
    Budget("functions longer than 40 lines, %", longer_than(40), 0, 0),
    Budget("functions longer than 30 lines without a comment", long_ones_without_a_comment, 4, 0),
    # 3,850 of them for `applications`, 250 for doubts of imports, 450 for forms of records
    Budget("lines of source", lines, 55_250, 39_700),
)


@pytest.mark.parametrize("budget", BUDGETS, ids=lambda budget: budget.name)
def test_no_figure_rises_above_its_ceiling(budget: Budget) -> None:
    assert round(budget.figure(source.modules()), 2) <= budget.ceiling


def test_a_helper_of_one_caller_is_seen() -> None:
    text = "def f():\n    return _g() + _h() + _h()\ndef _g(): ...\ndef _h(): ...\n"

    assert helpers_of_one_caller(Module("m.py", text)) == ["_g"]


def test_orders_to_tools_are_no_comments() -> None:
    assert comments(Module("m.py", "x = 1  # noqa: S101 - why\n# because\ny = '# no'\n")) == 1


def test_classes_of_one_name_are_seen() -> None:
    assert shared_class_names([Module("a.py", "class A: ...\nclass B: ..."), Module("b.py", "class A: ...")]) > 60


@pytest.mark.parametrize("text", ["found = 1", "def f(one): ...", "x = [kept for kept in y]"])
def test_a_name_that_says_nothing_is_seen(text: str) -> None:
    assert len(dim_names(Module("m.py", text))) == 1


def test_a_long_function_without_a_comment_is_seen() -> None:
    body = ["    x = 1"] * 31

    assert unexplained(Module("m.py", "\n".join(["def f():", *body]) + "\n")) == ["f"]
    assert unexplained(Module("m.py", "\n".join(["def f():", "    # why", *body]) + "\n")) == []


if __name__ == "__main__":
    everywhere = source.modules()
    for budget in BUDGETS:
        print(f"{budget.figure(everywhere):10.2f}  ≤ {budget.ceiling:<8} aim {budget.aim:<8} {budget.name}")
