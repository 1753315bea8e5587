"""The reports of the five trials: every claim is there, every word keeps the rules, every form can be written."""

import re
from pathlib import Path

import msgspec
import pytest

import trialstats
from trialstats.checks import CHECKS
from trialstats.findings import Verdict
from trialstats.report import NOTE
from trialstats.report.report_json import ReportDocument

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.toml"))

NEVER = re.compile(
    r"\b(wrong\w*|errors?|erroneous\w*|false\w*|suspicious\w*|fabricat\w*|fail(s|ed|ure)?|mistakes?)\b", re.I
)
A_TERM_OF_STATISTICS = re.compile(r"(?:standard|sampling|simulation|Monte Carlo) errors?", re.I)
OF_PEOPLE = re.compile(r"\bauthors?\b|\bthe trial(ists)?\b", re.I)
ARITHMETIC_ONLY = {"percent-count", "totals", "order"}


@pytest.fixture(scope="module")
def trials():
    return [trialstats.read_trial(path) for path in SEEDS]


@pytest.fixture(scope="module")
def report(trials):
    return trialstats.reanalyse(trials)


def broken_rules(check: str, message: str) -> list[str]:
    """Say which of the rules for words a message does not keep."""
    said = A_TERM_OF_STATISTICS.sub("", message)
    found = [match[0] for match in NEVER.finditer(said)]
    found += [match[0] for match in OF_PEOPLE.finditer(said)]
    if "impossible" in said.lower() and check not in ARITHMETIC_ONLY:
        found.append("impossible")
    return found


def test_every_claim_has_a_finding_in_its_order(report, trials):
    for trial, found in zip(trials, report.trials, strict=True):
        claims = list(dict.fromkeys(finding.claim for finding in found.findings))
        assert {claim.id for claim in trial.claims} <= set(claims)
        assert found.sha256 == trial.sha256


def test_every_message_keeps_the_rules_for_words(report):
    for finding in report.findings:
        assert broken_rules(finding.check, finding.message) == [], finding.message


def test_the_pages_on_the_checks_keep_the_rules_for_words():
    for check in CHECKS:
        assert NEVER.findall(A_TERM_OF_STATISTICS.sub("", check.summary)) == [], check.code


@pytest.mark.parametrize(
    ("message", "broken"),
    [
        ("The P value is wrong.", ["wrong"]),
        ("This fails; the authors made an error.", ["fails", "error", "authors"]),
        ("The printed numbers are impossible.", ["impossible"]),
        ("The standard error lies between 0.1 and 0.2.", []),
    ],
)
def test_a_broken_rule_is_seen(message, broken):
    assert broken_rules("ratio-p", message) == broken


def test_every_finding_that_needs_a_reader_has_a_sentence(report):
    for finding in report.findings:
        if finding.verdict in (Verdict.EXPLAINED, Verdict.INCONSISTENT, Verdict.UNCHECKED):
            assert finding.message.strip(), (finding.claim, finding.check)


def test_coverage_adds_up(report):
    for found in report.trials:
        coverage = found.coverage
        assert coverage.printed == coverage.checked + coverage.unchecked
        assert min(coverage.checked, coverage.unchecked) >= 0


def test_every_verdict_is_by_a_check_that_can_be_explained(report):
    known = {(check.code, check.name) for check in CHECKS}
    assert {(finding.code, finding.check) for finding in report.findings} <= known


def test_every_form_names_every_claim(report):
    for form in ("text", "markdown", "latex", "html", "csv", "json"):
        text = getattr(report, f"to_{form}")()
        assert NOTE in " ".join(text.split()) or form == "json"
        for finding in report.findings:
            name = finding.claim.rpartition(".")[2]  # a terminal and LaTeX may break an id before its arm
            assert name in text or name.replace("_", r"\_") in text, (form, finding.claim)


def test_the_json_fits_its_schema(report):
    document = msgspec.json.decode(report.to_json(full=True), type=ReportDocument, strict=True)
    for trial, found in zip(document.trials, report.trials, strict=True):
        assert [one.claim for one in trial.findings] == [one.claim for one in found.findings]
        for one in trial.findings:
            assert len(one.explanations) == min(5, one.explanations_total)
            costs = [each.cost for each in one.explanations]
            assert costs == sorted(costs)
            assert one.chance is None or 0 <= one.chance <= 1


@pytest.mark.parametrize("width", [80, 100])
def test_lines_fit_the_terminal(report, width):
    for line in report.to_text(width).splitlines():
        assert len(line) <= width, line
