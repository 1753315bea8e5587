"""Whose a result is, layout by layout. The sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.reading import extract
from trialstats.sources.text.statements import whose
from trialstats.sources.text.statements.layouts import LAYOUTS, LAYOUTS_OF_ONE

TWO_ARMS = "We randomly assigned 80 adults to receive lumarin (n = 40) or placebo (n = 40). "
UNEVEN = "We randomly assigned 79 adults to receive lumarin (n = 41) or placebo (n = 38). "
THREE_ARMS = (
    "Adults were randomly assigned to group A (lumarin, n = 20), group B (zinc, n = 20) or group C (placebo, n = 20). "
)
THREE_NAMED = "Adults were randomly assigned to receive lumarin, zinc or placebo. "
THREE_NUMBERED = (
    "Adults were randomly assigned to group 1 (lumarin 5 mg; n = 20), group 2 (lumarin 10 mg; n = 20) or group 3 "
    "(placebo; n = 20). "
)

# For each layout: what introduces the arms, a sentence, and the numbers with their arms.
READ = {
    "by_own_sizes": [
        (UNEVEN, "More adults on placebo slept well. Cramps were rare (3/41 v 5/38).", {"5": 1, "3": 0}),
        (UNEVEN, "Sleep was better on placebo. A fever came in 6 of 38 and 9 of 41.", {"6": 1, "9": 0}),
    ],
    "numbered": [
        (THREE_NUMBERED, "In groups 1 through 3, relief came to 12%, 24% and 36%.", {"12": 0, "24": 1, "36": 2}),
        (THREE_ARMS, "Relief was 12%, 24% and 36% in groups A, B, and C.", {"12": 0, "24": 1, "36": 2}),
    ],
    "within_one": [
        (TWO_ARMS, "Within the lumarin group, relief was more frequent in smokers (84% v 64%).", {"84": 0, "64": 0}),
        (TWO_ARMS, "Within the placebo group, relief was rarer in men (21% versus 26%).", {"21": 1, "26": 1}),
    ],
    "by_an_effect": [
        (TWO_ARMS, "There was an absolute gain in survival of 6% at 2 years (from 51% to 57%).", {"51": 1, "57": 0}),
        (TWO_ARMS, "Overall survival was longer by 50% (from 440 to 660 days).", {"440": 1, "660": 0}),
    ],
    "from_to": [
        (TWO_ARMS, "Scores fell from 6.1 to 4.2 points with lumarin.", {"6.1": 0, "4.2": 0}),
        (TWO_ARMS, "Relief rose from 25% to 44% with the addition of lumarin.", {"25": 1, "44": 0}),
        (
            TWO_ARMS,
            "Iron fell from high values of 28.1 ± 9.4 to 17.9 ± 8.8 mg/g in lumarin patients and from 33.5 ± 9.7 to"
            " 19.2 ± 8.1 mg/g in placebo patients.",
            {"33.5": 1, "19.2": 1},
        ),
    ],
    "first_of_pair": [
        (TWO_ARMS, "Pain was rarer with lumarin than with placebo (6.9% vs 7.3).", {"6.9": 0}),
        (TWO_ARMS, "Pain was rarer with placebo than with lumarin (4.1%, vs 6.3).", {"4.1": 1}),
    ],
    "tagged": [
        (TWO_ARMS, "Bleeding was rare (2.0%, lumarin; 1.4%, placebo).", {"2.0": 0, "1.4": 1}),
        (TWO_ARMS, "Visits were kept well (89% = placebo; 77% = lumarin group).", {"89": 1, "77": 0}),
    ],
    "with_one_inside": [
        (TWO_ARMS, "Sleep was longer (6.7 v 6.1 hours for placebo) with lumarin.", {"6.7": 0, "6.1": 1}),
        (TWO_ARMS, "Rash was rarer (12% versus 19% in placebo) in the lumarin group.", {"12": 0, "19": 1}),
    ],
    "named_once": [
        (
            TWO_ARMS,
            "Mean sleep was 57 and 51 minutes in those on tablets and placebo, respectively.",
            {"57": 0, "51": 1},
        ),
        (TWO_ARMS, "Relief was 41% and 36% with lumarin and dummy tablets, respectively.", {"41": 0, "36": 1}),
    ],
    "of_one_arm": [
        (TWO_ARMS, "In the lumarin group, rash and fever occurred in 12% and 4%, respectively.", {"12": 0, "4": 0}),
        (TWO_ARMS, "With placebo, nausea and cough troubled 12% and 4%.", {"12": 1, "4": 1}),
    ],
    "between": [
        (TWO_ARMS, "Pain stopped in 41% with lumarin and 36% with placebo.", {"41": 0, "36": 1}),
        (TWO_ARMS, "Relief was 36% in men with placebo and in women with lumarin 41%.", {"36": 1, "41": 0}),
    ],
    "listed_behind": [
        (TWO_ARMS, "Rash occurred in 12% and 14% in the lumarin and placebo groups.", {"12": 0, "14": 1}),
        (TWO_ARMS, "Sleep came to 41% and 36% of adults receiving placebo and lumarin.", {"41": 1, "36": 0}),
    ],
    "one_behind": [
        (TWO_ARMS, "Pain stopped in 41% versus 36% with placebo.", {"41": 0, "36": 1}),
        (TWO_ARMS, "Rash was seen in 12% v 14% of those given lumarin.", {"12": 1, "14": 0}),
    ],
    "as_before": [
        (
            TWO_ARMS,
            "Rash occurred in 12% with placebo and 14% with lumarin (2.1% versus 2.4% for serious rash).",
            {"2.1": 1, "2.4": 0},
        ),
        (
            TWO_ARMS,
            "Pain stopped in 41% with lumarin and 36% with placebo; serious pain in 21% v 16%.",
            {"21": 0, "16": 1},
        ),
    ],
    "directed": [
        (TWO_ARMS, "Pain stopped more often with lumarin (41% versus 36%).", {"41": 0, "36": 1}),
        (TWO_ARMS, "Rash was rarer with lumarin (14% v 12%).", {"14": 1, "12": 0}),
    ],
    "with_less": [
        (TWO_ARMS, "Lumarin was associated with significantly less cough (44% vs 29%).", {"44": 1, "29": 0}),
        (TWO_ARMS, "Lumarin had a lower rate of cough (44% v 29%) and fever (17% v 9%).", {"44": 1, "29": 0}),
        (TWO_ARMS, "Lumarin significantly reduced cough (44% versus 29%).", {"44": 1, "29": 0}),
        (TWO_ARMS, "Lumarin led to more sleep (29% versus 44%).", {"29": 1, "44": 0}),
    ],
    "against_another": [
        (
            THREE_NAMED,
            "Mean sleep was longer with lumarin than with zinc (7.1 vs 6.2 h) and placebo (7.3 vs 6.4 h).",
            {"7.3": 0, "6.4": 2},
        ),
        (
            THREE_NAMED,
            "Rash was rarer with zinc than with placebo (12% v 24%) and lumarin (13% v 25%).",
            {"13": 1, "25": 0},
        ),
    ],
    "topic": [
        (
            TWO_ARMS,
            "Pain stopped in 41% with placebo; in the lumarin group, rash came in none, and fever in 14 (35%).",
            {"35": 0},
        ),
        (
            TWO_ARMS,
            "With lumarin, sleep was 7.1 hours (range 3 to 9), while in the placebo group, sleep was 6.2 hours (range"
            " 2 to 9), and the overall relief rate of all visits was 23%.",
            {"23": 1},
        ),
    ],
    "listed_before": [
        (TWO_ARMS, "Lumarin and placebo adults had relief in 41% and 36%.", {"41": 0, "36": 1}),
        (TWO_ARMS, "Compared with placebo, lumarin gave fewer rashes (12% versus 14%).", {"12": 0, "14": 1}),
    ],
    "by_turns": [
        (
            THREE_NAMED,
            "Relief came to 41% and 36% with lumarin and zinc and to 12% with placebo.",
            {"41": 0, "36": 1, "12": 2},
        ),
        (
            THREE_NAMED,
            "Pain stopped in 12% with placebo, and in 41% and 36% in the lumarin and the zinc groups.",
            {"41": 0, "36": 1, "12": 2},
        ),
    ],
    "one_before": [
        (TWO_ARMS, "With placebo, relief was 36% versus 41%.", {"36": 1, "41": 0}),
        (TWO_ARMS, "Lumarin gave relief in 41% vs 36%.", {"41": 0, "36": 1}),
    ],
    "beside": [
        (TWO_ARMS, "Rash occurred in 12% of those given placebo.", {"12": 1}),
        (TWO_ARMS, "Lumarin gave relief in 41%.", {"41": 0}),
    ],
    "subject": [
        (
            TWO_ARMS,
            "With lumarin, overall relief as told by the adults themselves on the days of their visits was 41%.",
            {"41": 0},
        ),
        (
            TWO_ARMS,
            "Given placebo, both groups of nurses said that the relief they saw on their way through was 36%.",
            {"36": 1},
        ),
    ],
}
# A sentence that looks like the layout and is none.
NOT_READ = {
    "by_own_sizes": (UNEVEN, "Fewer on placebo than on lumarin had cramps (3/41 v 5/38)."),
    "numbered": (THREE_ARMS, "In groups A to B relief was 12%, 24% and 36%."),
    "within_one": (TWO_ARMS, "In the lumarin group, relief was more frequent (84% v 64%)."),
    "by_an_effect": (TWO_ARMS, "There was an absolute gain in survival of 9% at 2 years (from 51% to 57%)."),
    "from_to": (TWO_ARMS, "Pain rose from 12% with lumarin to 14% with placebo."),
    "first_of_pair": (TWO_ARMS, "Pain was rarer with lumarin (6.9% vs 7.3 in men)."),
    "tagged": (TWO_ARMS, "Bleeding was rare (lumarin, 2.0%; placebo, 1.4%)."),
    "named_once": (TWO_ARMS, "Relief was 41% and 36% with lumarin and placebo, respectively."),
    "of_one_arm": (TWO_ARMS, "In the lumarin group, rash occurred in 12% versus 4%."),
    "by_turns": (THREE_NAMED, "Relief came to 41% with lumarin, 36% with zinc and 12% with placebo."),
    "between": (TWO_ARMS, "Pain stopped in 41% of men and 36% of women."),
    "listed_behind": (TWO_ARMS, "Pain stopped in 41% versus 36% with placebo."),
    "one_behind": (TWO_ARMS, "Pain stopped in 41% versus 36%, which surprised all who had seen it with placebo."),
    "as_before": (TWO_ARMS, "Pain stopped in 41% with lumarin and 36% with placebo. Serious pain in 21% v 16%."),
    "against_another": (THREE_NAMED, "Mean sleep was 7.1 h with lumarin and 6.2 h with zinc (7.3 vs 6.4 h in men)."),
    "with_one_inside": (TWO_ARMS, "Rash was rarer (12% versus 19%; P = .2) in the lumarin than in the placebo group."),
    "topic": (TWO_ARMS, "In the lumarin group, rash occurred in 12% versus 4%."),
    "with_less": (TWO_ARMS, "Lumarin was associated with less cough (29% vs 44%)."),
    "directed": (TWO_ARMS, "Sleep was longer (7.1 versus 7.1 hours) with lumarin."),
    "listed_before": (TWO_ARMS, "With lumarin, relief was 41% versus 36%."),
    "one_before": (TWO_ARMS, "With lumarin and placebo, relief was 41% versus 36%."),
    "beside": (TWO_ARMS, "With lumarin the mean age was 41.2 years."),
    "subject": (TWO_ARMS, "With lumarin the mean age was 41.2 years."),
}


@pytest.fixture
def fired(monkeypatch):
    """Say which layouts gave arms, with the numbers of the row and their arms."""
    said = []

    def told(layout):
        def tell(places, row):
            arms = layout(places, row)
            if arms:
                numbers = [places.document.digits(result.value) for result in row.results]
                said.append((layout.__name__, dict(zip(numbers, arms, strict=True))))
            return arms

        return tell

    monkeypatch.setattr(whose, "LAYOUTS", tuple(map(told, LAYOUTS)))
    monkeypatch.setattr(whose, "LAYOUTS_OF_ONE", tuple(map(told, LAYOUTS_OF_ONE)))
    return said


def test_every_layout_has_sentences():
    names = {layout.__name__ for layout in (*LAYOUTS, *LAYOUTS_OF_ONE)}
    assert names == set(READ) == set(NOT_READ)
    assert all(len(sentences) >= 2 for sentences in READ.values())


@pytest.mark.parametrize(
    ("layout", "arms", "sentence", "pairs"),
    [(name, *one) for name, sentences in READ.items() for one in sentences],
)
def test_layout_pairs_values_with_arms(fired, layout, arms, sentence, pairs):
    paper = extract(arms + sentence)
    assert (layout, pairs) in fired
    assert {
        claim.value.digits: paper.arms.index(paper.arm(claim.arms[0]))
        for claim in paper.claims
        if claim.arms and claim.value is not None and claim.value.digits in pairs
    } == pairs
    assert not any("arms" in claim.inferred for claim in paper.claims if claim.value.digits in pairs)


@pytest.mark.parametrize("layout", NOT_READ)
def test_layout_leaves_others_alone(fired, layout):
    extract("".join(NOT_READ[layout]))
    assert layout not in [name for name, _ in fired]


# --------------------------------------------------------------------------------------------------
# Where no layout fits, and contrasts
# --------------------------------------------------------------------------------------------------
TOLD_FIRST = TWO_ARMS + "Relief came to 61% with lumarin and 40% with placebo. "


@pytest.mark.parametrize(
    "sentence",
    [
        "Relief came to 52% and 47% of men and women, respectively.",
        "Relief came to 52%, 47% and 33% of people in regions 1, 2 and 3, respectively.",
        "Relief was seen in 52% and 47% of all at months 2 and 4, respectively.",
        "Cough and fever were noted in 52% and 47%, respectively.",
        "The mean fall in systolic and diastolic pressure was 5.2 and 4.7 mm Hg, respectively.",
    ],
)
def test_values_of_other_things_in_turn_are_of_no_arm(sentence):
    values = [claim for claim in extract(TOLD_FIRST + sentence).claims if claim.where.start > len(TOLD_FIRST)]
    assert len(values) > 1
    assert all(claim.arms == () for claim in values)


@pytest.mark.parametrize(
    "sentence",
    [
        "Cough was noted in 52% and 47%, respectively.",
        "Cough was noted in 52% and 47% in the two groups, respectively.",
        "Cough and fever were noted in 52% versus 47%, respectively.",
        "In the groups, cough and fever came together in 52% and 47%, respectively.",
        "After lumarin and after placebo cough was noted in 52% and 47%, respectively.",
    ],
)
def test_values_of_two_arms_in_turn_keep_their_order(sentence):
    paper = extract(TOLD_FIRST + sentence)
    order = [arm.id for arm in paper.arms]
    assert [claim.arms[0] for claim in paper.claims][-2:] == order


def arms_of(text):
    return [tuple(claim.arms) for claim in extract(text).claims]


def test_an_order_that_is_only_carried_or_guessed_says_so():
    stated, carried = extract(
        TWO_ARMS + "Pain stopped in 41% with placebo and 36% with lumarin. Sleep was good in 21% v 16%."
    ).claims[::2]
    assert stated.arms == carried.arms == ("placebo",)
    assert "arms" not in stated.inferred and "arms" in carried.inferred
    (first, _) = extract(TWO_ARMS + "Sleep was good in 21% v 16%.").claims
    assert first.arms == ("lumarin",) and "arms" in first.inferred


@pytest.mark.parametrize(
    ("sentence", "arms"),
    [
        ("The hazard ratio was 0.71 (95% CI, 0.55 to 0.92) for lumarin versus placebo.", ("lumarin", "placebo")),
        ("Placebo compared with lumarin gave an odds ratio of 1.4 (95% CI 1.1 to 1.8).", ("placebo", "lumarin")),
        ("There was a 29% reduction with lumarin (hazard ratio, 0.71; 95% CI, 0.55 to 0.92).", ("lumarin", "placebo")),
    ],
)
def test_arms_of_a_contrast_stand_as_it_is_computed(sentence, arms):
    paper = extract(TWO_ARMS + sentence)
    assert [claim.arms for claim in paper.claims if claim.interval is not None] == [arms]


def test_a_p_value_has_the_arms_of_what_it_compares():
    *_, p = extract(TWO_ARMS + "Pain stopped in 41% with lumarin and 36% with placebo (P = .04).").claims
    assert p.arms == ("lumarin", "placebo") and len(p.of) == 2


def test_a_trial_of_one_arm_has_all_its_results():
    text = "In this single-arm phase 2 trial, 40 patients received lumarin weekly. Response was 41%. Lumarin was liked."
    assert arms_of(text) == [("lumarin",)]


def test_results_of_a_text_without_arms_have_none():
    assert arms_of("Pain stopped in 41% and 36%.") == [(), ()]
