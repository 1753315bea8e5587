"""The draft of a trial file: read and reanalysed as it stands, with the verdicts of the text it was made from."""

import re
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trialstats
from trialstats.claims.model import POPULATIONS, Basis
from trialstats.errors import InputError
from trialstats.sources.file_names import refuse_file_name
from trialstats.sources.text.groups.numbers import POPULATIONS as POPULATIONS_READ
from trialstats.sources.trial_file.draft import draft_trial_file
from trialstats.sources.trial_file.layout import toml_value
from trialstats.sources.trial_file.reading import parse_trial
from trialstats.sources.trial_file.writing import dump_trial

# Own sentences, each with something that a trial file has to say in its own way.
TEXTS = (
    "Response was 25% (8 of 32; 95% CI, 12 to 43) and the HR 0.54 (95% CI 0.36-0.81; P = .003).",
    "Nausea: 17 (53%) of 32 vs 9 of 28 (32%), P = .12.",
    "Patients were randomly assigned to a new drug (n = 344) or placebo (n = 341). With placebo 41% relapsed; 44% "
    "(95% CI, 39 to 49) with the new drug.",
    "Median survival was 22·8 months (95% CI 20·3–28·0) versus 17·5 months (15·1–not reached).",
    "The hazard ratio was 0.50 (95% CI, 0.90 to 0.49).",
    "The one-sided 95% upper CI was 1.94 for an odds ratio of 1.32. Pain fell by -26·6% [95% CI -40·2 to -12·9].",
    "The risk ratio was 0.50 (95% CI 0.49 to 0.90; P = .2), P for interaction = .01.",
    "The posterior probability of superiority was 99.2%. The adjusted odds ratio was 1.79 (95% credible interval, "
    "0.94-3.40).",
    "The difference was 50% (95% CI 0.26 to 0.66; P = .0004) and the mean score 61.2 versus 58.9 (P = .30).",
    "The change was 5.1 (3.9 to 6.4).",
    "Nothing was counted.",
    "",
)


def verdicts(report):
    return {
        (finding.claim, finding.check): finding.verdict
        for finding in report.findings
        if not finding.claim.startswith("unclear")
    }


def rows_left_out(draft):
    return set(re.findall(r'^# id = "(.*)"$', draft, re.MULTILINE))


@pytest.mark.parametrize("text", TEXTS)
def test_the_draft_gives_the_verdicts_of_its_text(text):
    draft = draft_trial_file(text, id="own")
    found = verdicts(trialstats.reanalyse(parse_trial(draft)))
    left_out = rows_left_out(draft)
    assert found == {place: one for place, one in verdicts(trialstats.check(text)).items() if place[0] not in left_out}


@pytest.mark.parametrize("text", TEXTS)
def test_every_claim_is_a_row_or_a_comment_that_says_why_not(text):
    draft = draft_trial_file(text)
    paper, trial = trialstats.extract(text), parse_trial(draft)
    rows = {claim.id for claim in trial.claims}
    assert rows | rows_left_out(draft) == {claim.id for claim in paper.claims}
    assert not rows & rows_left_out(draft)
    for claim in paper.claims:
        assert f"# {claim.where.quote}\n" in draft
    assert draft.count("# Not a row as it was read: ") == len(rows_left_out(draft))


def test_bounds_in_another_unit_are_left_to_a_human():
    draft = draft_trial_file(TEXTS[8])
    assert "# Not a row as it was read: a trial file cannot say it, as with bounds in another unit" in draft
    # The P value of the means is one too: a comparison is of two estimates or more.
    assert rows_left_out(draft) == {"c1", "c4"}


def test_numbers_stay_as_printed_and_kinds_as_measured():
    trial = parse_trial(draft_trial_file(TEXTS[3]))
    first, second = trial.claims
    assert (first.measure, str(first.value), str(first.interval.upper), first.unit) == (
        "median",
        "22.8",
        "28.0",
        "months",
    )
    assert second.interval.upper.is_missing
    assert "level" in second.inferred


def test_arms_come_with_their_sizes_and_claims_with_their_arms():
    trial = parse_trial(draft_trial_file(TEXTS[2]))
    assert {arm.id: arm.of["randomised"].value.text for arm in trial.arms} == {"new-drug": "344", "placebo": "341"}
    assert [claim.arms for claim in trial.claims if claim.arms]


def test_an_absurdity_is_kept_as_printed():
    draft = draft_trial_file(TEXTS[4])
    assert "sic = true" in draft
    assert parse_trial(draft).claims[0].sic is True


def test_what_is_missing_is_asked_for_in_comments_that_are_toml():
    draft = draft_trial_file(TEXTS[0])
    asked = re.findall(r"^# ([a-z]+ = .*)$", draft, re.MULTILINE)
    assert {line.partition(" ")[0] for line in asked} >= {"title", "registry", "citation", "outcome", "arm", "arms"}
    for line in asked:
        tomllib.loads(line)
    assert "[arms.NAME]" in draft
    assert "[arms.NAME]" not in draft_trial_file(TEXTS[2])


def test_a_draft_knows_that_it_is_one_until_it_is_completed():
    draft = draft_trial_file(TEXTS[2])
    trial = parse_trial(draft)
    assert trial.basis is Basis.STATED
    assert parse_trial(re.sub(r"draft = true.*\n", "", draft)).basis is Basis.TYPED
    assert dump_trial(trial) == draft
    assert parse_trial('schema = 1\n[trial]\nid = "a"\n').basis is Basis.TYPED


@pytest.mark.parametrize(
    ("draft", "inferred", "verdict"),
    [(True, "measure", "unchecked"), (True, "value", "unchecked"), (True, "level", "inconsistent"),
     (True, None, "inconsistent"), (False, "measure", "inconsistent")],
)  # fmt: skip
def test_a_guess_of_a_draft_is_not_held_against_the_paper_until_it_is_confirmed(draft, inferred, verdict):
    row = {"id": "hr", "measure": "hazard-ratio", "spread": "confidence", "value": ["0.50", "0.49", "0.90"]}
    row |= {"level": "95%"} | ({} if inferred is None else {"inferred": inferred})
    lines = "\n".join(f"{key} = {toml_value(value)}" for key, value in row.items())
    trial = parse_trial(f'schema = 1\n[trial]\nid = "own"\ndraft = {str(draft).lower()}\n[[rows]]\n{lines}\n')
    found = trialstats.reanalyse(trial)["hr"]
    assert found.verdict == verdict
    assert ("our reading of the text is uncertain here" in found.message) is (verdict == "unchecked")


def test_numbers_of_no_claim_and_unclear_stretches_are_mentioned():
    draft = draft_trial_file("The ages were 12 and 14 years. Response was 25% (8 of 32).")
    assert "# 2 further numbers belong to no row" in draft


def test_a_paper_does_as_well_as_its_text():
    paper = trialstats.extract(TEXTS[0], id="two words")
    trial = parse_trial(draft_trial_file(paper))
    assert trial.id == "two-words"
    assert verdicts(trialstats.reanalyse(trial)) == verdicts(trialstats.reanalyse(paper))


def test_neither_text_nor_paper_is_refused():
    with pytest.raises(InputError, match="must be a string"):
        draft_trial_file(3)


_FRAGMENTS = st.sampled_from(
    ["HR 0.54 (95% CI 0.36-0.81; P = .003)", "25% (8 of 32)", " vs ", "\n", '"', "\\", "\x00", "\ud800", "#",
     "[[rows]]", "[arms.a]", "A (n = 3) or B (n = 4) randomly assigned", "140% (50 of 32; 95% CI 60 to 30)",
     "P = 1.4", "(-1 to 2)", "95% CI", "posterior probability of x > y was 0.9",
     "not reached", "= ", "'''", "draft = true", "≤"]
)  # fmt: skip


def _names_no_file(text):
    """Whether a text is taken for one: ".json" is the name of a file, which `extract` refuses."""
    try:
        refuse_file_name(text)
    except InputError:
        return False
    return True


_TEXTS = st.lists(st.one_of(_FRAGMENTS, st.text(max_size=8)), max_size=8).map("".join).filter(_names_no_file)


@settings(max_examples=150)
@given(_TEXTS, st.text(max_size=8))
def test_the_draft_of_any_text_can_be_read_and_reanalysed(text, name):
    draft = draft_trial_file(text, id=name)
    trial = parse_trial(draft)
    assert trialstats.reanalyse(trial, convention=False).trials[0].trial == trial.id
    assert {claim.id for claim in trial.claims} | rows_left_out(draft) == {
        c.id for c in trialstats.extract(text).claims
    }


@pytest.mark.parametrize(
    ("text", "populations"),
    [
        (
            "We enrolled 120 adults. They were randomly assigned to mirvatol (n = 60) or placebo (n = 60). "
            "Relief was 45% (27 of 60) with mirvatol and 25% (15 of 60) with placebo.",
            {"enrolled"},
        ),
        (
            "In 24 villages, 900 children were enrolled; 880 completed the study. Cure was 61% (540 of 880).",
            {"clusters", "enrolled"},
        ),
    ],
)
def test_every_population_that_a_text_speaks_of_is_one_of_a_trial_file(text, populations):
    draft = draft_trial_file(text, id="t")
    assert "# Not a row" not in draft
    paper = parse_trial(draft, "t")
    assert populations <= set(paper.of)
    found, of_text = verdicts(trialstats.reanalyse(paper)), verdicts(trialstats.check(text, id="t"))
    assert {found[place] is one for place, one in of_text.items() if not place[0].startswith("total")} == {True}


def test_the_populations_of_the_reader_are_those_of_a_trial_file():
    assert set(POPULATIONS_READ.values()) | {"clusters"} <= set(POPULATIONS)
