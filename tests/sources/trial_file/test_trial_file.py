"""A trial file is read strictly: each refusal names file, line, row, value and what is accepted."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.trial_file.two_arms import HEAD

from trialstats.claims.model import MEASURES, SPREADS, Comparison, Estimate, Place, PValue, Size, Spread
from trialstats.errors import TrialFileError, TrialstatsError, UnknownNameError
from trialstats.findings import Verdict
from trialstats.reported import Reported
from trialstats.sources.trial_file import (
    SHIPPED_TRIALS,
    dump_trial,
    load_trial,
    parse_trial,
    read_trial,
    trial_schema,
    write_trial,
)

ROW_LINE = HEAD.count("\n") + 2


def with_row(row: str) -> str:
    return f"{HEAD}\n[[rows]]\n{row}\n"


def refusal(text: str) -> TrialFileError:
    with pytest.raises(TrialFileError) as caught:
        parse_trial(text, "paper.toml")
    return caught.value


# --------------------------------------------------------------------------------------------------
# What rows stand for
# --------------------------------------------------------------------------------------------------
class TestRows:
    def test_a_row_by_arm_is_one_estimate_per_arm_the_experimental_first(self):
        trial = parse_trial(
            with_row('id = "orr"\nmeasure = "proportion"\nspread = "confidence"\nlevel = "95%"\n'
                     'by = { old = ["25%", "12", "43"], new = ["44%", "26", "65"] }')
        )  # fmt: skip
        new, old = trial.claims
        assert [claim.id for claim in trial.claims] == ["orr.new", "orr.old"]
        assert isinstance(new, Estimate) and isinstance(old, Estimate)
        assert new.arms == ("new",)
        assert old.value == Reported("25%")
        assert old.spread == Spread("confidence", Reported("12%"), Reported("43%"), level=Reported("95%"))
        assert [arm.id for arm in trial.arms] == ["new", "old"]

    def test_without_experimental_the_order_of_the_file_holds(self):
        assert [arm.id for arm in parse_trial(HEAD.replace('experimental = "new"\n', "")).arms] == ["old", "new"]

    @pytest.mark.parametrize(
        ("said", "p", "says"),
        [
            ('p = "<.001"', PValue(Reported("<.001")), None),
            ('says = "not-significant"', None, "not-significant"),
            ('p = { value = ".02", sided = 1, test = "Fisher" }', PValue(Reported(".02"), 1, "Fisher"), None),
        ],
    )
    def test_p_or_statement_beside_by_is_a_comparison(self, said, p, says):
        row = f'id = "ae"\nsection = "results"\nmeasure = "proportion"\nby = {{ old = "7%", new = "9%" }}\n{said}'
        joint = parse_trial(with_row(row)).claims[-1]
        place = Place(section="results", line=ROW_LINE)
        assert joint == Comparison(id="ae", of=("ae.new", "ae.old"), p=p, says=says, where=place)

    def test_a_row_by_name_is_derived_from_its_estimates(self):
        rows = (
            'id = "pf"\nmeasure = "proportion"\nby = { old = "71%", new = "72%" }\n'
            '[[rows]]\nid = "sup"\nmeasure = "posterior-probability"\nvalue = "57%"\nevent = "new > old"\nfrom = "pf"'
        )
        assert parse_trial(with_row(rows)).claim("sup").of == ("pf.new", "pf.old")

    def test_a_comparison_of_its_own(self):
        rows = (
            'id = "a"\nmeasure = "median"\narm = "old"\nvalue = "7"\n[[rows]]\nid = "b"\nmeasure = "median"\n'
            'arm = "new"\nvalue = "9"\n[[rows]]\nid = "c"\nmeasure = "comparison"\nfrom = ["b", "a"]\np = ".04"'
        )
        joint = parse_trial(with_row(rows)).claims[-1]
        assert isinstance(joint, Comparison)
        assert joint.of == ("b", "a")

    def test_an_arm_can_say_more_in_a_table(self):
        row = 'id = "ae"\nmeasure = "proportion"\nby = { old = { value = "25%", x = "8", n = "32" }, new = "9%" }'
        claim = parse_trial(with_row(row)).claim("ae.old")
        assert isinstance(claim, Estimate)
        assert (claim.x, claim.n) == (Reported("8"), Reported("32"))

    def test_bounds_not_printed_are_absent(self):
        row = 'id = "os"\nmeasure = "median"\nspread = "confidence"\nvalue = ["not reached", "9.1", "not printed"]'
        claim = parse_trial(with_row(row)).claim("os")
        assert isinstance(claim, Estimate)
        assert claim.value is not None and claim.value.is_missing
        assert claim.spread == Spread("confidence", Reported("9.1"), None)

    def test_sd_is_one_number(self):
        row = 'id = "age"\nmeasure = "mean"\nspread = "sd"\nvalue = ["60.1", "9.0"]'
        claim = parse_trial(with_row(row)).claim("age")
        assert isinstance(claim, Estimate)
        assert claim.spread == Spread("sd", value=Reported("9.0"))

    @pytest.mark.parametrize(
        ("section", "role"),
        [("design", "design"), ("methods", "design"), ("baseline", "baseline"), ("results", "result")],
    )
    def test_the_role_is_that_of_the_section(self, section, role):
        row = f'id = "a"\nsection = "{section}"\nmeasure = "count"\nvalue = "28"'
        assert parse_trial(with_row(row)).claim("a").role == role
        assert parse_trial(with_row(f'{row}\nrole = "baseline"')).claim("a").role == "baseline"

    def test_expected_verdicts(self):
        row = (
            'id = "ae"\nmeasure = "proportion"\n'
            'by = { old = { value = "25%", expect = { verdict = "inconsistent", reason = "known", check = "order" } } }'
        )
        expect = parse_trial(with_row(row)).claim("ae.old").expect
        assert expect is not None
        assert (expect.verdict, expect.reason, expect.check) == ("inconsistent", "known", "order")

    def test_a_size_from_elsewhere_has_its_source(self):
        text = HEAD.replace('"32"', '{ value = "32", source = "full text, figure 1" }')
        arm = parse_trial(text).arm("old")
        assert arm is not None
        assert arm.of["randomised"] == Size(Reported("32"), "full text, figure 1")

    def test_sic_keeps_the_absurd(self):
        row = 'id = "hr"\nmeasure = "hazard-ratio"\nspread = "confidence"\nvalue = ["0.54", "0.81", "0.36"]\nsic = true'
        assert parse_trial(with_row(row)).claim("hr").sic


# --------------------------------------------------------------------------------------------------
# Refusals
# --------------------------------------------------------------------------------------------------
A = 'id = "a"\nmeasure = '
B = 'id = "a"\nmeasure = "proportion"\n'
H = 'id = "a"\nmeasure = "hazard-ratio"\nspread = "confidence"\n'
L = f'{H}value = ["0.54", "0.36", "0.81"]\n'
# A row, the line in it that is to blame (0 is its header), and words of the message, apart by bars.
REFUSED_ROWS = [
    # names
    (f'{B}valeu = "25%"', 3, "'valeu' | Did you mean 'value'? | one of 27 accepted names"),
    (f'{B}estimate = "25%"', 3, "'estimate' | Did you mean 'value'?"),
    (f'{B}value = "25%"\nof = "b"', 4, "'of' | Did you mean 'from'?"),
    (f'{A}"proprotion"\nvalue = "25%"', 2, "measure 'proprotion' | Did you mean 'proportion'? | Accepted: comp"),
    (f'{B}value = "25%"\nrole = "desing"', 4, "role 'desing' | Did you mean 'design'?"),
    (f'{B}value = "25%"\nsection = "reslts"', 4, "section 'reslts' | Did you mean 'results'?"),
    (f'{B}value = "25%"\npopulation = "tretaed"', 4, "population 'tretaed' | Did you mean 'treated'?"),
    (f'{B}value = ["25%", "1", "43"]\nspread = "confidense"', 4, "spread 'confidense' | Did you mean 'confidence'?"),
    (f'{B}value = "25%"\nsays = "significent"', 4, "statement 'significent' | Did you mean 'significant'?"),
    (f'{B}value = "25%"\nexpect = {{ verdict = "wrong", reason = "x" }}', 4, "verdict 'wrong' | Accepted: consistent"),
    (f'{B}value = "25%"\narm = "nwe"', 4, "arm 'nwe' | Did you mean 'new'? | Accepted: new, old."),
    (f'{B}value = "25%"\narms = ["new", "odl"]', 4, "arm 'odl' | Did you mean 'old'?"),
    (f'{B}by = {{ nwe = "25%" }}', 3, "arm 'nwe' | Did you mean 'new'?"),
    (f'{B}value = "25%"\nfrom = "pfs"', 4, "row 'pfs' | Accepted: a."),
    (f'{B}value = "25%"\nfrom = "a"', 4, "'a' is derived from itself"),
    (f'{A}"posterior-probability"\nvalue = "57%"\nevent = "new > odl"', 4, "arm 'odl' | mean 'old'? | 'new > odl'"),
    (f'{A}"posterior-probability"\nvalue = "57%"\nevent = "new better"', 4, "'new better' | accepted is 'ARM > ARM'"),
    # what is missing
    ('measure = "count"\nvalue = "28"', 0, "no 'id'"),
    ('id = "a"\nvalue = "28"', 0, "no 'measure'"),
    (f"{B}", 1, "states nothing | accepted is at least one of 'value'"),
    (f"{B}by = {{ old = {{ n = \"32\" }} }}", 3, "states nothing"),
    (f'{B}value = "25%"\nexpect = {{ verdict = "explained" }}', 4, "no 'reason'"),
    (f'{A}"comparison"\np = ".04"', 2, "two or more estimates"),
    # not text, not a number
    (f"{B}value = 25", 3, '25 is a number | trailing zeros | Write "25"'),
    (f"{B}value = 0.50", 3, '0.50 is a number | trailing zeros | Write "0.50"'),
    (f"{B}value = [0.50, 0.4, 0.6]", 3, '0.50 is a number | Write "0.50"'),
    (f"{B}by = {{ old = 25 }}", 3, "by.old: 25 is a number"),
    (f"{B}value = true", 3, "true is given | printed number in quotes"),
    (f'{B}value = "a third"', 3, "'a third' is not a printed number; | accepted is"),
    (f'{B}value = ""', 3, "'' is not a printed number"),
    (f'{B}value = "25%"\np = 0.04', 4, 'p: 0.04 is a number | Write "0.04"'),
    (f'{B}value = "25%"\np = "significant"', 4, "'significant' is not a printed number"),
    (f'{B}value = "25%"\ntime = 6', 4, '6 is a number where text is meant. | Write "6"'),
    (f'{B}value = "25%"\nadjusted = "yes"', 4, "'yes' is neither true nor false"),
    (f'{B}value = "25%"\noutcome = " "', 4, "empty"),
    ('id = "a b"\nmeasure = "count"\nvalue = "28"', 1, "'a b' holds white space"),
    (f'{B}value = "25%"\nunit = "%"', 4, "write the per cent sign after the number"),
    (f'{B}value = "25%"\np = {{ value = ".04", sided = 3 }}', 4, "p.sided: 3 is not | accepted; | accepted is 1 or 2"),
    (f'{B}value = "25%"\narms = ["new", "new"]', 4, "twice"),
    # levels
    (f'{L}level = 95', 5, '95 is not a level; | such as "95%"'),
    (f'{L}level = 0.95', 5, '0.95 is not a level; | such as "95%"'),
    (f'{L}level = "95"', 5, "'95' is not a level; | accepted"),
    (f'{L}level = "0.95"', 5, "'0.95' is not a level; | accepted"),
    (f'{L}level = "195%"', 5, "'195%' is not a level"),
    (f'{B}value = "25%"\nlevel = "95%"', 4, "'level' is of an interval, and spread is absent"),
    # how many numbers
    (f'{H}value = "0.54"', 4, "spread is 'confidence', but only one number is given | [estimate, lower, upper]"),
    (f'{H}value = ["0.54", "0.36"]', 4, "2 numbers are given and spread is 'confidence'"),
    (f'{H}value = ["0.5", "0.3", "0.8", "0.9"]', 4, "a list of 4 numbers is not | accepted"),
    (f'{B}value = ["25%", "12", "43"]', 3, "'spread' does not say what they are | confidence, credible, iqr"),
    (f'{A}"mean"\nspread = "sd"\nvalue = ["60", "50", "70"]', 4, "accepted is [estimate, sd]"),
    # keys that exclude each other
    (f'{B}value = "25%"\nby = {{ old = "25%" }}', 3, "'by' has no 'value' of its own"),
    (f'{B}arm = "old"\nby = {{ old = "25%" }}', 3, "'by' has no 'arm' of its own"),
    (f'{B}value = "25%"\narm = "old"\narms = ["old"]', 5, "both 'arm' and 'arms'"),
    (f'{B}by = {{ old = "25%" }}\np = ".04"', 3, "two or more"),
    (f'{B}by = {{ old = "25%", new = "2%" }}\nexpect = {{ verdict = "explained", reason = "x" }}', 4, "arm's table"),
    (f'{A}"comparison"\nfrom = "a"\nvalue = "3"', 3, "derived from itself"),
    # the absurd
    (f'{B}value = "140%"', 3, "'140%' is more than 100 % | say sic = true"),
    (f'{B}value = "54"', 3, "'54' is more than 100 % | without its per cent sign 5400 %"),
    (f'{B}value = "-3%"', 3, "'-3%' is negative"),
    (f'{B}by = {{ old = "140%" }}', 3, "by.old: '140%' is more than 100 %"),
    (f'{A}"relative-reduction"\nvalue = "140%"', 3, "'140%' is more than 100 %"),
    (f'{A}"hazard-ratio"\nvalue = "-0.54"', 3, "'-0.54' is negative, which no hazard-ratio can be"),
    (f'{A}"count"\nvalue = "2.5"', 3, "'2.5' is not a count; | accepted is a whole number"),
    (f'{H}value = ["0.54", "0.81", "0.36"]', 4, "swapped: 0.81 is above 0.36"),
    (f'{H}value = ["0.94", "0.36", "0.81"]', 4, "the estimate 0.94 lies outside 0.36 to 0.81"),
    (f'{H}value = ["0.35", "0.36", "0.81"]', 4, "the estimate 0.35 lies outside 0.36 to 0.81"),
    (f'{A}"median"\nspread = "iqr"\nvalue = ["70", "53", "64"]', 4, "70 lies outside 53 to 64"),
    (f'{A}"mean"\nspread = "sd"\nvalue = ["60", "-2"]', 4, "'-2' is negative, which no sd can be"),
    (f'{B}value = "25%"\nx = "0"\nn = "0"', 5, "n is '0'; | accepted is at least '1'"),
    (f'{B}value = "25%"\nx = "33"\nn = "32"', 4, "x is larger than n: '33' of '32'"),
    (f'{B}value = "25%"\nx = "8.5"', 4, "x '8.5' is not a count"),
    (f'{B}value = "25%"\np = "1.4"', 4, "P value '1.4' is not between 0 and 1"),
    (f'{B}by = {{ old = "25%", new = "30%" }}\np = "1.4"', 4, "P value '1.4'"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "line", "words"), REFUSED_ROWS, ids=[words[:40] for _, _, words in REFUSED_ROWS])
def test_a_refused_row_says_file_line_row_value_and_what_is_accepted(row, line, words):
    error = refusal(with_row(row))
    message = str(error)
    assert error.file == "paper.toml"
    assert error.line == ROW_LINE + line, message
    named = re.search(r'^id = "(.*)"', row, re.MULTILINE)
    assert error.row == (named[1] if named else "number 1")
    assert message.startswith(f"paper.toml, line {error.line}, row {error.row!r}: ")
    assert message.endswith(".") and "\n" not in message
    for part in words.split(" | "):
        assert part in message


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("schema = 1", "schema = 2", 1, "schema: 2 is not accepted"),
        ("schema = 1\n", "", None, "no 'schema'"),
        ("schema = 1", 'shcema = 1', 1, "'shcema'. Did you mean 'schema'?"),
        ('id = "example"\n', "", 3, "no 'id'"),
        ('experimental = "new"', 'experimental = "newer"', 5, "Unknown arm 'newer'. Did you mean 'new'?"),
        ('label = "the old"\n', "", 8, "no 'label'"),
        ('label = "the old"', 'lable = "the old"', 9, "'lable'. Did you mean 'label'?"),
        ('"32"', "32", 10, '32 is a number where a printed number, that is text, is meant'),
        ('"32"', '"32.5"', 10, "'32.5' is not a count"),
        ('"32"', '"0"', 10, "is '0'; accepted is at least '1'"),
        ('"32"', '{ value = "32", sauce = "x" }', 10, "'sauce'. Did you mean 'source'?"),
        ('of = { randomised = "32" }', 'of = { randomized = "32" }', 10, "Did you mean 'randomised'?"),
        ('of = { randomised = "60" }', 'citation = { year = "2020" }', 6, "'2020' is not accepted"),
        ("[arms.new]", "[arms.old]", 12, "it is not TOML"),
        ('label = "the old"', 'label = the old', 9, "it is not TOML: Invalid value (at"),
    ],
)  # fmt: skip
def test_a_refused_head_says_where(old, new, line, words):
    error = refusal(HEAD.replace(old, new, 1))
    assert error.line == line, str(error)
    assert error.row is None
    assert words.removesuffix(" (at") in str(error)


def test_two_rows_with_one_id_are_refused_with_both_lines():
    row = '[[rows]]\nid = "orr"\nmeasure = "proportion"\n'
    text = f'{HEAD}{row}by = {{ old = "25%" }}\n{row}value = "25%"\n'
    error = refusal(text)
    assert error.line == ROW_LINE - 1 + 5
    assert f"'orr' is given twice, as the row at line {ROW_LINE - 1}" in str(error)
    single = '[[rows]]\nid = "orr.old"\nmeasure = "proportion"\n'
    error = refusal(f'{HEAD}{row}by = {{ old = "25%" }}\n{single}value = "25%"\n')
    assert "'orr.old' is given twice" in str(error)


def test_lines_survive_long_strings_subtables_and_inline_rows():
    long = '[[rows]]\nid = "a"\nmeasure = "proportion"\noutcome = """\n[[rows]]\nx = 1\n"""\nvalue = "2%"\n'
    error = refusal(f'{HEAD}{long}[[rows]]\nid = "b"\nmeasure = "proportion"\n[rows.by]\nold = "140%"\n')
    assert error.line == ROW_LINE - 1 + 12
    inline = f'rows = [{{ id = "a", measure = "proportion", value = "140%" }}]\n{HEAD}'
    assert (refusal(inline).line, refusal(inline).row) == (1, "a")


class TestFiles:
    def test_missing(self, tmp_path):
        with pytest.raises(TrialFileError, match=r"no-such\.toml: there is no such file\."):
            read_trial(tmp_path / "no-such.toml")

    def test_directory(self, tmp_path):
        with pytest.raises(TrialFileError, match=r"this is a directory; accepted is one trial file"):
            read_trial(tmp_path)

    def test_unreadable(self, tmp_path):
        (tmp_path / "file").write_text("x")
        with pytest.raises(TrialFileError, match=r"cannot be read"):
            read_trial(tmp_path / "file" / "below.toml")

    def test_name_with_a_null_byte(self):
        with pytest.raises(TrialFileError, match=r"cannot be read"):
            read_trial("a\0b")

    def test_not_utf8(self, tmp_path):
        path = tmp_path / "latin.toml"
        path.write_bytes(HEAD.replace("the old", "l'été").encode("latin-1"))
        with pytest.raises(TrialFileError, match=r"line 9: byte 0xe9 is not UTF-8"):
            read_trial(path)

    def test_empty(self, tmp_path):
        (tmp_path / "empty.toml").write_bytes(b"")
        with pytest.raises(TrialFileError, match=r"a trial file has no 'schema'"):
            read_trial(tmp_path / "empty.toml")

    def test_unknown_shipped_name(self):
        with pytest.raises(UnknownNameError, match=r"'aliennor'. Did you mean 'alienor'\?"):
            load_trial("aliennor")

    def test_nowhere_to_write(self, tmp_path):
        with pytest.raises(TrialFileError, match=r"it cannot be written: No such file or directory"):
            write_trial(load_trial("alienor"), tmp_path / "missing" / "a.toml")


@settings(max_examples=300)
@given(st.text(max_size=200) | st.sampled_from(SHIPPED_TRIALS).flatmap(lambda name: st.tuples(
    st.just(load_trial(name).toml), st.integers(0, 2000), st.integers(0, 30), st.text(max_size=5)
).map(lambda t: t[0][: t[1]] + t[3] + t[0][t[1] + t[2] :])))  # fmt: skip
def test_whatever_is_typed_is_read_or_refused_in_one_sentence(text):
    refused = None
    try:
        trial = parse_trial(text)
    except TrialstatsError as error:
        refused = str(error)
    if refused is None:
        assert dump_trial(trial) == text
    else:
        assert refused.startswith("<text>") and "\n" not in refused


# --------------------------------------------------------------------------------------------------
# Schema
# --------------------------------------------------------------------------------------------------
class TestSchema:
    @pytest.mark.parametrize("name", SHIPPED_TRIALS)
    def test_the_seeds_are_valid(self, valid, name):
        assert valid(tomllib.loads(load_trial(name).toml), trial_schema())

    def test_it_is_json(self):
        assert json.loads(json.dumps(trial_schema())) == trial_schema()
        assert trial_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"

    def test_it_marks_slips_of_form(self, valid):
        # References and numbers out of order are the reader's business: a schema cannot see them.
        marked = [row for row, _, _ in REFUSED_ROWS if not valid(tomllib.loads(with_row(row)), trial_schema())]
        assert len(marked) > 30
        assert {f"{B}value = 0.50", f'{B}valeu = "25%"', f'{B}value = "25%"\nby = {{ old = "25%" }}'} <= set(marked)

    def test_its_menus_are_the_claim_models(self):
        row = trial_schema()["properties"]["rows"]["items"]["properties"]
        assert set(row["measure"]["enum"]) == {*MEASURES, "comparison"}
        assert set(row["spread"]["enum"]) == set(SPREADS)
        assert set(row["expect"]["properties"]["verdict"]["enum"]) == {verdict.value for verdict in Verdict}
        assert all("description" in key for key in row.values())
