"""Counts in words, events that happened to nobody, and numbers that are doses, names or limits and no results."""

import pytest

import trialstats


def rows(text):
    return [
        (claim.measure, claim.value.digits)
        for claim in trialstats.extract(text).claims
        if getattr(claim, "value", None) is not None
    ]


@pytest.mark.parametrize(
    "text",
    [
        "No drug-related deaths occurred.",
        "There were no serious adverse events.",
        "In the tea group no severe infections were seen.",
        "Rash was seen in 12 of 40 women, with no deaths.",
        "No patients on milk withdrew.",
        "Rash was rarer with tea (no cases).",
        "No further episodes of croup or asthma were recorded by week 9.",
    ],
)
def test_what_happened_to_nobody_is_counted(text):
    assert ("count", "0") in rows(text)


@pytest.mark.parametrize(
    "text",
    [
        "There were no differences in deaths between groups.",
        "We saw no rise in serious adverse events.",
        "Infants with no other condition slept.",
        "No serious adverse events were more frequent with tea.",
        "No association with deaths was found.",
    ],
)
def test_no_before_something_else_counts_nothing(text):
    assert not rows(text)


def test_no_cases_are_held_against_some():
    assert rows("Croup was rarer with tea than with milk (no episodes vs. 7 episodes).") == [
        ("count", "0"),
        ("count", "7"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("There were four tea-related deaths in the tea group.", ["4"]),
        ("There were six treatment-related deaths in the tea group.", ["6"]),
        ("There was one treatment-related death in the tea group.", ["1"]),
        ("One episode of croup was seen with milk.", ["1"]),
        ("Rash was seen in one child, with one grade 3 adverse event.", ["1", "1"]),
        ("There were 8 gout flares in the tea group and 31 in the milk group.", ["8", "31"]),
        ("Moles were found in two and five women with tea and milk, respectively.", ["2", "5"]),
        ("One hundred and five women died.", ["105"]),
        ("Two treatment groups were compared.", []),
        ("To prevent one death, many would need tea.", []),
        ("Tea could save one admission.", []),
        ("Adults took tea (25 adults per cohort).", []),
    ],
)
def test_counts_in_words(text, found):
    assert [digits for measure, digits in rows(text) if measure == "count"] == found


@pytest.mark.parametrize(
    "text",
    [
        "Women were assigned to oral tea (one 150 mg dose; tea group) or milk.",
        "Women took two 40-mg doses of tea.",
        "All were given carboplatin (area under the curve, 6) and tea with milk.",
        "All were given carboplatin at an AUC of 2 and tea with milk.",
        "Tea inhibits cyclin-dependent kinases (CDKs) 2 and 9 with effects in mice.",
        "Hepatitis C genotypes 2 and 3 infections are common.",
        "Endurance (TTX100%) was measured.",
        "Error was set at a two-sided alpha = 5%.",
        "Women were seen at 41 participating Children's Sleep Study hospitals in Chile.",
        "About 35% of women with asthma have coughs.",
        "From 50 to 70% of adults with gout develop stones; 50 to 70% of adults with gout die.",
        "Two washes of 2% brine were compared with tea: 2% brine rinse was applied twice.",
    ],
)
def test_doses_names_and_what_is_generally_so_are_no_results(text):
    assert not [one for one in rows(text) if one[1] not in ("50", "70") or "Two" in text]


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("About 35% of women in the tea group were cured.", "35"),
        ("Relapse was seen in 5% of women with tea.", "5"),
        ("The mean area under the curve was 6.5 with tea.", "6.5"),
        ("Types of tea: 12 women died.", "12"),
    ],
)
def test_twins_of_doses_and_names_are_results(text, digits):
    assert digits in [found for _, found in rows(text)]


def test_a_rate_set_before_is_no_result():
    assert rows("Relapse was 4% with tea, lower than the prespecified 9% rate.") == [("proportion", "4")]
    assert rows("Relapse was 4% with tea, lower than the 9% with milk.") == [("proportion", "4"), ("proportion", "9")]


def test_a_bound_in_brackets_is_no_share():
    assert rows("Tea lowered the risk of falls by 31% (9%-47%).") == [("relative-reduction", "31")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mean age was 51 years (SD 12, range 20 to 77).", ["51"]),
        ("Median sleep was 9.4 hours (range, from 2.0 to 11.5 hours).", ["9.4"]),
        ("Women had less pain (a score of less than 9, 61% v 30%).", ["61", "30"]),
        ("Mean dose during the 12-week study period was 412 mg with tea and 633 mg with milk.", ["412", "633"]),
        ("Stays fell from 8.1 to 6.2 days in all and from 9.7 to 5.1 days in girls.", ["8.1", "6.2", "9.7", "5.1"]),
        ("Pressures above 150/90 mm Hg were treated.", []),
    ],
)
def test_ends_of_ranges_and_second_values(text, found):
    assert [digits for _, digits in rows(text)] == found


@pytest.mark.parametrize("name", ["ES = ", "d = ", "ES: ", "d="])
def test_effect_sizes_by_a_letter(name):
    assert ("other", "0.41") in rows(f"Calves slept longer with tea than with milk ({name}0.41).")


def test_an_effect_size_of_at_least_so_much_is_none():
    assert not rows("Effects favoured tea (at least d = 0.5).")
