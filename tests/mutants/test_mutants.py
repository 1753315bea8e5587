"""Breakages of rules, each of which must turn a named test red.

A mutant is the package with one rule broken: its source is copied, one passage of it replaced, and the named test run
on the copy in a process of its own. On the copy as it is, all named tests pass.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "trialstats"


@dataclass(frozen=True)
class Mutant:
    """A rule that is broken: where, what stands there, what stands there instead, and the test that must see it."""

    file: str
    rule: str
    broken: str
    seen_by: str


pytestmark = pytest.mark.slow  # each starts a process of its own
MUTANTS = {
    "half-up rounds a tie to the even digit": Mutant(
        "press.py",
        'case "half-even" if 2 * rest == bottom:',
        'case "half-even" | "half-up" if 2 * rest == bottom:',
        "tests/test_press.py::test_one_number",
    ),
    "numbers in brackets cite, in whatever order": Mutant(
        "sources/text/tokens/citations.py",
        "return last >= least and good >= share * found",
        "return found >= least",
        "tests/sources/text/test_normalise.py::test_one_spelling",
    ),
    "bounds in order may have lost a minus too": Mutant(
        "sources/text/tokens/symbol_fonts.py",
        "if float(lower) <= float(upper):",
        "if float(lower) < 0:",
        "tests/sources/text/test_symbol_fonts.py::test_signs_come_back",
    ),
    "the other arm tells how many could be evaluated": Mutant(
        "checks/list_size.py",
        "_ASSESSED = 0.8",
        "_ASSESSED = 1.0",
        "tests/checks/test_counts_of_one_list.py::test_the_other_arm_does_not_tell_how_many_could_be_evaluated",
    ),
    "some of a list may be of another number": Mutant(
        "checks/list_size.py",
        "if not all(prints(one, n) for one in asked):",
        "if not any(prints(one, n) for one in asked):",
        "tests/checks/test_counts_of_one_list.py::test_where_another_count_is_of_fewer_patients_none_is_asked_about",
    ),
    "a contrast keeps the order of the text": Mutant(
        "sources/text/statements/order.py",
        "return False if off_turned <= limit < off else None",
        "return True",
        "tests/sources/text/test_arms_by_use.py::test_numbers_say_which_arm_a_contrast_puts_first",
    ),
    "what one changed character does is asked of one check alone": Mutant(
        "checks/one_character.py",
        "left = _questions(changed, self.catalogue) if agrees else set()",
        "left = set()",
        "tests/checks/test_one_character.py::test_what_another_check_would_ask_about_is_no_repair",
    ),
    "a size too small is asked about where all is printed": Mutant(
        "checks/design_envelope.py",
        '"proportions": (0.9, 1.6),',
        '"proportions": (0.5, 1.6),',
        "tests/checks/test_design_sizes.py::test_verdicts",
    ),
    "clusters are settled by their numbers alone": Mutant(
        "checks/design_envelope.py",
        "or not names >= set(_SETTLED_BY[one])",
        "",
        "tests/checks/test_design_sizes.py::test_verdicts",
    ),
    "patients behind a hazard ratio follow from accrual and follow-up": Mutant(
        "designs/survival_sizes.py",
        "return share_with_event(hazard, self.accrual, self.follow_up)",
        "return share_with_event(hazard, 0.0, self.accrual + self.follow_up)",
        "tests/designs/test_survival_sizes.py::test_schoenfeld_as_rpact",
    ),
    "rounded twice is rounded once": Mutant(
        "reported.py",
        '_rule("twice", "11/20", "11/20", True, True,',
        '_rule("twice", "1/2", "1/2", True, True,',
        "tests/test_reported.py::test_a_printed_zero_reaches_to_both_sides",
    ),
    "a range is closed at the other end": Mutant(
        "reported.py",
        '_rule("truncated", "0", "1", True, False,',
        '_rule("truncated", "0", "1", False, True,',
        "tests/test_reported.py::test_a_printed_zero_reaches_to_both_sides",
    ),
    "P < is read as P =": Mutant(
        "reported.py",
        'if self.relation in ("<", "<="):',
        'if self.relation in ("<=",):',
        "tests/test_reported.py::test_spellings",
    ),
    "a per cent is read as a whole number": Mutant(
        "reported.py",
        '- (2 if self.unit == "%" else 0))',
        "- 0)",
        "tests/test_reported.py::test_spellings",
    ),
    "the tails of Clopper-Pearson are swapped": Mutant(
        "intervals/binomial/exact.py",
        "special.betaincinv(x, n - x + 1.0, tail,",
        "special.betainccinv(x, n - x + 1.0, tail,",
        "tests/intervals/test_binomial_reference.py::test_agrees_with_r[clopper-pearson]",
    ),
    "Wald limits are cut off at 0 and 1": Mutant(
        "intervals/binomial/wald.py",
        "    half = _half_width(p, n, normal_quantile(level))\n    return p - half, p + half\n",
        "    half = _half_width(p, n, normal_quantile(level))\n"
        "    return np.clip(p - half, 0.0, 1.0), np.clip(p + half, 0.0, 1.0)\n",
        "tests/intervals/test_binomial_reference.py::test_agrees_with_r[wald]",
    ),
    "ratios lose their log scale": Mutant(
        "search/ratios/shape.py",
        "    excess = _EXCESS[scale]\n    low, high = _DOMAIN[scale]\n",
        '    excess = _EXCESS["identity" if scale == "log" else scale]\n    low, high = _DOMAIN[scale]\n',
        "tests/checks/test_ratio_checks.py::test_intervals",
    ),
    "a posterior forgets its prior": Mutant(
        "search/posteriors/candidates.py",
        "a, b = count + of_priors[prior, 0], (n - count) + of_priors[prior, 1]",
        "a, b = count + 0.0, (n - count) + 0.0",
        "tests/search/test_posterior_search.py::test_readings_that_share_a_posterior_are_one_explanation",
    ),
    "a one-sided level is read as two-sided": Mutant(
        "reported.py",
        "return round(2 * value - 1, 12) if sides == 1 and value > 0.5 else value",
        "return value",
        "tests/checks/test_ratio_checks.py::test_one_sided_levels_count_alike_in_every_check",
    ),
    "nobody is a denominator": Mutant(
        "claims/populations.py",
        "removed < largest",
        "removed <= largest",
        "tests/checks/test_count_checks.py::test_an_arm_of_which_all_are_taken_away_leaves_no_denominator_of_nobody",
    ),
    "draws explain their likeliest print alone": Mutant(
        "search/posteriors/search.py",
        "return least_share(len(ranges)) * likeliest_probability(",
        "return 1.0 * likeliest_probability(",
        "tests/search/test_simulation_error.py::test_draws_explain_what_is_not_rare_among_their_prints",
    ),
    "a guessed part may be asked about": Mutant(
        "claims/trust.py",
        "if any((set(claim.inferred) - _borne_out(paper, claim)) & set(rests_on) for claim in estimates):",
        "if False:",
        "tests/claims/test_trust.py::test_a_guess_is_asked_about_only_if_the_check_does_not_rest_on_it",
    ),
    "what a second reading does not confirm is asked about": Mutant(
        "claims/trust.py",
        "if paper.text is not None and not all(confirmed(claim) for claim in about):",
        "if False:",
        "tests/claims/test_trust.py::test_what_a_second_reading_does_not_find_at_its_place_is_to_be_looked_at",
    ),
    "an estimate below its bounds is no slip": Mutant(
        "sources/trial_file/slips.py",
        "(lower is not None and value.value < lower) or ",
        "",
        "tests/sources/trial_file/test_trial_file.py::test_a_refused_row_says_file_line_row_value_and_what_is_accepted",
    ),
}


def copied(folder, mutant=None):
    """Copy the package, with its compiled files, and break it."""
    shutil.copytree(PACKAGE, folder / "trialstats", copy_function=shutil.copy2)
    if mutant is not None:
        file = folder / "trialstats" / mutant.file
        text = file.read_text(encoding="utf-8")
        assert text.count(mutant.rule) == 1, f"{mutant.file} has changed: renew the mutant"
        file.write_text(text.replace(mutant.rule, mutant.broken), encoding="utf-8")
    return folder


def run(folder, *tests):
    """Run tests of ours on a copy; what Hypothesis finds stays in the copy's folder."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--tb=line", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "",
         "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT), *(str(ROOT / test) for test in tests)],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_on_a_true_copy_every_named_test_passes(tmp_path):
    folder = copied(tmp_path)
    code = "import trialstats; print(trialstats.__file__)"
    where = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=os.environ | {"PYTHONPATH": str(folder)}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert Path(where.stdout.strip()).is_relative_to(folder)
    done = run(folder, *sorted({mutant.seen_by for mutant in MUTANTS.values()}))
    assert done.returncode == pytest.ExitCode.OK, done.stdout + done.stderr


@pytest.mark.parametrize("name", MUTANTS)
def test_each_turns_its_named_test_red(tmp_path, name):
    mutant = MUTANTS[name]
    done = run(copied(tmp_path, mutant), mutant.seen_by)
    assert done.returncode == pytest.ExitCode.TESTS_FAILED, done.stdout + done.stderr
    red = re.findall(r"^FAILED (.*)$", done.stdout, re.MULTILINE)
    assert red and all(mutant.seen_by in one for one in red), done.stdout
    assert "error" not in done.stdout.splitlines()[-1]
