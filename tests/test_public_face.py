"""The public face: every name resolves, nothing costly is imported before it is used."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import trialstats

COSTLY = ("scipy.stats", "statsmodels", "pandas", "matplotlib")


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize("name", sorted(trialstats.PUBLIC))
def test_every_public_name_resolves(name):
    found = getattr(trialstats, name)
    assert found is getattr(import_module(f"trialstats.{trialstats.PUBLIC[name]}"), name)


def test_the_lists_of_names_agree():
    assert set(trialstats.__all__) == {*trialstats.PUBLIC, "__version__"}
    assert dir(trialstats) == sorted(trialstats.__all__)
    assert len(trialstats.__all__) == len(set(trialstats.__all__))


def test_editors_see_the_same_names():
    tree = ast.parse(Path(trialstats.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {alias.name: node.module for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert seen == {name: f"trialstats.{module}" for name, module in trialstats.PUBLIC.items()}


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'reanalyze'"):
        trialstats.reanalyze  # noqa: B018


def test_importing_the_package_imports_next_to_nothing():
    found = python("import sys; import trialstats; print(sorted(m for m in sys.modules if m.startswith('trialstats')))")
    assert found == "['trialstats', 'trialstats.__about__']"


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
    assert "exact" in trialstats.SINGLE_STAGE_METHODS and "umvue" in trialstats.TWO_STAGE_ESTIMATES
    assert "jennison-turnbull" in trialstats.TWO_STAGE_INTERVALS
    found = trialstats.unplanned_second_stage(trialstats.TwoStageDesign(3, 13, 12, 43), 4, 11, 25, p0=0.2)
    assert isinstance(found, trialstats.UnplannedSecondStage)


def test_figures_and_samplers_are_reached_from_the_face_and_cost_nothing():
    code = (
        "import sys, trialstats as ts; ts.plot_posteriors; ts.StoppingRule; ts.bayes.mcmc_column;"
        "print('matplotlib' in sys.modules, 'pymc' in sys.modules)"
    )
    assert python(code) == "False False"
