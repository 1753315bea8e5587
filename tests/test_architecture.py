"""Data flows one way: every import of the package is read, and one that points outward is a failure."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "trialstats"

# Innermost first. A module may import from its own layer and from those before it, also under TYPE_CHECKING.
LAYERS = (
    ("__about__", "errors", "values"),
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

MODULES = sorted(SOURCE.rglob("*.py"))

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
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


def targets(path: Path) -> list[tuple[int, str]]:
    """Every module of the package that a module imports, with the line."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}, line {node.lineno}: imports are absolute here"
            # `from trialstats import x` is either a submodule or a name of the public face.
            names = (
                [f"trialstats.{alias.name}" for alias in node.names] if node.module == "trialstats" else [node.module]
            )
        else:
            continue
        found += [(node.lineno, name) for name in names if name.split(".")[0] == "trialstats"]
    return found


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


def test_only_the_reanalysis_and_the_command_line_know_the_checks():
    users = {part(path) for path in MODULES for _, name in targets(path) if name.startswith("trialstats.checks")}
    assert users <= {"checks", "reanalysis", "cli", "pytest_plugin"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_module_is_named_for_nothing_in_particular(path):
    assert path.stem not in {"utils", "util", "helpers", "common", "misc"}


def test_the_files_of_the_report_import_each_other_one_way():
    home = SOURCE / "report"
    imported = {}
    for path in home.glob("*.py"):
        places = (name.split(".")[1:3] for _, name in targets(path))  # imports inside functions are counted too
        imported[path.stem] = {place[1] for place in places if place[0] == "report" and len(place) == 2}
    order = list(TopologicalSorter(imported).static_order())  # raises CycleError where they go round
    assert order.index("record") < order.index("table") < order.index("citable") < order.index("__init__")


def test_a_layer_that_points_outward_would_be_seen(tmp_path, monkeypatch):
    bad = SOURCE / "errors.py"
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: "def f():\n    from trialstats.report import Report\n")
    with pytest.raises(AssertionError, match=r"errors must not import trialstats.report"):
        test_no_import_points_outward(bad)
