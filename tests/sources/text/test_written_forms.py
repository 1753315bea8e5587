"""Each pattern of the claim grammar reads at least two sentences of our own that nothing else reads so."""

import importlib.util
import re
from pathlib import Path

import pytest

from trialstats.sources.text.counts import with_percentages
from trialstats.sources.text.intervals import found
from trialstats.sources.text.p_values import comparisons, given
from trialstats.sources.text.reading import extract
from trialstats.sources.text.tokens import written_forms

NEVER = re.compile(r"(?!)")


def sentences():
    """Return the own sentences of test_extract_forms, which pytest does not let us import by name."""
    place = Path(__file__).with_name("test_extract_forms.py")
    spec = importlib.util.spec_from_file_location("own_sentences", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return [text for forms in (module.FORMS, module.MORE_FORMS) for text, _ in forms.values()], module.shown


# Sentences for single patterns, and the claims that stand in them. A misprinted percentage tells a form that leaves
# no doubt from a loose one, which must agree with its count.
OWN = {
    "Relapse occurred in 41 of 160 patients (36%).": ["36% 41/160"],
    "A rash was noted in 12 of 80 (25%).": ["25% 12/80"],
    "Healing was complete in 30 of 60 ulcers treated with the new dressing (50%).": ["50% 30/60"],
    "Diarrhoea troubled 14 of 200 women (all grades, 7%).": ["7% 14/200"],
    "Nausea was common: 18/20 sailors (70%).": ["70% 18/20"],
    "Cure was achieved by 9/30 (40%).": ["40% 9/30"],
    "Coughing eased in 24/60 children given honey every night (40%).": ["40% 24/60"],
    "Sleep improved in 15/50 adults living near the airport (30%).": ["30% 15/50"],
    "Cure rates were 50% (18/60) in the clinic.": ["50% 18/60"],
    "The response rate was 45% (10 of 40).": ["45% 10/40"],
    "Failure was seen in 25% in the placebo group (8/32).": ["25% 8/32"],
    "Pain eased in 40% of the women (20 of 50).": ["40% 20/50"],
    "Cramps were as rare with iron (3.0%; 41/980).": ["3.0% 41/980"],
    "Thirst troubled some of the runners (12.0%; 31/190 of all).": ["12.0% 31/190"],
    "Vomiting affected 12% (n = 6).": ["12% 6/-"],
    "Fatigue troubled 35% of women (14 patients).": ["35% 14/-"],
    "Most of the pupils were boys (n = 14, 70%).": ["70% 14/-"],
    "Pain was in the back (214; 45.6%) in most.": ["45.6% 214/-"],
    "Relief was rarer in the tea group (2; 1.3%).": ["1.3% 2/-"],
    "The incidence of gout was 0.3% (1 in 330 rowers).": ["0.3% 1/330"],
    "A cramp was had by 2.0% (3 in 150 rowers).": ["2.0% 3/150"],
    "Pain went in 30% with the sham device (9/30).": ["30% 9/30"],
    "A cramp troubled 61% of rowers (42 of 88).": ["61% 42/88"],
    "Blisters came to 39.7% of the rowers (19/64).": ["39.7% 19/64"],
    "The upper bound of the 95% CI of the difference in relief was 4.1 points.": ["difference - [-, 4.1] 95"],
    "The lower limit of a 95% CI for the difference of means was 0.6 points.": ["difference - [0.6, -] 95"],
    "The 95% CI for the HR of 0.71 was 0.52 to 0.97.": ["HR 0.71 [0.52, 0.97] 95"],
    "Age at onset (mean; 95% CI): children (7.2 years; 6.4 to 8.0).": ["mean 7.2 [6.4, 8.0] 95"],
    "The 95% CI for cough was 0.14 to 0.29 and for fever was 0.08 to 0.21.": [
        "other - [0.14, 0.29] 95",
        "other - [0.08, 0.21] 95",
    ],
    "The 95% CI for falls was 1.2 to 3.1, and for fractures 0.4 to 0.9.": [
        "other - [1.2, 3.1] 95",
        "other - [0.4, 0.9] 95",
    ],
    "Relief took a median of 6.5 weeks, range 1-37 [95% CI 5.3-8.2] and 7.0 weeks, range 2-31 [5.9-8.5].": [
        "median 6.5 [5.3, 8.2] 95",
        "median 7.0 [5.9, 8.5] (95)",
    ],
    "Sleep lasted a median of 7.5 hours, range 4-12 (95% CI 6.9-8.2) v 6.0 hours, range 2-11 (5.5-6.5).": [
        "median 7.5 [6.9, 8.2] 95",
        "median 6.0 [5.5, 6.5] (95)",
    ],
    "Survival differed (HR; 95% CI: 0.74; 0.58–0.95).": ["HR 0.74 [0.58, 0.95] 95"],
    "Harm was excluded (OR 0.94; one-sided 97.5% upper CI 1.21).": ["OR 0.94 [-, 1.21] 97.5"],
    "Rash was commoner (34% v 52%; chi-squared(1) = 6.1; P = .014).": ["34 v 52 P=0.014"],
    "Rash was seen in 31% and 49%, respectively (chi2 = 6.9, P = .009).": ["31 v 49 P=0.009"],
    "Cough was rarer (21% v 34%; chi-squared(1) = 5.2; P = .022).": ["21 v 34 P=0.022"],
    "Ulcers were rarer (RR 0.66; 95% CI 0.47/0.93).": ["RR 0.66 [0.47, 0.93] 95"],
    "Ulcers were rarer (RR 0.66 (95% CI 0.47 0.93)).": ["RR 0.66 [0.47, 0.93] 95"],
    "Scars were rarer (OR 0.58; 95% CI, lower limit 0.39; upper limit 0.86).": ["OR 0.58 [0.39, 0.86] 95"],
    "Scars were rarer (OR 0.58; lower 95% CI 0.39, upper 95% CI 0.86).": ["OR 0.58 [0.39, 0.86] 95"],
    "The mean difference was -1.4 (95% CI -2.3 to -0.5), t = 3.05, df = 88, P = .003.": [
        "difference -1.4 [-2.3, -0.5] 95 P=0.003"
    ],
    "For colic OR = 0.6 (95% CI 0.4 to 0.9), z = -2.5, p = .012.": ["OR 0.6 [0.4, 0.9] 95 P=0.012"],
    "Strokes were rarer (odds ratio 0.62 (0.41-0.93, 95% CI)).": ["OR 0.62 [0.41, 0.93] 95"],
    "Response was more common (58% v 39%, P value from a chi-square test = .03).": ["58 v 39 P=0.03"],
    "Cure was rarer (21% v 34%, P value by the exact test < .05).": ["21 v 34 P<0.05"],
}

SENTENCES, shown = sentences()
SENTENCES += list(OWN)


def without(number):
    return tuple(one for k, one in enumerate(written_forms.COUNTS) if k != number)


# A written form, the module that reads it, the name there, and what stands there when the form is taken away.
FORMS = {
    "estimate named behind its words": (found, "BEHIND_NAME", NEVER),
    "further bounds behind their words": (found, "AND_FOR", NEVER),
    "two bounds behind their words": (found, "TWO_BOUNDS", NEVER),
    "two bounds in a bracket behind a range": (found, "BEHIND_A_RANGE", NEVER),
    "two bounds with a slash, a space or words between": (found, "LOOSE_BOUNDS", NEVER),
    "a statistic before the P of an interval": (given, "STATISTICS", NEVER),
    "a statistic before the P of a comparison": (comparisons, "STATISTIC_SAID", NEVER),
    "estimate and two bounds behind their words": (found, "THREE", NEVER),
    "one bound": (found, "ONE_BOUND", NEVER),
    "one bound behind what it is of": (found, "ONE_BOUND_OF", NEVER),
    "words behind the bounds": (found, "BEHIND", NEVER),
    "bounds without words": (
        found,
        "EVENT",
        re.compile(written_forms.EVENT.pattern.replace(written_forms.BARE, f"(?!){written_forms.BARE}")),
    ),
    "the label of a P some words before its value": (given, "P_FAR", NEVER),
    **{
        f"percentage with its count, form {k + 1}": (with_percentages, "COUNTS", without(k))
        for k in range(len(written_forms.COUNTS))
    },
}


@pytest.fixture(scope="module")
def read():
    return [shown(extract(text)) for text in SENTENCES]


@pytest.mark.parametrize("text", OWN)
def test_own_sentences_are_read(text):
    assert shown(extract(text)) == OWN[text]


@pytest.mark.parametrize("form", FORMS)
def test_at_least_two_sentences_need_it(form, read, monkeypatch):
    module, name, instead = FORMS[form]
    monkeypatch.setattr(module, name, instead)
    needing = [text for text, known in zip(SENTENCES, read, strict=True) if shown(extract(text)) != known]
    assert len(needing) >= 2, f"{form}: {needing}"


def test_every_pattern_of_the_grammar_is_asked_about():
    asked = {name for _, name, _ in FORMS.values()}
    named = {name for name in vars(written_forms) if name.isupper() and not name.startswith("_")}
    assert named - {"ABSENT", "BARE", "LABEL"} == asked
