"""Each pattern of the claim grammar reads at least two sentences of our own that nothing else reads so."""

import importlib.util
import re
from pathlib import Path

import pytest

from trialstats.extraction import counts, intervals, patterns, pvalues
from trialstats.extraction.reading import extract

NEVER = re.compile(r"(?!)")


def sentences():
    """Return the own sentences of test_extract_forms, which pytest does not let us import by name."""
    place = Path(__file__).with_name("test_extract_forms.py")
    spec = importlib.util.spec_from_file_location("own_sentences", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return [text for forms in (module.FORMS, module.MORE_FORMS) for text, _ in forms.values()], module.shown


SENTENCES, shown = sentences()


def without(number):
    return tuple(one for k, one in enumerate(patterns.COUNTS) if k != number)


# A written form, the module that reads it, the name there, and what stands there when the form is taken away.
FORMS = {
    "two bounds behind their words": (intervals, "TWO_BOUNDS", NEVER),
    "estimate and two bounds behind their words": (intervals, "THREE", NEVER),
    "one bound": (intervals, "ONE_BOUND", NEVER),
    "words behind the bounds": (intervals, "BEHIND", NEVER),
    "bounds without words": (
        intervals,
        "EVENT",
        re.compile(patterns.EVENT.pattern.replace(patterns.BARE, f"(?!){patterns.BARE}")),
    ),
    "the label of a P some words before its value": (pvalues, "P_FAR", NEVER),
    **{f"percentage with its count, form {k + 1}": (counts, "COUNTS", without(k)) for k in range(len(patterns.COUNTS))},
}


@pytest.fixture(scope="module")
def read():
    return [shown(extract(text)) for text in SENTENCES]


@pytest.mark.parametrize("form", FORMS)
def test_at_least_two_sentences_need_it(form, read, monkeypatch):
    module, name, instead = FORMS[form]
    monkeypatch.setattr(module, name, instead)
    needing = [text for text, known in zip(SENTENCES, read, strict=True) if shown(extract(text)) != known]
    assert len(needing) >= 2, f"{form}: {needing}"


def test_every_pattern_of_the_grammar_is_asked_about():
    asked = {name for _, name, _ in FORMS.values()}
    assert set(patterns.__all__) - {"ABSENT", "BARE"} == asked
