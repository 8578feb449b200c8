"""The house's style as checks over source text: each gives the places that break it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("model", "training", "service")
LONGEST_FILE = 400
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "base", "misc", "shared"}
EXECUTING_CALLS = {
    "eval",
    "exec",
    "joblib.load",
    "yaml.load",
    "pickle.load",
    "pickle.loads",
    "pandas.read_pickle",
    "pd.read_pickle",
}
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "os.getenv", "os.environ"}


@dataclass(frozen=True)
class Module:
    """One source file, read once."""

    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax, parsed once for all checks."""
        return ast.parse(self.text)


@cache
def modules(*rooms: str) -> list[Module]:
    """Read every module of the given top-level rooms, all three without names."""
    paths = sorted(path for room in rooms or ROOMS for path in (ROOT / room).rglob("*.py"))
    return [Module(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")) for path in paths]


def without_sentence(module: Module) -> list[str]:
    """Modules that don't open with one sentence."""
    opening = (ast.get_docstring(module.tree) or "").split("\n\n")[0]
    return [] if opening.endswith((".", "?")) else [module.name]


def body_lengths(module: Module) -> list[tuple[str, int]]:
    """Every function's place and the lines of its body, docstring not counted."""
    return [(f"{module.name}:{f.lineno} {f.name}", _body_lines(f)) for f in _functions(module)]


def _functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def empty_names(module: Module) -> list[str]:
    """Rooms whose name says nothing."""
    return [module.name] if EMPTY_NAMES & set(Path(module.name).with_suffix("").parts) else []


def executing_calls(module: Module) -> list[str]:
    """Calls that run what they read, arrays with pickles allowed included."""
    calls = [node for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
    return [f"{module.name}:{c.lineno} {ast.unparse(c.func)}" for c in calls if _executes(c)]


def _executes(call: ast.Call) -> bool:
    allows_pickle = any(k.arg == "allow_pickle" and not _is_false(k.value) for k in call.keywords)
    return allows_pickle or ast.unparse(call.func) in EXECUTING_CALLS


def _is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


def outside_facts(module: Module) -> list[str]:
    """Places that read the clock or the environment instead of being handed the value."""
    attributes = [node for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)]
    return [f"{module.name}:{a.lineno} {ast.unparse(a)}" for a in attributes if _tail(a) in CLOCKS]


def _tail(attribute: ast.Attribute) -> str:
    return ".".join(ast.unparse(attribute).split(".")[-2:])


def bare_exceptions(module: Module) -> list[str]:
    """Lint and type exceptions without a reason on their line."""
    lines = enumerate(module.text.splitlines(), start=1)
    return [f"{module.name}:{number}" for number, line in lines if _BARE.search(line)]


_BARE = re.compile(r"#\s*(noqa(:\s*[A-Z0-9, ]+)?|type:\s*ignore(\[[^]]*\])?|pragma: no cover)\s*$")
