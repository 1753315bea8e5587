"""Numbers that one sentence tells together, whatever else is read of it: own sentences."""

from __future__ import annotations

import pytest

import trialstats as ts
from trialstats.sources.rows import rows_from_paper
from trialstats.sources.text.tokens.figures import with_figures
from trialstats.sources.text.told.means_written import two_means
from trialstats.sources.text.told.parts_of_people import parts_of_people
from trialstats.sources.text.told.people_parted import find_parted
from trialstats.sources.text.told.rates_told import find_told_rates
from trialstats.sources.text.told.said_again import exchanged, find_said_again
from trialstats.sources.text.told.shares_of_one import find_shares
from trialstats.sources.text.told.statistics_printed import find_test_statistics


def test_words_for_numbers_become_figures_where_they_stand():
    text = "Fifty-three oars. Two hundred and six poles, One hundred twelve boats; One left. Twenty-first of Tenerife."
    written = with_figures(text)
    assert len(written) == len(text)
    assert " ".join(written.split()) == "53 oars. 206 poles, 112 boats; One left. Twenty-first of Tenerife."


@pytest.mark.parametrize(
    "text, means",
    [
        ("Force was 31 N (SD 8) in 40 women on land and 27 N (SD 9) in 42 on water (P = .04).",
         ["31 (SD 8) of 40", "27 (SD 9) of 42"]),
        ("The 40 women on land had 31.5 ± 8 and the 42 women on water 27.5 ± 9 (mean ± SE; P = .04).",
         ["31.5 (SE 8) of 40", "27.5 (SE 9) of 42"]),
        ("Fifty-one women rowed and 49 did not; mean (SD) force was -3.1 (1.8) and 4.6 (2.0) (P < .001).",
         ["-3.1 (SD 1.8) of 51", "4.6 (SD 2.0) of 49"]),
        # One P value of something else, three sizes, a change within each group, no P value.
        ("Force was 31 (SD 8) in 40 women and 27 (SD 9) in 42 women, and more women came back (P = .04).", None),
        ("Force was 31 (SD 8) in 40 women, 27 (SD 9) in 42 women and unknown in 9 women (P = .04).", None),
        ("Force rose from 31 (SD 8) in 40 women to 37 (SD 9) in 42 women (P = .04).", None),
        ("Force was 31 (SD 8) in 40 women on land and 27 (SD 9) in 42 on water.", None),
    ],
)  # fmt: skip
def test_two_means_with_their_spreads_and_sizes(text, means):
    found = two_means(text)
    assert (found and [one.shown for one in found]) == means


@pytest.mark.parametrize(
    "text, parts, closed",
    [
        ("Boat class was I in 40%, II in 31% and III in 29%.", 3, False),
        ("Ninety-two percent of the women were White, 5% Black, and 3% of other race.", 3, False),
        ("Boats were old in 31%, new in 40% and rented in the remaining 29%.", 3, True),
        ("The score was 0-1 in 28.4%, 2-3 in 36.2%, and 4 or 5 in 35.4% of the rowers.", 3, False),
        ("Survival was 90% in class I, 70% in class II and 40% in class III.", None, None),
        ("Cramps were felt by 40%, thirst by 31% and hunger by 29%.", None, None),
        ("The type was recorded in 98%, the class in 97% and the stage in 96%.", None, None),
    ],
)
def test_shares_of_one_variable(text, parts, closed):
    found = [(len(one.parts), one.closed) for one in find_shares(text, [(0, len(text))])]
    assert found == ([] if parts is None else [(parts, closed)])


@pytest.mark.parametrize(
    "text, parts",
    [
        ("We asked 333 men: 110 to oars, 112 to poles, and 111 to paddles.", (110, 112, 111)),
        ("We asked 96 adults with blisters (48 intervention, 48 control).", (48, 48)),
        ("There were 96 women. The oar group comprised 48 women, and the pole group 47.", (48, 47)),
        ("Of the 140 women who were randomised, 70 received oars, and 69 received poles.", (70, 69)),
        ("We asked 333 men: 110 had oars, 112 poles, and 111 paddles.", None),
        ("We asked 333 men (110 with a cramp, 112 with thirst).", None),
    ],
)
def test_people_parted_into_groups(text, parts):
    assert [one.parts for one in find_parted(text)] == ([] if parts is None else [parts])


@pytest.mark.parametrize(
    "text, told",
    [
        ("Among the 45 women who fell in, 18 needed a towel.", ("18", "45")),
        ("There were 26 infections in the oar group, of which 9 were of the foot.", ("9", "26")),
        ("In all, 37 women underwent surgery, 21 for blisters.", ("21", "37")),
        ("Among the 45 women who fell in, 60 falls were counted.", None),
        ("Of the 45 women who fell in, 60 had been enrolled with another 30.", None),
    ],
)
def test_parts_of_people(text, told):
    assert [(one["x"], one["n"]) for one in parts_of_people(text)] == ([] if told is None else [told])


@pytest.mark.parametrize(
    "text, told",
    [
        ("During 4,120 patient-years 33 falls were seen (0.80 per 100 patient-years).", (33, "4120", "0.80", 100)),
        ("In 1,450 person-years at risk, 58 women fell: 4.0 per 100 person-years (95% CI, 3 to 5).",
         (58, "1450", "4.0", 100)),
        ("There were 96 falls over 4,800 patient-years, for an annual fall rate of 2.0%.", (96, "4800", "2.0", 100)),
        ("Over 900 patient-years 300 rowers were followed (1.2 falls per patient-year).", None),
        ("Falls hit 88 women in 8,000 person-years, and the rate of thirst was 3.2 per 100 person-years.", None),
        ("During 4,120 patient-years 33 women fell 40 times (0.97 per 100 patient-years).", None),
    ],
)  # fmt: skip
def test_rates_told_with_events_and_time(text, told):
    found = [(one.events, one.time.digits, one.rate.digits, one.per) for one in find_told_rates(text, [(0, len(text))])]
    assert found == ([] if told is None else [told])


def test_numbers_said_again_with_two_digits_changed_about():
    assert exchanged("12.4", "14.2") and not exchanged("12.4", "12.5") and not exchanged("124", "1.24")
    results = "At a year 62% of rowers and 44% of runners had kept their job. "
    for again, found in (("26% of rowers and 44% of runners kept their job.", ["26"]),
                         ("62% of rowers and 44% of runners kept their job.", []),
                         ("26% of swimmers slept, and 44% of them did not.", []),
                         ("At two years 26% of rowers and 44% of runners kept their job.", ["26"]),
                         ("At 2 years 26% of rowers and 44% of runners kept their job.", ["26"])):  # fmt: skip
        text = f"{results}Conclusion: {again}"
        places = [(0, len(results) - 1), (len(results), len(text))]
        assert [one.again for one in find_said_again(text, places, len(results))] == found


def test_a_chi_square_without_degrees_of_freedom_has_one_at_least():
    told = find_test_statistics("Boats were alike (χ2 = 1.94, P = .16) but not oars (chi-square(2) = 9.7, P = .008).")
    assert [(one.words, one.fewest) for one in told] == [("chi-square(1) = 1.94", True), ("chi-square(2) = 9.7", False)]


@pytest.mark.parametrize(
    "text, counts",
    [
        ("Cramps were felt by 31 of the 95 women given oars (33%) and by 52 of the 97 sent to poles (54%).",
         [("33%", "31", "95"), ("54%", "52", "97")]),
        ("Cramps were felt by 33% of the oar group (31 of 95 women) and 54% of the pole group (52 of 97 women).",
         [("33%", "31", "95"), ("54%", "52", "97")]),
    ],
)  # fmt: skip
def test_percentages_with_their_arm_between(text, counts):
    found = [(one.value.text, one.x.text, one.n.text) for one in ts.extract(text).claims if one.x and one.n]
    assert found == counts


def test_a_dose_is_no_result_and_a_complete_response_no_completion():
    text = "Relief came to 14% (7/50) on water, 17% (9/52) on 10 mg and 43% (21/49) on 20 mg of zinc (P = .002)."
    assert [row["value"] for row in rows_from_paper(ts.extract(text))["rows"]] == ["14", "17", "43", None]
    sizes = rows_from_paper(ts.extract("The best response was complete in 14 patients and partial in 33."))["of"]
    assert "completed" not in sizes
    assert rows_from_paper(ts.extract("Among the 96 form-evaluable patients, 40 had a cramp."))["of"] == {
        "evaluable": "96"
    }


@pytest.mark.parametrize(
    "text, event",
    [
        ("The odds ratio was 1.3 (95% CrI 0.9 to 1.8), a posterior probability of benefit (odds ratio above 1) of 92%.",
         "benefit (odds ratio above 1)"),
        ("The odds ratio was 0.8 (95% CrI 0.7 to 1.0), a 97% posterior probability of benefit (odds ratio <1).",
         "benefit (odds ratio <1)"),
        ("The hazard ratio was 0.74 (95% CrI 0.55 to 0.98), a 98% probability that the hazard ratio was below 1.",
         "the hazard ratio was below 1"),
        ("The hazard ratio was 0.74 (95% CrI 0.55 to 0.98), and Pr(HR<1) was 0.98.", "hr<1"),
    ],
)  # fmt: skip
def test_the_event_of_a_posterior_probability(text, event):
    assert [one.event for one in ts.extract(text).claims if one.measure == "posterior-probability"] == [event]


def test_a_median_odds_ratio_with_a_credible_interval_is_an_odds_ratio():
    measures = [
        one.measure for one in ts.extract("The median odds ratio was 0.82 (95% credible interval 0.69 to 0.97).").claims
    ]
    assert measures == ["odds-ratio"]
    measures = [one.measure for one in ts.extract("The median odds ratio was 1.42 (95% CI 1.29 to 1.57).").claims]
    assert measures == ["other"]
