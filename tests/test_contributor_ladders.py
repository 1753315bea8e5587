"""The ladders of CONTRIBUTING.md hold: whoever leaves a rung out turns the test red that stands beside it there.

Each guard is run as it is, where it must be silent, and once more with something added that lacks its rung.
"""

import importlib.util
import re
from dataclasses import replace
from pathlib import Path

import pytest

import trialstats

ROOT = Path(__file__).parents[1]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
GUARD = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def load(place):
    """Import a test module by its path: pytest lets no test import another by name."""
    spec = importlib.util.spec_from_file_location(f"ladder_{Path(place).stem}", ROOT / place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def one_more(menu, like):
    return {**menu, "new": menu[like]}


# Guard: what is added without its rung, as (name in the guard's module, what stands there then), and its arguments.
LADDERS = {
    "tests/intervals/test_binomial_reference.py::test_the_full_grid_is_there": (
        lambda module: ("METHODS", one_more(module.METHODS, "wald")),
        lambda module: [module.rows()],
    ),
    "tests/intervals/test_binomial_properties.py::test_every_property_denied_has_a_witness": (
        lambda module: ("METHODS", one_more(module.METHODS, "wald")),
        lambda _: [],
    ),
    "tests/intervals/test_two_sample_reference.py::test_every_method_of_the_menus_has_reference_rows": (
        lambda module: ("DIFFERENCE_METHODS", one_more(module.DIFFERENCE_METHODS, "wald")),
        lambda _: [],
    ),
    "tests/intervals/test_survival.py::test_the_grid_is_complete": (
        lambda module: ("SURVIVAL_TRANSFORMS", one_more(module.SURVIVAL_TRANSFORMS, "log")),
        lambda _: [],
    ),
    "tests/test_core_values.py::test_the_catalogue_and_the_menus_name_the_same_things": (
        lambda module: ("BINOMIAL_METHODS", one_more(module.BINOMIAL_METHODS, "wald")),
        lambda _: [],
    ),
    "tests/test_public_face.py::test_every_name_stands_in_one_place": (
        lambda module: ("NAMESPACES", {**module.NAMESPACES, "trialstats.more": trialstats.claims}),
        lambda _: [],
    ),
    "tests/checks/test_golden_pairs.py::test_every_check_has_a_pair": (
        lambda module: ("CHECKS", (*module.CHECKS, replace(module.CHECKS[0], code="TS999", run=one_more))),
        lambda _: [],
    ),
    "tests/sources/test_door.py::test_every_kind_is_asked_about": (
        lambda module: ("KINDS", (*module.KINDS, replace(module.KINDS[0], name="new"))),
        lambda _: [],
    ),
    "tests/report/test_renderers.py::test_every_form_of_a_report_is_tried_here": (
        lambda module: ("FORMS", module.FORMS[:-1]),
        lambda _: [],
    ),
    "tests/sources/text/test_written_forms.py::test_every_pattern_of_the_grammar_is_asked_about": (
        lambda module: ("FORMS", {name: form for name, form in module.FORMS.items() if form[1] != "P_FAR"}),
        lambda _: [],
    ),
}


@pytest.mark.parametrize("guard", LADDERS)
def test_a_rung_left_out_is_seen(guard, monkeypatch):
    place, _, name = guard.partition("::")
    module = load(place)
    change, arguments = LADDERS[guard]
    given = arguments(module)
    getattr(module, name)(*given)  # as it is, nothing is missing
    monkeypatch.setattr(module, *change(module))
    with pytest.raises(AssertionError):
        getattr(module, name)(*given)


def test_a_form_without_two_sentences_is_seen(monkeypatch):
    module = load("tests/sources/text/test_written_forms.py")
    known = [module.shown(module.extract(text)) for text in module.SENTENCES]
    form = "percentage with its count, form 12"  # n = 14, 70%
    needed = [text for text in module.OWN if text.startswith("Most of the pupils")]
    left = [k for k, text in enumerate(module.SENTENCES) if text not in needed]
    monkeypatch.setattr(module, "SENTENCES", [module.SENTENCES[k] for k in left])
    with pytest.raises(AssertionError):
        module.test_at_least_two_sentences_need_it(form, [known[k] for k in left], monkeypatch)


def test_contributing_names_every_guard_and_every_guard_exists():
    named = {f"{place}::{name}" for place, name in GUARD.findall(CONTRIBUTING)}
    assert set(LADDERS) <= named
    for guard in named:
        place, _, name = guard.partition("::")
        assert f"def {name}(" in (ROOT / place).read_text(encoding="utf-8"), guard


def test_contributing_names_only_places_that_exist():
    package = ROOT / "src" / "trialstats"
    for name in re.findall(r"`([\w.-]+/[\w/.-]*|\w+\.py)`", CONTRIBUTING):
        assert (ROOT / name).exists() or (package / name).exists(), name
