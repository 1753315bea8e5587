"""The public face: each name in one place, resolved and typed; nothing costly is imported before it is used."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import trialstats

ROOT = Path(__file__).parents[1]
COSTLY = ("scipy.stats", "statsmodels", "pandas", "matplotlib")
STUBS = sorted((ROOT / "src" / "trialstats").rglob("__init__.pyi"))
every_stub = pytest.mark.parametrize("stub", STUBS, ids=lambda stub: stub.parent.name)
NAMESPACES = {
    "trialstats": trialstats,
    **{one.__name__: one for one in map(trialstats.__getattr__, trialstats.__all__) if isinstance(one, ModuleType)},
}

# The public contract: other people's scripts rely on these names where they are.
CONTRACT = {
    "BINOMIAL_METHODS", "Beta", "DIFFERENCE_METHODS", "ODDS_RATIO_METHODS", "RISK_RATIO_METHODS", "ROUNDINGS",
    "Reported", "SURVIVAL_TRANSFORMS", "TWO_PROPORTION_TESTS", "TrialstatsError", "binomial_interval", "check",
    "check_table", "difference_interval", "explain_posterior", "explain_proportion", "explain_ratio",
    "explain_survival", "extract", "infer_denominator", "load_trial", "odds_ratio_interval", "prob_greater",
    "read_trial", "reanalyse", "risk_ratio_interval", "two_proportion_test",
}  # fmt: skip
BESIDE = [path.removeprefix("trialstats.") for path in NAMESPACES if path != "trialstats"]


def names(path: str) -> set[str]:
    """Names of a namespace for people to use: neither the version nor a namespace."""
    return set(NAMESPACES[path].__all__) - {"__version__", *BESIDE}


def package(stub: Path) -> str:
    return ".".join(stub.relative_to(ROOT / "src").parent.parts)


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


# --------------------------------------------------------------------------------------------------
# Where names stand
# --------------------------------------------------------------------------------------------------
def test_the_contract_stands_at_the_top():
    assert set(trialstats.__all__) >= CONTRACT


def test_the_top_can_be_read_in_one_go():
    assert len(names("trialstats")) <= 36


def test_the_namespaces_are_these():
    assert " ".join(BESIDE) == "bayes claims designs figures intervals press search testing"


def test_every_name_stands_in_one_place():
    places = {}
    for path, namespace in NAMESPACES.items():
        for name in namespace.__all__:
            places.setdefault(name, []).append(path)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


@pytest.mark.parametrize("path", NAMESPACES)
def test_dir_shows_the_names(path):
    assert set(NAMESPACES[path].__all__) <= set(dir(NAMESPACES[path]))


@every_stub
def test_a_stub_is_a_list_of_names_that_resolve(stub):
    namespace, listed = NAMESPACES[package(stub)], []
    for node in ast.parse(stub.read_text(encoding="utf-8")).body:
        assert isinstance(node, ast.ImportFrom)
        for alias in node.names:
            assert alias.asname == alias.name, f"{alias.name}: without `as`, type checkers take it for private"
            assert getattr(namespace, alias.name) is getattr(import_module(node.module), alias.name)
            listed.append(alias.name)
    assert sorted(listed) == namespace.__all__ == dir(namespace)


@every_stub
def test_no_name_is_hidden_by_a_module_of_the_same_name(stub):
    # The import of a module sets an attribute of its package, and a name that is there is not looked for in the stub.
    modules = {one.stem for one in stub.parent.glob("*.py")} | {one.parent.name for one in stub.parent.glob("*/*.py")}
    assert modules & names(package(stub)) == set()


# --------------------------------------------------------------------------------------------------
# Names that are not there
# --------------------------------------------------------------------------------------------------
def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match=r"^module 'trialstats' has no attribute 'reanalyze'$"):
        trialstats.reanalyze  # noqa: B018
    with pytest.raises(AttributeError, match=r"^module 'trialstats.designs' has no attribute 'simons'$"):
        trialstats.designs.simons  # noqa: B018


@pytest.mark.parametrize(
    "name, place",
    [("simon_designs", "designs"), ("print_claim", "press"), ("Range", "claims"), ("plot_forest", "figures")],
)
def test_a_name_that_stands_in_a_namespace_is_shown_the_way(name, place):
    with pytest.raises(AttributeError, match=rf"has no attribute '{name}': it is trialstats\.{place}\.{name}$"):
        getattr(trialstats, name)


def test_a_slip_of_the_typist_has_its_nearest():
    code = "import trialstats; trialstats.explain_proportions"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.strip().endswith("Did you mean: 'explain_proportion'?")


# --------------------------------------------------------------------------------------------------
# The pages
# --------------------------------------------------------------------------------------------------
def test_the_pages_on_the_api_show_every_name_of_every_namespace(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    import_module("generate.api").write_api(tmp_path)
    for path in NAMESPACES:
        page = (tmp_path / f"{path}.md").read_text(encoding="utf-8")
        for name in names(path):
            assert f"\n## {name}\n" in page and f":: {path}.{name}\n" in page


# --------------------------------------------------------------------------------------------------
# What is imported
# --------------------------------------------------------------------------------------------------
def test_importing_the_package_imports_next_to_nothing():
    found = python("import sys; import trialstats; print(sorted(m for m in sys.modules if m.startswith('trialstats')))")
    assert found == "['trialstats', 'trialstats.face']"


def test_importing_a_namespace_imports_none_of_its_rooms():
    packages = [package(stub) for stub in STUBS]
    code = "import sys; import {}; print(sorted(m for m in sys.modules if m.startswith('trialstats')))"
    assert python(code.format(", ".join(packages))) == str(sorted([*packages, "trialstats.face"]))


def test_importing_one_file_of_a_namespace_does_not_import_the_others():
    code = "import sys; import trialstats.intervals.binomial; print([m for m in sys.modules if 'survival' in m])"
    assert python(code) == "[]"


@pytest.mark.parametrize("package", ["numpy", "scipy", "click", "rich", "jinja2", "msgspec", "tomlkit", *COSTLY])
def test_importing_the_package_does_not_import(package):
    assert python(f"import sys; import trialstats; print({package!r} in sys.modules)") == "False"


@pytest.mark.parametrize("package", ["numpy", "scipy", "rich", "jinja2", "msgspec", *COSTLY])
def test_asking_for_the_version_does_not_import(package):
    code = f"""
import sys
from trialstats.cli import main
try:
    main(["--version"])
except SystemExit as status:
    assert status.code == 0
print({package!r} in sys.modules)
"""
    assert python(code).splitlines() == [f"trialstats {trialstats.__version__}", "False"]


def test_names_of_the_designs_menus_are_public():
    assert "exact" in trialstats.designs.SINGLE_STAGE_METHODS and "umvue" in trialstats.designs.TWO_STAGE_ESTIMATES
    assert "jennison-turnbull" in trialstats.designs.TWO_STAGE_INTERVALS
    found = trialstats.designs.unplanned_second_stage(
        trialstats.designs.TwoStageDesign(3, 13, 12, 43), 4, 11, 25, p0=0.2
    )
    assert isinstance(found, trialstats.designs.UnplannedSecondStage)


def test_figures_and_samplers_are_reached_from_the_face_and_cost_nothing():
    code = (
        "import sys, trialstats as ts; ts.figures.plot_posteriors; ts.designs.StoppingRule; ts.bayes.mcmc_column;"
        "print('matplotlib' in sys.modules, 'pymc' in sys.modules)"
    )
    assert python(code) == "False False"
