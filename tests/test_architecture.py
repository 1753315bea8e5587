"""Data flows one way: every import of the package is read, and one that points outward, or round, is a failure."""

import ast
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "trialstats"

# Innermost first. A module may import from its own layer and from those before it, also under TYPE_CHECKING.
LAYERS = (
    ("__about__", "face", "errors", "values"),
    ("reported", "intervals"),
    ("claims", "catalogue", "designs"),
    ("explanations",),
    ("findings", "wording", "press"),
    ("sources",),
    ("search", "bayes", "figures"),
    ("checks", "convention"),
    ("report",),
    ("reanalysis", "reanalysis"),
    ("schemas", "testing"),
    ("cli", "pytest_plugin"),
    ("__init__", "__main__"),  # the public face knows everything; nothing may import from it
)
LAYER = {name: depth for depth, names in enumerate(LAYERS) for name in names}

# The rooms of the readers of text, innermost first; `docs/reading.md` says what each makes.
ROOMS = (
    "tokens", "words", "numbers", "plans", "groups", "names", "measures", "counts", "values", "p_values", "intervals",
    "results", "sizes", "arms", "statements", "outcomes", "building", "told", "reading", "roles", "second_reading",
)  # fmt: skip
TEXT = SOURCE / "sources" / "text"
READERS = sorted(path for path in TEXT.rglob("*.py") if path != TEXT / "__init__.py")

STUBS = sorted(SOURCE.rglob("*.pyi"))
MODULES = sorted([*SOURCE.rglob("*.py"), *STUBS])

# Costly or optional packages, and the only modules that may import them while being imported themselves.
LATE = {
    "pandas": set(),
    "rich": {"report/terminal.py"},
    "jinja2": {"report/html.py"},
    "matplotlib": set(),
    "statsmodels": set(),
}


def part(path: Path) -> str:
    """The layer's name for a module: its top-level module or package."""
    return path.relative_to(SOURCE).parts[0].split(".")[0]


def targets(path: Path) -> list[tuple[int, str]]:
    """Every module or name of the package that a module imports, anywhere in it, with the line."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}, line {node.lineno}: imports are absolute here"
            # `from a import b` is either a submodule or a name of the module
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        found += [(node.lineno, name) for name in names if name.split(".")[0] == "trialstats"]
    return found


@pytest.mark.parametrize("path", READERS, ids=lambda path: str(path.relative_to(TEXT)))
def test_no_room_knows_a_later_one(path):
    own = path.relative_to(TEXT).parts[0].removesuffix(".py")
    for line, name in targets(path):
        if name.startswith("trialstats.sources.text."):
            room = name.split(".")[3]
            assert ROOMS.index(room) <= ROOMS.index(own), f"line {line}: {own} imports {room}, a later room"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_import_points_outward(path):
    own = part(path)
    assert own in LAYER, f"{own} stands in no layer: say where it belongs in LAYERS"
    for line, name in targets(path):
        inner = name.split(".")[1] if "." in name else "__init__"
        inner = inner if inner in LAYER else "__init__"
        assert LAYER[inner] <= LAYER[own], f"{path.relative_to(SOURCE)}, line {line}: {own} must not import {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_costly_packages_are_imported_late(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:  # the top level only: inside a function, or under TYPE_CHECKING, an import costs nothing
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        for name in names:
            allowed = LATE.get(name.split(".")[0])
            assert allowed is None or str(path.relative_to(SOURCE)) in allowed, f"line {node.lineno}: {name}"
            assert name != "scipy.stats", f"line {node.lineno}: scipy.stats takes a second to import"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_face_is_for_people_and_not_for_the_package(path):
    faces = {".".join(["trialstats", *stub.relative_to(SOURCE).parent.parts]) for stub in STUBS} - {"trialstats"}
    for line, name in targets(path):
        assert name not in faces or part(path) == "__init__", f"line {line}: import from the module, not from {name}"


def imports() -> dict[str, set[str]]:
    """Every module with those it imports; a folder's `__init__` is the module of the folder's name."""
    name = {path: ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts) for path in MODULES}
    name = {path: dotted.removesuffix(".__init__") for path, dotted in name.items()}
    every = set(name.values())
    return {
        name[path]: {found if found in every else found.rpartition(".")[0] for _, found in targets(path)}
        for path in MODULES
    }


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Return the modules of a circle of imports, the first of them again at the end; nothing if there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def test_no_imports_go_round():
    found = circle(imports())
    assert not found, " -> ".join(found)


@pytest.mark.parametrize(
    "graph, found",
    [
        ({"a": {"b", "c"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"c"}, "c": {"d"}, "d": {"b"}}, ["b", "c", "d", "b"]),
        ({"a": {"a"}}, ["a", "a"]),
    ],
)
def test_a_circle_would_be_seen(graph, found):
    assert circle(graph) == found


def test_imports_within_functions_and_for_types_count():
    graph = imports()
    assert "trialstats.reanalysis" in graph["trialstats.testing.printed_values"]  # within a function
    assert "trialstats.intervals.beta" in graph["trialstats"]  # under TYPE_CHECKING
    assert "trialstats.errors" in graph["trialstats.intervals.beta_density"]


NUMBERS = {"numpy", "scipy"}
PAGES = {"rich", "jinja2"}
HEAVY = {"pandas", "matplotlib", "statsmodels", "pymc", "arviz", "scipy.stats", "scipy.optimize"}


@pytest.mark.parametrize(
    "arguments, unneeded",
    [
        (["--version"], HEAVY | NUMBERS | PAGES | {"msgspec"}),
        (["rules"], HEAVY | PAGES),
        (["extract", "corpus.jsonl"], HEAVY | NUMBERS | PAGES),
        (["reproduce", str(SOURCE.parents[1] / "seeds" / "lms03.toml")], HEAVY | {"jinja2"}),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_command_imports_only_what_it_needs(tmp_path, arguments, unneeded):
    (tmp_path / "corpus.jsonl").write_text('{"id": "a", "text": "Of 32 patients 8 responded (25%; 95% CI, 12-43)."}\n')
    code = (
        "import atexit, sys\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        "from trialstats.cli import main\n"
        f"main({arguments!r})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0 and done.stdout, done.stderr
    assert "trialstats.cli" in (loaded := set(done.stderr.split()))
    assert not loaded & unneeded


def test_only_the_reanalysis_and_the_command_line_know_the_checks():
    users = {part(path) for path in MODULES for _, name in targets(path) if f"{name}.".startswith("trialstats.checks.")}
    assert users <= {"checks", "reanalysis", "cli", "pytest_plugin"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_module_is_named_for_nothing_in_particular(path):
    assert path.stem not in {"utils", "util", "helpers", "common", "misc"}


def test_a_layer_that_points_outward_would_be_seen(tmp_path, monkeypatch):
    bad = SOURCE / "errors.py"
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: "def f():\n    from trialstats.report import Report\n")
    with pytest.raises(AssertionError, match=r"errors must not import trialstats.report"):
        test_no_import_points_outward(bad)
