"""Arms of several drugs, schedules, sequences and codes; their labels, and whose a result is. All is made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.reading import extract


def labels(text: str) -> list[str]:
    return [arm.label for arm in extract(text).arms]


def armed(text: str) -> dict[str, list[str]]:
    """Return by the printed value of each result the labels of its arms."""
    paper = extract(text)
    name = {arm.id: arm.label for arm in paper.arms}
    return {
        claim.value.text: [name[arm] for arm in claim.arms] for claim in paper.claims if getattr(claim, "value", None)
    }


# --------------------------------------------------------------------------------------------------
# Drugs that commas join
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Patients were randomly assigned to melphalan, prednisone, and thalidomide (n = 60); melphalan, bortezomib,"
            " and dexamethasone (n = 62); or melphalan and prednisone (n = 120).",
            [
                "melphalan, prednisone, and thalidomide",
                "melphalan, bortezomib, and dexamethasone",
                "melphalan and prednisone",
            ],
        ),
        (
            "We randomised 300 women to four cycles of docetaxel followed by four cycles of fluorouracil, lumarubicin,"
            " cyclophosphamide (FEC) or eight cycles of FEC.",
            [
                "four cycles of docetaxel followed by four cycles of fluorouracil, lumarubicin, cyclophosphamide (FEC)",
                "eight cycles of FEC",
            ],
        ),
        (
            "Patients were randomly assigned to lumarubicin, cisplatin, and capecitabine (ECX) or to cisplatin and"
            " capecitabine (CX).",
            ["lumarubicin, cisplatin, and capecitabine (ECX)", "cisplatin and capecitabine (CX)"],
        ),
        (
            "Adults were randomly assigned to receive gemcitabine, docetaxel, and capecitabine followed by resection or"
            " immediate resection.",
            ["gemcitabine, docetaxel, and capecitabine followed by resection", "immediate resection"],
        ),
        (
            "Adults received bortezomib, lenalidomide, and dexamethasone (VRd; n = 110) or lenalidomide and"
            " dexamethasone (Rd; n = 108) after random assignment.",
            ["bortezomib, lenalidomide, and dexamethasone", "lenalidomide and dexamethasone"],
        ),
        # Each with its dose; behind the words for a course.
        (
            "Adults were randomised to a 7-day course of either: lumazole 40 mg twice a day, solvamycin 250 mg"
            " twice a day and brimazole 400 mg twice a day (OCT group; n = 40); or quintidine 300 mg twice a day,"
            " solvamycin 250 mg twice a day and brimazole 400 mg twice a day (RCT group; n = 42).",
            [
                "lumazole 40 mg twice a day, solvamycin 250 mg twice a day and brimazole 400 mg twice a day",
                "quintidine 300 mg twice a day, solvamycin 250 mg twice a day and brimazole 400 mg twice a day",
            ],
        ),
        # The last drugs before a bracket are not all of an arm.
        (
            "Women were randomised to either three 28-day cycles of lumarubicin 110 mg/m2 (E110; n=81) or three 28-day"
            " cycles of docetaxel 80 mg/m2 plus carboplatin (DC) followed by two cycles of gemcitabine (G; n=79).",
            [
                "three 28-day cycles of lumarubicin 110 mg/m2",
                "three 28-day cycles of docetaxel 80 mg/m2 plus carboplatin (DC) followed by two cycles of gemcitabine",
            ],
        ),
        # What "either" divides has all that stands before it.
        (
            "Patients were randomised to pemetrexed plus either lumarin or placebo.",
            ["pemetrexed plus lumarin", "pemetrexed plus placebo"],
        ),
    ],
)
def test_what_is_given_together_is_one_arm(text, names):
    assert labels(text) == names


def test_results_of_drugs_that_commas_join():
    text = (
        "In this trial, 240 patients were randomly allocated to receive tacrolimus, sirolimus, and prednisone or"
        " tacrolimus, mycophenolate, and prednisone. Rejection occurred in 20% with tacrolimus, sirolimus, and"
        " prednisone and 14% with tacrolimus, mycophenolate, and prednisone."
    )
    assert armed(text) == {
        "20%": ["tacrolimus, sirolimus, and prednisone"],
        "14%": ["tacrolimus, mycophenolate, and prednisone"],
    }


@pytest.mark.parametrize(
    "text",
    [
        "Adults were randomised to zinc, iron, or placebo.",
        "Adults were randomly assigned to zinc, iron, and placebo groups. Zinc helped 20%, iron 25% and placebo 12%.",
    ],
)
def test_alternatives_between_commas_stay_apart(text):
    assert labels(text) == ["zinc", "iron", "placebo"]


# --------------------------------------------------------------------------------------------------
# Schedules
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("arms", "first", "second"),
    [
        (
            "cisplatin (60 mg/m2) on day 8 plus oral tegafur on days 1 to 21 or cisplatin plus docetaxel",
            "cisplatin plus tegafur",
            "cisplatin plus docetaxel",
        ),
        (
            "gemcitabine 1,000 mg/m2 on days 1 and 8 plus erlotinib 150 mg daily or gemcitabine 1,000 mg/m2 on days 1"
            " and 8 alone",
            "gemcitabine plus erlotinib",
            "gemcitabine alone",
        ),
        (
            "irinotecan every 2 weeks plus cetuximab weekly, or cetuximab weekly alone",
            "irinotecan plus cetuximab",
            "cetuximab alone",
        ),
        (
            "docetaxel 70 mg/m2 intravenously every 3 weeks with oral prednisone twice daily or mitoxantrone every 3"
            " weeks with prednisone",
            "docetaxel",
            "mitoxantrone",
        ),
        (
            "amoxicillin three times daily for 7 days plus metronidazole for 5 days or amoxicillin three times daily"
            " for 7 days plus placebo",
            "metronidazole",
            "placebo",
        ),
    ],
)
def test_an_arm_goes_on_behind_a_schedule(arms, first, second):
    found = armed(
        f"Patients were randomly assigned to {arms}. The response rate was 44% with {first} and 31% with {second}."
    )
    assert len(found) == 2
    one, other = found["44%"], found["31%"]
    assert len(one) == len(other) == 1
    assert one != other
    assert all(word in one[0] for word in first.split() if word != "plus")
    assert all(word in other[0] for word in second.split() if word != "plus")


# --------------------------------------------------------------------------------------------------
# With or without; one after the other
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "with_it", "without_it", "labels_of_both"),
    [
        (
            "Seventy men were randomly assigned to receive paclitaxel with (group PB) or without (group P) lumarin."
            " Median survival was 11.0 months in the PB group and 9.1 months in the P group.",
            "11.0",
            "9.1",
            ("paclitaxel with lumarin", "paclitaxel without lumarin"),
        ),
        (
            "Patients were randomised to standard chemotherapy with (n = 80) or without (n = 82) radiotherapy. Local"
            " control was 90% with radiotherapy and 74% without radiotherapy.",
            "90%",
            "74%",
            ("standard chemotherapy with radiotherapy", "standard chemotherapy without radiotherapy"),
        ),
        (
            "Women were randomly assigned to fluorouracil (with or without folate)-based chemotherapy with or without"
            " lumarin. Amenorrhoea persisted in 12% with v 25% without lumarin.",
            "12%",
            "25%",
            (
                "fluorouracil (with or without folate)-based chemotherapy with lumarin",
                "fluorouracil (with or without folate)-based chemotherapy without lumarin",
            ),
        ),
        (
            "Patients with a stroke were randomly allocated to alteplase with or without intra-arterial treatment."
            " Recovery was seen in 40% of patients with and 28% without intra-arterial treatment.",
            "40%",
            "28%",
            ("alteplase with intra-arterial treatment", "alteplase without intra-arterial treatment"),
        ),
        (
            "Girls with a tumor received carboplatin without lumarin or the same regimen with lumarin. In all, 80 were"
            " randomly assigned to receive lumarin and 84 not to receive lumarin. Five-year survival was 71% with"
            " lumarin and 64% without lumarin.",
            "71%",
            "64%",
            ("same regimen with lumarin", "carboplatin without lumarin"),
        ),
    ],
)
def test_with_or_without(text, with_it, without_it, labels_of_both):
    found = armed(text)
    assert (found[with_it], found[without_it]) == ([labels_of_both[0]], [labels_of_both[1]])
    assert sorted(labels(text)) == sorted(labels_of_both)


def test_sizes_of_with_or_without():
    text = "Adults were randomised to radiotherapy with (n = 80) or without (n = 82) lumarin."
    sizes = {arm.label: {size.value.whole for size in arm.of.values()} for arm in extract(text).arms}
    assert sizes == {"radiotherapy with lumarin": {80}, "radiotherapy without lumarin": {82}}


@pytest.mark.parametrize(
    "orders",
    [
        "one of two treatment sequences: lumarin 5 mg followed by placebo or placebo followed by lumarin 5 mg",
        "receive lumarin 5 mg and then placebo or placebo and then lumarin 5 mg",
    ],
)
def test_orders_of_two_treatments(orders):
    text = (
        f"In this crossover trial, 30 patients were randomised to {orders}. Lung volume was 2.4 l with lumarin and 2.2"
        " l with placebo."
    )
    assert armed(text) == {"2.4": ["lumarin 5 mg"], "2.2": ["placebo"]}


def test_codes_of_groups_of_more_letters():
    text = (
        "Men were randomised to lumarin (Arm L; n = 132), lumarin plus solvatan (Arm LS; n = 131), or placebo (Arm"
        " P; n ="
        " 130). The response was 33% in Arm L, 41% in Arm LS and 12% in Arm P (overall P = .02)."
    )
    found = armed(text)
    assert (found["33%"], found["41%"], found["12%"]) == (["lumarin"], ["lumarin plus solvatan"], ["placebo"])


# --------------------------------------------------------------------------------------------------
# What the last arm tells of all
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Women were randomised to early (n = 50) or delayed (n = 52) cord clamping.", ["early", "delayed"]),
        (
            "Adults were randomly assigned to open (n = 40) or laparoscopic (n = 41) cord clamping.",
            ["open", "laparoscopic"],
        ),
        ("We randomised 90 adults to morning or evening cord clamping.", ["morning", "evening"]),
        (
            "Patients were randomly allocated to immediate (within 24 hours) or late (after 7 days) cord clamping.",
            ["immediate (within 24 hours)", "late (after 7 days)"],
        ),
    ],
)
def test_the_noun_behind_the_last_adjective_is_of_all(text, names):
    assert labels(text) == [f"{name} cord clamping" for name in names]


def test_a_noun_is_no_adjective():
    assert labels("Adults were randomised to yoga or cognitive therapy.") == ["yoga", "cognitive therapy"]


@pytest.mark.parametrize(
    "arms",
    [
        "lumarin or placebo plus cisplatin and etoposide",
        "lumarin or placebo, both in combination with cisplatin and etoposide",
    ],
)
def test_what_is_given_to_all(arms):
    text = (
        f"Patients were randomly assigned to {arms}. Median survival was 15.0 months with lumarin and 13.0 months with"
        " placebo. Survival with cisplatin and etoposide has been 12.0 months."
    )
    found = armed(text)
    assert found["15.0"] == ["lumarin plus cisplatin and etoposide"]
    assert found["13.0"] == ["placebo plus cisplatin and etoposide"]


# --------------------------------------------------------------------------------------------------
# Groups that are told by a number or a code
# --------------------------------------------------------------------------------------------------
def test_labels_keep_the_number_of_a_group():
    text = (
        "Group 1 received the H2N8 vaccine and placebo simultaneously, Group 2 received the trivalent vaccine alone and"
        " then the H2N8 vaccine, and Group 3 received one dose of saline. Fever occurred in 12% in Group 1, 9% in"
        " Group 2,"
        " and 3% in Group 3."
    )
    assert armed(text) == {
        "12%": ["Group 1 (H2N8 vaccine and placebo simultaneously)"],
        "9%": ["Group 2 (trivalent vaccine alone and then the H2N8 vaccine)"],
        "3%": ["Group 3 (one dose of saline)"],
    }


def test_labels_tell_what_a_code_stands_for():
    text = (
        "Forty men were divided into two groups: group ZP received zinc with protein and group P received protein"
        " alone."
        " Strength rose by 12% in group ZP and 5% in group P."
    )
    assert armed(text) == {"12%": ["group ZP (zinc with protein)"], "5%": ["group P (protein alone)"]}


def test_codes_in_brackets_and_both():
    text = (
        "Adults were randomised to exercise (group E), education (group ED), or both (group EED). Falls were"
        " reported by"
        " 10% of group E, 15% of group ED and 8% of group EED."
    )
    assert armed(text) == {"10%": ["exercise"], "15%": ["education"], "8%": ["both"]}


# --------------------------------------------------------------------------------------------------
# Times and doses
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "Patients with a broken hip were randomised to surgery scheduled within 6 h or within 24 h. Delirium"
            " occurred"
            " in 30% of the <6 h group and in 20% of the <24 h group.",
            "surgery scheduled within 6 h",
            "surgery scheduled within 24 h",
        ),
        (
            "Adults were randomly assigned to removal of the catheter after 2 days or after 7 days. Retention"
            " occurred in"
            " 30% of the 2-day group and in 20% of the 7-day group.",
            "removal of the catheter after 2 days",
            "removal of the catheter after 7 days",
        ),
        (
            "Participants were randomised to fasting for 2 hours or for 8 hours before surgery. Nausea occurred in"
            " 30% of"
            " the 2-hour group and 20% of the 8-hour group.",
            "fasting for 2 hours",
            "fasting for 8 hours",
        ),
        (
            "Patients were randomised to 8 Gy in a single fraction or 20 Gy in 5 fractions. Pain fell in 30% with"
            " 8 Gy and"
            " in 20% with 20 Gy.",
            "8 Gy in a single fraction",
            "20 Gy in 5 fractions",
        ),
        (
            "Patients were randomised to 11 Gy in a single fraction (regimen 1) or 25 Gy in 8 fractions (regimen"
            " 2). Cough"
            " improved in 30% on regimen 1 and in 20% on regimen 2.",
            "11 Gy in a single fraction",
            "25 Gy in 8 fractions",
        ),
        # A text without alternatives that speaks of two doses of one drug.
        (
            "This trial tested 40 mg and 160 mg doses of rilvotamab. Among the 70 patients treated with 40 mg, the"
            " response"
            " rate was 30%. In the 160 mg cohort, the response rate was 20%. Rash was rare in 160 mg patients.",
            "rilvotamab 40 mg",
            "rilvotamab 160 mg",
        ),
    ],
)
def test_arms_that_differ_by_a_time_or_a_dose(text, first, second):
    assert armed(text) == {"30%": [first], "20%": [second]}


def test_a_dose_that_is_raised_makes_no_arms():
    text = (
        "In this single-arm trial 40 patients received rilvotamab 40 mg, raised to rilvotamab 160 mg after a month. The"
        " response rate was 30% with rilvotamab."
    )
    assert labels(text) == ["rilvotamab"]


def test_doses_before_placebo():
    text = (
        "Adults with pain were randomised to 50 mg, 100 mg, or placebo. Pain fell by 30% with 100 mg, 22% with 50"
        " mg and"
        " 10% with placebo."
    )
    assert labels(text) == ["50 mg", "100 mg", "placebo"]


# --------------------------------------------------------------------------------------------------
# What is no part of an arm's words, and what is no arm
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We randomly assigned 640 women aged 55 to 81 years to lumarin or placebo.", ["lumarin", "placebo"]),
        ("Adults were randomly assigned to double-blind therapy with lumarin or solvatan.", ["lumarin", "solvatan"]),
        ("Men were randomised to lumarin 40 mg or placebo subcutaneously.", ["lumarin 40 mg", "placebo"]),
        ("Adults were randomised to lumarin or control starting on the first day.", ["lumarin", "control"]),
        (
            "Children received orally, in a randomised, double-blind manner, lumarin 4 mg or solvatan 5 mg."
            " Sleep was sound in 30% after lumarin and 20% after solvatan.",
            ["lumarin 4 mg", "solvatan 5 mg"],
        ),
        (
            "Patients were randomised to placebo or one of three groups (lumarin 5 mg, lumarin 10 mg, or lumarin"
            " 20 mg)."
            " Pain fell by 30% with lumarin 20 mg, 25% with lumarin 10 mg, 20% with lumarin 5 mg and 10% with placebo.",
            ["placebo", "lumarin 5 mg", "lumarin 10 mg", "lumarin 20 mg"],
        ),
        (
            "Adults received lumaplatin 55 mg/m2 on day 2 and solvabine 900 mg/m2 on days 2 and 9 (n = 63) or"
            " lumaplatin 55 mg/m2 and brimataxel 50 mg/m2 on day 2 (n = 62) at random.",
            ["lumaplatin 55 mg/m2 on day 2 and solvabine 900 mg/m2", "lumaplatin 55 mg/m2 and brimataxel 50 mg/m2"],
        ),
        (
            "Patients were randomised to standard of care, standard of care plus radiotherapy, or standard of care plus"
            " lumarin.",
            ["standard of care", "standard of care plus radiotherapy", "standard of care plus lumarin"],
        ),
    ],
)
def test_words_for_an_arm(text, names):
    assert sorted(labels(text)) == sorted(names)


def test_populations_are_no_arms():
    text = (
        "In this randomised trial the response was 30% in the evaluable population and 25% in the all-treated"
        " population."
        " The evaluable population and the all-treated population were alike."
    )
    assert not any("population" in label for label in labels(text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # What was said of the people before the allocation is none of it.
        (
            "In this randomised, open-label trial, adults on either tenofovir or abacavir were randomly assigned"
            " (1:1) to"
            " switch to D/E/TAF or stay on their baseline regimen (SBR). Rash occurred in 12% with D/E/TAF and 9%"
            " with SBR.",
            ["switch to D/E/TAF", "stay on their baseline regimen (SBR)"],
        ),
        (
            "Women were randomised to Advice to eat nuts (n=18); Advice + food vouchers (FV) to buy nuts (n=17);"
            " or Control"
            " messages (n=20).",
            ["Advice to eat nuts", "Advice + food vouchers (FV) to buy nuts", "Control messages"],
        ),
        (
            "Drivers were randomised to enhanced lessons, a program that trains the eye, or to usual lessons.",
            ["enhanced lessons", "usual lessons"],
        ),
        (
            "Adults were randomised to an abacavir-containing (n=241) or abacavir-free regimen (n=291).",
            ["abacavir-containing regimen", "abacavir-free regimen"],
        ),
        (
            "Weaning with a lumarin pump is quick. Its utility compared with physiotherapist-led weaning is"
            " unknown. Adults"
            " were randomised to a lumarin pump or physiotherapist-led weaning.",
            ["lumarin pump", "physiotherapist-led weaning"],
        ),
    ],
)
def test_who_was_allocated_to_what(text, names):
    assert sorted(labels(text)) == sorted(names)


def test_names_of_advice():
    text = (
        "Women were randomised to Advice to eat nuts (n=18); Advice + food vouchers (FV) to buy nuts (n=17); or Control"
        " messages (n=20). Nuts were eaten by 12% with Advice, 22% with Advice+FV and 2% of controls."
    )
    found = armed(text)
    assert (found["12%"], found["22%"]) == (["Advice to eat nuts"], ["Advice + food vouchers (FV) to buy nuts"])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Eyes were randomly assigned to lumarin with prompt or deferred (after 20 weeks) grid laser.",
            ["lumarin with prompt grid laser", "lumarin with deferred (after 20 weeks) grid laser"],
        ),
        (
            "Adults were randomised to lumarin and early or late physiotherapy.",
            ["lumarin and early physiotherapy", "lumarin and late physiotherapy"],
        ),
        (
            "Women were randomised to exemestane ± lumarin for a year.",
            ["exemestane with lumarin", "exemestane without lumarin"],
        ),
    ],
)
def test_one_treatment_with_two_kinds_of_another(text, names):
    assert sorted(labels(text)) == sorted(names)


def test_doses_in_an_overview():
    text = (
        "Of 90 studies, four trials of rilvotamab were included. The risk of rash with 25 mg rilvotamab (risk"
        " ratio 1.12,"
        " 95% CI 0.88 to 1.43) and 50 mg rilvotamab (risk ratio 1.25, 95% CI 0.88 to 1.79) and of fever with 25 mg"
        " (risk"
        " ratio 0.86, 95% CI 0.23 to 3.19) was like that with placebo."
    )
    assert sorted(labels(text)) == ["placebo", "rilvotamab 25 mg", "rilvotamab 50 mg"]


def test_arms_that_differ_by_a_length():
    text = (
        "At random 190 adults were assigned to removal with either a 1 cm safety border (n=93) or a 3 cm safety"
        " border (n=97). Relapse was seen in 30% of the 1 cm group and 20% of the 3 cm group."
    )
    assert armed(text) == {"30%": ["1 cm safety border"], "20%": ["3 cm safety border"]}
