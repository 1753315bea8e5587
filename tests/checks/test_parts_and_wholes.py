"""Parts against their whole in own sentences: nested groups, lists of categories, causes, totals, standard errors."""

from __future__ import annotations

import pytest

import trialstats as ts


def asked(text, check):
    return [one.verdict.value for one in ts.check(text).findings if one.check == check and one.verdict.is_question]


@pytest.mark.parametrize(
    "text",
    [
        "We randomised 90 patients, of whom 109 received at least one session.",
        "A total of 90 patients were randomised; 112 completed the season.",
        "Among the older ones, 31 of 28 had a cramp.",
        "Of the 45 women in the rowing group, 54 had a cramp.",
        "Of 71 rowers asked, 52 could be evaluated and 57 responded.",
        "Of 71 rowers asked, 52 women were assessable for response, of whom 60 achieved a full response.",
        "Some 38 rowers fell ill in spring. Of these, 14 were sent to the clinic, of whom 23 went back by boat.",
        "In all 57 women (19%) lost an oar, of whom 61 bought a new one.",
        "Of 64 patients enrolled, 58 were evaluable. There were 72 responses (47%) among the evaluable patients.",
        "We randomised 90 patients, of whom 80 were treated; 84 of the treated patients could be weighed.",
        "A blister was found in 31 patients, including 43 with an open one.",
        "In all, 31 women had a blister (12%), including 43 who went on rowing.",
        "Cramps were seen in 31 children, among them 43 with fever.",
        "The oar was lost by 215 of these (71.2%), 262 of whom bought a new one.",
        "There were 31 women who left the club, 43 of whom came back.",
    ],
)
def test_a_part_larger_than_its_whole(text):
    assert asked(text, "nested") == ["inconsistent"]


@pytest.mark.parametrize(
    "text",
    [
        "We randomised 90 patients, of whom 87 received at least one session.",
        "We enrolled 90 patients and 120 controls were treated at another site.",
        "In the first cohort 90 were randomised; 112 were treated in the second cohort.",
        "Of 71 rowers asked, 52 could be evaluated and 39 responded.",
        "We asked 12 clubs with rowers, of whom 300 answered.",
        "Of these, 17 rowers fell ill, of whom 41% went home and 23 years was the oldest.",
        "In another club 52 were evaluated and 57 responded.",
        "Four women could not be reached by post. Of these 31 women, 22 rowed and nine sailed.",
        "726 were randomised and 993 were treated outside the trial.",
        "We randomised 90 patients, of whom 80 were treated; 79 of the treated patients rowed.",
        "A blister was found in 31 patients, including 4 with an open one.",
        "A blister was found in 31 patients, including 43 blisters that were open.",
        "There were 31 women with 60 blisters, 43 of which were open.",
        "There were 31 patients per boat, including 43 with oars.",
        "Cramps were seen in 31 other children, 43 of whom had fever.",
    ],
)
def test_groups_that_are_no_parts(text):
    assert asked(text, "nested") == []


@pytest.mark.parametrize(
    "text",
    [
        "Of 90 patients, 8 had a complete response, 30 a partial response, 31 stable disease and 29 progression.",
        "The response was complete in 8%, partial in 37%, stable disease in 34% and progressive disease in 31%.",
        "By the end 61% of rowers had improved, 27% were unchanged and 22% had worsened.",
        "The result was excellent in 41%, good in 33%, fair in 15% and poor in 21% of the knees.",
        "Performance status was 0 in 44%, 1 in 43% and 2 in 23% of patients.",
        "There were 61 deaths: 38 from cancer, 14 from stroke and 19 from other causes.",
        "Of 300 tumours, 180 were hormone-receptor positive and 140 were hormone-receptor negative.",
    ],
)
def test_categories_that_are_more_than_their_whole(text):
    assert asked(text, "categories") == ["inconsistent"]


def test_overlapping_scales_are_hard_to_explain_at_most():
    assert asked("Of 90 events, 54 were mild, 27 moderate and 19 severe.", "categories") == ["strained"]
    assert asked("Cramps were mild in 60%, moderate in 45% and severe in 21% of the rowers.", "categories") == []
    assert asked("Their limp was rated as mild (38%), moderate (45%) or severe (41%).", "categories") == ["strained"]
    assert asked("Events were graded as mild (38%), moderate (45%) or severe (41%).", "categories") == []
    response = "The overall response rate was 45% (complete response, 10%; partial response, {}%)."
    assert asked(response.format(45), "categories") == ["strained"]
    assert asked(response.format(35), "categories") == []


@pytest.mark.parametrize(
    "text",
    [
        "Of 90 patients, 40 had cramps, 38 had blisters and 29 had colds.",
        "Of 90 patients, 8 had a complete response, 30 a partial response, 31 stable disease and 21 progression.",
        "There were 61 deaths: 38 from cancer, 14 from stroke and 9 from other causes.",
        "Response was complete in 7 patients (10%), partial in 21 (31%), stable disease in 26 (39%).",
        "Of the 67 rowers, complete response in 7 (10%), partial response in 21 (31%), stable disease in 26 (39%).",
        "We taught rowing (19 males, 58 females), sailing (24 males, 57 females) or nothing (32 males, 52 females).",
        "Stage I was found in 40% v 30%, stage II in 35% v 40% and stage III in 30% v 35% of rowers.",
    ],
)
def test_lists_that_fit_or_are_no_categories(text):
    assert asked(text, "categories") == []


def test_groups_that_one_sentence_makes_of_fewer_people():
    text = "Of {} eligible women, 96 were allocated to rowing, 94 to cycling and 48 to a waiting list."
    assert asked(text.format(218), "totals") == ["inconsistent"]
    assert asked(text.format(260), "totals") == []
    told = "We enrolled {} infants; 141 and 138 were randomly assigned to formula A and formula B, respectively."
    assert asked(told.format(269), "totals") == ["inconsistent"]
    assert asked(told.format(300), "totals") == []


@pytest.mark.parametrize("low, high, found", [("2.0", "6.4", []), ("3.1", "5.3", ["strained"]), ("1.9", "6.5", [])])
def test_a_standard_error_beside_its_interval(low, high, found):
    text = f"The mean difference was 4.2 points (SE 1.1; 95% CI, {low} to {high})."
    assert asked(text, "standard-error") == found


def test_an_error_of_another_mean_is_not_the_intervals():
    text = "The mean was 12.4 (SE 0.8) at first and 9.1 at week 12 (difference 3.3; 95% CI 1.2 to 5.4)."
    assert asked(text, "standard-error") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The mean change with quenzamab was 3.0 (SE 0.8; 95% CI, 0.2 to 5.8), n = 150 per group.", ["strained"]),
        ("The mean change with quenzamab was 3.0 (SE 0.8; 95% CI, 1.4 to 4.6), n = 150 per group.", []),
        ("The mean change with quenzamab was 3.0 (SE 0.8; 95% CI, 0.2 to 5.8).", []),
        ("In 12 clusters with 150 adults per arm the mean change was 3.0 (SE 0.8; 95% CI, 0.2 to 5.8).", []),
        (
            "80 men were assigned to mirvatol (n = 40) or placebo (n = 40). The mean difference was 3.0 (SE 0.8; "
            "95% CI, 0.2 to 5.8).",
            ["strained"],
        ),
    ],
)
def test_the_quantile_of_so_many_patients_is_no_larger(text, found):
    assert asked(text, "standard-error") == found
    (said,) = (one.message for one in ts.check(text).findings if one.check == "standard-error")
    assert ("degrees of freedom" in said) is bool(found)
    assert ("by Student's t: 3.2" in said) is ("0.2 to" in text and not found)


@pytest.mark.parametrize(
    ("text", "part", "more"),
    [
        ("Of 148 rowers, 63 (43%; 95% CI, 34% to 51%) had a cramp, including {} with a second one.", 17, 71),
        ("Responses were seen in 31 of 70 rowers, including {} complete remissions.", 11, 41),
        ("Among 54 treated rowers, 22 responded, with {} complete responses.", 6, 26),
        ("Of the 210 women asked, 140 were eligible and {} consented.", 122, 152),
        ("Adverse events were reported in 61% of rowers; serious adverse events were reported in {}%.", 14, 74),
        (
            "Any adverse event occurred in 61% of the salt group and 55% of the water group; serious adverse events "
            "occurred in 14% and {}%, respectively.",
            11,
            71,
        ),
    ],
)
def test_parts_of_responders_of_those_eligible_and_of_harms(text, part, more):
    assert asked(text.format(part), "nested") == []
    assert len(asked(text.format(more), "nested")) == 1


def test_harms_of_another_kind_are_no_part():
    text = "Salt-related adverse events were reported in 21% of rowers and serious adverse events in 34%."
    assert asked(text, "nested") == []


@pytest.mark.parametrize(
    ("text", "right", "more"),
    [
        ("The overall response rate was 44%, including a complete response rate of {}%.", 12, 52),
        ("Among the 240 responders, {} had a partial response and 108 a complete response.", 132, 182),
        (
            "Best response was complete in 9 rowers, partial in 21, stable disease in 18, and progressive disease "
            "in {}, among 60 patients evaluated.",
            12,
            22,
        ),
        ("Tumors were located in the rectum (38%), left colon ({}%), and right colon (27%).", 35, 55),
        (
            "All 346 rowers were included; the disease was stage I in 38%, stage II in {}%, and stage III in 18%.",
            44,
            64,
        ),
    ],
)
def test_parts_of_responses_places_and_stages(text, right, more):
    assert asked(text.format(right), "categories") == []
    assert len(asked(text.format(more), "categories")) == 1


def test_places_of_several_metastases_may_be_more_than_all():
    text = "Metastases were located in the liver (61%), lung (52%), and bone (27%)."
    assert asked(text, "categories") == []
