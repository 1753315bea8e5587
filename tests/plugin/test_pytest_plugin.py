"""The pytest plugin, run on trial files of its own: what is collected, what passes, what is said."""

import subprocess
import sys
from dataclasses import replace
from importlib.metadata import entry_points

import pytest

import trialstats
from trialstats.findings import FAIL_ON, Verdict
from trialstats.pytest_plugin import _GRADES, outcome

HEAD = """\
schema = 1

[trial]
id = "own"
title = "A trial of our own"
experimental = "new"
of = { randomised = "60" }

[arms.old]
label = "placebo"
of = { randomised = "32" }

[arms.new]
label = "new drug"
of = { randomised = "28" }
"""
ORR = """
[[rows]]
id = "orr"
measure = "proportion"
outcome = "objective response"
spread = "confidence"
level = "95%"
by = { old = ["25%", "12%", "43%"], new = ["46%", "28%", "66%"] }
"""
MISPRINTED = ORR.replace('"12%", "43%"', '"18%", "36%"')
AGE = """
[[rows]]
id = "age"
measure = "median"
outcome = "age"
unit = "years"
spread = "iqr"
by = { old = ["60", "53", "64"], new = ["55", "47", "61"] }
"""
ITEMS = [
    "own.toml::total.randomised::totals",
    "own.toml::orr.new::proportion-interval",
    "own.toml::orr.old::proportion-interval",
]


@pytest.fixture(scope="session", autouse=True)
def imported_before():
    # pytester forgets what a run imported, and numpy must not be imported twice in one process.
    trialstats.reanalyse(trialstats.load_trial("lms03"), convention=False)


@pytest.fixture
def own(pytester):
    """Write a trial file of these rows, in a project that loads no plugins but pytest's own and ours."""

    def write(*rows, name="own", head=HEAD):
        return pytester.makefile(".toml", **{name: head + "".join(rows)})

    return write


def listed(pytester, *arguments):
    result = pytester.runpytest("--collect-only", "-q", *arguments)
    return [line for line in result.outlines if "::" in line]


class TestCollection:
    def test_one_item_for_each_claim_and_check(self, pytester, own):
        own(ORR)
        assert listed(pytester) == ITEMS
        assert listed(pytester, "own.toml") == ITEMS
        assert listed(pytester, "own.toml::orr.old") == ITEMS[2:]
        assert listed(pytester, "own.toml::orr.old::proportion-interval") == ITEMS[2:]
        assert listed(pytester, "-k", "orr and not old") == ITEMS[1:2]

    def test_only_files_that_look_like_trial_files(self, pytester, own):
        own(ORR, name="trials/own")
        pytester.makefile(".toml", pyproject=HEAD + ORR, settings='[tool]\nschema = 2\nname = "other"\n')
        pytester.makefile(
            ".toml", rust='[package]\nname = "trial"\n\n[[rows]]\nid = 1\n', latin=b"a = '\xe9'".decode("latin-1")
        )
        pytester.makepyfile("def test_of_theirs(): pass")
        found = listed(pytester)
        assert [line for line in found if "toml" in line] == [f"trials/{item}" for item in ITEMS]
        assert len(found) == len(ITEMS) + 1
        assert listed(pytester, "pyproject.toml") == []

    def test_the_setting_chooses(self, pytester, own):
        own(ORR, name="trials/own")
        own(AGE, name="drafts/own")
        pytester.makeini("[pytest]\ntrialstats_files = trials/*.toml")
        assert listed(pytester) == [f"trials/{item}" for item in ITEMS]
        pytester.makeini("[pytest]\ntrialstats_files =\n    drafts\n    trials")
        assert {line.split("::")[0] for line in listed(pytester)} == {"drafts/own.toml", "trials/own.toml"}
        pytester.makeini("[pytest]\ntrialstats_files = trials/*.toml drafts/*.toml")
        assert {line.split("::")[0] for line in listed(pytester)} == {"drafts/own.toml", "trials/own.toml"}
        pytester.makeini("[pytest]\ntrialstats_files = trials/*.toml")
        assert {line.split("::")[0] for line in listed(pytester, "drafts/own.toml")} == {"drafts/own.toml"}

    def test_a_pattern_of_the_setting_that_matches_no_file_is_named(self, pytester, own):
        own(ORR, name="trials/own")
        pytester.makeini("[pytest]\ntrialstats_files = trials/*.toml none/*.toml")
        result = pytester.runpytest()
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        assert "trialstats_files: 'none/*.toml' matches no file in" in result.stderr.str()

    def test_files_of_the_setting_join_the_test_paths(self, pytester, own):
        own(ORR, name="trials/own")
        pytester.makepyfile(**{"tests/test_theirs": "def test_of_theirs(): pass"})
        pytester.makeini("[pytest]\ntestpaths = tests\ntrialstats_files = trials/*.toml")
        found = listed(pytester)
        assert [line for line in found if "toml" in line] == [f"trials/{item}" for item in ITEMS]
        assert len(found) == len(ITEMS) + 1
        assert len(listed(pytester, "tests")) == 1

    def test_a_setting_that_is_no_pattern_has_one_sentence(self, pytester):
        pytester.makeini("[pytest]\ntrialstats_files = /trials/*.toml")
        result = pytester.runpytest()
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        assert "trialstats_files: '/trials/*.toml' is not a glob pattern from" in result.stderr.str()

    def test_a_file_is_reanalysed_once(self, pytester, own, monkeypatch):
        calls = []
        really = outcome.reanalyse
        monkeypatch.setattr(outcome, "reanalyse", lambda *given, **named: calls.append(1) or really(*given, **named))
        own(ORR)
        pytester.runpytest("own.toml::orr.old", "own.toml::orr.new").assert_outcomes(passed=2)
        assert len(calls) == 1

    def test_without_the_plugin_nothing_is_collected(self, pytester, own):
        own(ORR)
        result = pytester.runpytest("-p", "no:trialstats")
        assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED


# --------------------------------------------------------------------------------------------------
# Outcomes
# --------------------------------------------------------------------------------------------------
def expecting(verdict, **more):
    words = ", ".join(f'{key} = "{value}"' for key, value in {"verdict": verdict, "reason": "known", **more}.items())
    return f'{{ value = ["25%", "18%", "36%"], expect = {{ {words} }} }}'


class TestOutcomes:
    def test_what_holds_together_passes_and_what_is_not_checkable_is_skipped_with_its_reason(self, pytester, own):
        own(ORR, AGE)
        result = pytester.runpytest("-rs")
        result.assert_outcomes(passed=3, skipped=2)
        reason = "We did not check 55 (47 to 61) years: the individual data would be needed."
        result.stdout.fnmatch_lines([f"SKIPPED * own.toml: {reason}"])

    def test_a_failure_is_a_sentence_a_near_miss_and_a_line(self, pytester, own):
        own(MISPRINTED)
        result = pytester.runpytest()
        result.assert_outcomes(passed=2, failed=1)
        result.stdout.fnmatch_lines(
            [
                "*_ proportion-interval of orr.old in own.toml _*",
                "own.toml, line 17: orr.old, objective response, placebo",
                "No count with 32 patients or any fewer prints 25% (18% to 36%) by any method and rounding of the",
                "  as printed    25% (18% to 36%)",
                "  nearest miss  25% (13% to 42%); 8 of 32, Wilson; 6.11 units of the last digit away",
                "  verdict       no explanation found (proportion-interval TS104)",
                "    17  [[][[]rows[]][]]",
                '    18  id = "orr"',
                '>   23  by = { old = [[]"25%", "18%", "36%"[]], new =*',
                "An unexplained number is a question for the authors, not a judgement of them.",
                "FAILED own.toml::orr.old::proportion-interval - No count with 32 patients or*",
            ]
        )
        said = result.stdout.str()
        assert "Traceback" not in said and "pytest_plugin" not in said and "raise " not in said

    @pytest.mark.parametrize("style", ["long", "short", "native", "line"])
    def test_no_traceback_in_any_style(self, pytester, own, style):
        own(MISPRINTED)
        said = pytester.runpytest(f"--tb={style}").stdout.str()
        assert "own.toml:17: No count with 32 patients" in said if style == "line" else "nearest miss" in said
        assert "UnexpectedVerdictError" not in said and "pytest_plugin" not in said

    @pytest.mark.parametrize(
        ("grade", "outcomes"),
        [
            (None, {"passed": 3}),
            ("inconsistent", {"passed": 3}),
            ("strained", {"passed": 2, "failed": 1}),
            ("never", {"passed": 3}),
        ],
    )
    def test_what_is_hard_to_explain_passes_and_is_listed_unless_the_setting_says_otherwise(
        self, pytester, own, monkeypatch, grade, outcomes
    ):
        really = outcome.reanalyse

        def strained(*given, **named):
            (trial,) = really(*given, **named).trials
            findings = [
                replace(one, verdict=Verdict.STRAINED) if one.claim == "orr.old" else one for one in trial.findings
            ]
            return trialstats.Report((replace(trial, findings=tuple(findings)),))

        monkeypatch.setattr(outcome, "reanalyse", strained)
        own(ORR)
        if grade is not None:
            pytester.makeini(f"[pytest]\ntrialstats_fail_on = {grade}")
        result = pytester.runpytest()
        result.assert_outcomes(**outcomes)
        row, item = "  verdict       hard to explain*", "own.toml::orr.old::proportion-interval: hard to explain: 25%*"
        result.stdout.fnmatch_lines([row if "failed" in outcomes else item])

    def test_an_unknown_grade_is_a_usage_error(self, pytester, own):
        assert tuple(FAIL_ON) == _GRADES
        own(ORR)
        pytester.makeini("[pytest]\ntrialstats_fail_on = often")
        result = pytester.runpytest()
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        assert "trialstats_fail_on: 'often' is not one of inconsistent, strained, never." in result.stderr.str()

    def test_a_total_points_to_its_size(self, pytester, own):
        own(head=HEAD.replace('"60"', '"65"'))
        result = pytester.runpytest()
        result.stdout.fnmatch_lines(["own.toml, line 7: total.randomised", '>    7  of = { randomised = "65" }'])

    def test_an_expected_verdict_passes(self, pytester, own):
        own(MISPRINTED.replace('["25%", "18%", "36%"]', expecting("inconsistent")))
        pytester.runpytest().assert_outcomes(passed=3)

    def test_an_expected_lack_of_data_passes(self, pytester, own):
        met = '{ verdict = "unchecked", reason = "known", check = "nothing-to-check" }'
        expected = f'{{ value = ["60", "53", "64"], expect = {met} }}'
        own(AGE.replace('["60", "53", "64"]', expected))
        pytester.runpytest("-k", "age").assert_outcomes(passed=1, skipped=1, deselected=1)

    def test_another_verdict_than_the_expected_one_fails(self, pytester, own):
        own(ORR.replace('["25%", "12%", "43%"]', expecting("inconsistent").replace('"18%", "36%"', '"12%", "43%"')))
        result = pytester.runpytest()
        result.assert_outcomes(passed=2, failed=1)
        result.stdout.fnmatch_lines(
            [
                "The trial file expects: no explanation found (known). We found: explained.",
                "25% (12% to 43%) is 8 of 32: Clopper-Pearson, rounded twice*",
                "  expected      no explanation found (known)",
            ]
        )

    def test_an_expectation_of_a_check_that_says_nothing_fails(self, pytester, own):
        own(
            ORR.replace(
                '["25%", "12%", "43%"]', expecting("explained", check="ratio-p").replace('"18%", "36%"', '"12%", "43%"')
            )
        )
        result = pytester.runpytest()
        result.assert_outcomes(passed=3, failed=1)
        result.stdout.fnmatch_lines(
            ["*ratio-p of orr.old in own.toml*", "The check 'ratio-p' has nothing to say of orr.old."]
        )

    def test_what_is_no_finding_keeps_its_traceback(self, pytester, own):
        own(ORR)
        pytester.makeconftest(
            "import trialstats.pytest_plugin as plugin\n"
            "def runtest(self):\n    raise ZeroDivisionError('theirs')\n"
            "plugin.TrialItem.runtest, kept = runtest, plugin.TrialItem.runtest\n"
            "def pytest_unconfigure():\n    plugin.TrialItem.runtest = kept\n"
        )
        result = pytester.runpytest("own.toml::orr.old::proportion-interval")
        result.assert_outcomes(failed=1)
        result.stdout.fnmatch_lines(["*raise ZeroDivisionError('theirs')*"])


class TestFilesThatCannotBeRead:
    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            (("measure", "meassure"), "own.toml, line 19, row 'orr': *'meassure'*Did you mean 'measure'?*"),
            (('"12%"', "0.12"), "own.toml, line 23, row 'orr': *0.12 is a number*"),
            (('outcome = "', 'outcome = '), "own.toml, line 20: it is not TOML:*"),
            (('id = "own"', ""), "own.toml, line 3: *'id'*"),
        ],
    )  # fmt: skip
    def test_one_sentence_without_a_traceback(self, pytester, own, change, sentence):
        path = own(ORR)
        path.write_text(path.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
        result = pytester.runpytest()
        result.assert_outcomes(errors=1)
        result.stdout.fnmatch_lines(["*_ ERROR collecting own.toml _*", sentence])
        assert "Traceback" not in result.stdout.str() and "site-packages" not in result.stdout.str()

    def test_a_named_file_that_is_no_trial_file(self, pytester):
        pytester.makefile(".toml", notes='[tool]\nname = "x"\n')
        result = pytester.runpytest("notes.toml")
        result.assert_outcomes(errors=1)
        result.stdout.fnmatch_lines(["notes.toml*'tool'*"])

    def test_others_are_still_tested(self, pytester, own):
        own(ORR)
        own(ORR.replace("measure", "meassure"), name="second")
        result = pytester.runpytest("--continue-on-collection-errors")
        result.assert_outcomes(passed=3, errors=1)

    def test_a_fault_of_ours_is_called_so(self, pytester, own, monkeypatch):
        def broken(*_, **__):
            raise ZeroDivisionError("ours")

        monkeypatch.setattr(outcome, "reanalyse", broken)
        own(ORR)
        result = pytester.runpytest()
        result.assert_outcomes(errors=1)
        result.stdout.fnmatch_lines(
            ["own.toml: we could not finish, by a fault of trialstats (ZeroDivisionError: ours).*"]
        )
        monkeypatch.setenv("TRIALSTATS_TRACEBACK", "1")
        pytester.runpytest().stdout.fnmatch_lines(["*raise ZeroDivisionError*"])


# --------------------------------------------------------------------------------------------------
# Selection
# --------------------------------------------------------------------------------------------------
class TestSelection:
    @pytest.mark.parametrize(
        ("names", "chosen"),
        [
            ("proportion-interval", [1, 2]),
            ("TS104", [1, 2]),
            ("ts104,totals", [0, 1, 2]),
            ("orr.new", [1]),
            ("orr", [1, 2]),
            ("own:orr.old", [2]),
            ("ratio-p", []),
            ("", [0, 1, 2]),
        ],
    )
    def test_checks_and_claims(self, pytester, own, names, chosen):
        own(ORR)
        assert listed(pytester, f"--trialstats-select={names}") == [ITEMS[k] for k in chosen]

    def test_it_may_be_repeated_and_leaves_other_tests_alone(self, pytester, own):
        own(ORR)
        pytester.makepyfile("def test_of_theirs(): pass")
        result = pytester.runpytest("--trialstats-select=totals", "--trialstats-select=orr.new")
        result.assert_outcomes(passed=3, deselected=1)

    def test_a_chosen_check_meets_the_same_expectation(self, pytester, own):
        own(MISPRINTED.replace('["25%", "18%", "36%"]', expecting("inconsistent")))
        pytester.runpytest("--trialstats-select=TS104").assert_outcomes(passed=2, deselected=1)

    @pytest.mark.parametrize(
        ("name", "near"), [("proportion-intervall", "proportion-interval"), ("orr.nwe", "orr.new")]
    )
    def test_an_unknown_name_suggests_the_nearest(self, pytester, own, name, near):
        own(ORR)
        result = pytester.runpytest(f"--trialstats-select=totals,{name}")
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        (said,) = (line for line in result.errlines if line)
        assert said.startswith(
            f"ERROR: --trialstats-select: no check and no claim of the 1 trial file collected is called {name!r}"
        )
        assert f"Did you mean {near!r}?" in said

    def test_a_file_that_cannot_be_read_speaks_first(self, pytester, own):
        own(ORR.replace("measure", "meassure"))
        result = pytester.runpytest("--trialstats-select=orr.new")
        assert result.ret == pytest.ExitCode.INTERRUPTED
        result.stdout.fnmatch_lines(["own.toml, line 19, row 'orr': *"])


# --------------------------------------------------------------------------------------------------
# In processes of their own
# --------------------------------------------------------------------------------------------------
class TestXdist:
    def test_same_outcomes_and_same_words(self, pytester, own):
        own(MISPRINTED, AGE)
        result = pytester.runpytest_subprocess("-n", "2")
        result.assert_outcomes(passed=2, failed=1, skipped=2)
        result.stdout.fnmatch_lines(
            [
                "*proportion-interval of orr.old in own.toml*",
                "own.toml, line 17: orr.old, objective response, placebo",
                "  nearest miss  25% (13% to 42%); 8 of 32, Wilson; 6.11 units of the last digit away",
                '>   23  by = { old = [[]"25%", "18%", "36%"[]], new =*',
                "FAILED own.toml::orr.old::proportion-interval - No count with 32 patients or*",
            ]
        )

    def test_an_unknown_name_ends_the_run(self, pytester, own):
        own(ORR)
        result = pytester.runpytest_subprocess("-n", "2", "--trialstats-select=totalss")
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        result.stdout.fnmatch_lines(["ERROR: --trialstats-select: *'totalss'. Did you mean 'totals'?*"])


def python(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


class TestLoading:
    def test_the_entry_point_is_there(self):
        (point,) = (point for point in entry_points(group="pytest11") if point.name == "trialstats")
        assert point.value == "trialstats.pytest_plugin"

    def test_importing_the_entry_point_imports_nothing_but_pytest(self):
        code = (
            "import sys, pytest\nbefore = set(sys.modules)\nimport trialstats.pytest_plugin\n"
            "print(*sorted(set(sys.modules) - before))"
        )
        assert python(code).split() == ["trialstats", "trialstats.face", "trialstats.pytest_plugin"]

    def test_a_run_without_trial_files_imports_nothing_either(self, pytester):
        pytester.makepyfile(
            "import sys\n"
            "def test_theirs():\n"
            "    assert 'trialstats.pytest_plugin' in sys.modules\n"
            "    assert not {'numpy', 'msgspec', 'trialstats.reported', 'trialstats.errors'} & set(sys.modules)\n"
        )
        # Hypothesis brings numpy's own plugin; nothing else of this environment may blur the answer.
        pytester.runpytest_subprocess("-p", "no:hypothesispytest").assert_outcomes(passed=1)

    @pytest.mark.parametrize("missing", ["numpy", "scipy"])
    def test_without_its_dependencies_other_tests_run_and_trial_files_say_what_is_missing(self, pytester, own, missing):
        own(ORR)
        pytester.makeconftest(f"import sys\nsys.modules[{missing!r}] = None\n")
        pytester.makepyfile("def test_of_theirs(): pass")
        result = pytester.runpytest_subprocess("--continue-on-collection-errors", "-p", "no:hypothesispytest")
        result.assert_outcomes(passed=1, errors=1)
        result.stdout.fnmatch_lines([f"own.toml: reanalysing a trial file needs {missing}, which is not installed;*"])
        assert "Traceback" not in result.stdout.str()


def test_the_shipped_trials_hold_together(pytester, request):
    result = pytester.runpytest("-q", "-p", "no:cacheprovider", request.config.rootpath / "seeds")
    outcomes = result.parseoutcomes()
    assert set(outcomes) == {"passed", "skipped"}
    assert outcomes["passed"] > 60
