"""Arms, their names and sizes, and their mentions, in sentences made for each form of writing."""

from __future__ import annotations

import itertools
import time

import pytest

from trialstats.sources.text.arms.found import find_groups
from trialstats.sources.text.groups.model import Groups
from trialstats.sources.text.tokens.document import read_tokens


def read(text: str) -> Groups:
    return find_groups(read_tokens(text))


def sizes(groups: Groups) -> list[set[str]]:
    return [{size.digits for size in arm.sizes} for arm in groups.arms]


def whole(groups: Groups) -> set[str]:
    return {size.digits for size in groups.whole}


def spoken(text: str) -> list[tuple[int, str]]:
    return [(mention.group, text[mention.start : mention.end].lower()) for mention in read(text).mentions]


def labels(groups: Groups) -> list[str]:
    return [arm.label.lower() for arm in groups.arms]


# Each text, the words that must stand in the labels of its arms, and their sizes.
INTRODUCED = {
    "n in brackets": (
        "Patients were randomly assigned to velotrine (n = 54) or placebo (n = 51).",
        ["velotrine", "placebo"],
        ["54", "51"],
    ),
    "n in brackets, three": (
        "Adults were randomised to oral dorzanib 5 mg (n=40), oral dorzanib 10 mg (n=41), or placebo (n=39) for 8"
        " weeks.",
        ["dorzanib 5 mg", "dorzanib 10 mg", "placebo"],
        ["40", "41", "39"],
    ),
    "bare numbers before names": (
        "Of 171 women, all were randomly assigned to melzinib or placebo (97 melzinib and 74 placebo).",
        ["melzinib", "placebo"],
        ["97", "74"],
    ),
    "bare numbers before names, treated": (
        "In this trial women received tolvexin or calbrin. A total of 88 women were analysed (45 tolvexin and 43"
        " calbrin).",
        ["tolvexin", "calbrin"],
        ["45", "43"],
    ),
    "number words before arms": (
        "Of 80 children, thirty-nine were randomised to zemirol and forty-one to placebo.",
        ["zemirol", "placebo"],
        ["39", "41"],
    ),
    "number words after the arms": (
        "Thirty boys were randomised to splints or rest: sixteen to splints and fourteen to rest.",
        ["splints", "rest"],
        ["16", "14"],
    ),
    "numbered in brackets, with sizes": (
        "Women were randomised to three groups: (1) walking (n = 20); (2) swimming (n = 21); (3) usual care (n = 19).",
        ["walking", "swimming", "usual care"],
        ["20", "21", "19"],
    ),
    "names with hyphens": (
        "Patients were randomly assigned to open stitching (open procedure) or covered stitching (covered procedure)."
        " We randomly assigned 103 patients to the open-procedure group and 104 to the covered-procedure group.",
        ["open stitching", "covered stitching"],
        ["103", "104"],
    ),
    "points in shortened words": (
        "In all, 141 men were randomly assigned to velotrine 160 mg q.d. (n=70) or calbrin 10 mg b.i.d. (n=71) for 12"
        " weeks.",
        ["velotrine", "calbrin"],
        ["70", "71"],
    ),
    "percentages in square brackets": (
        "Women were randomly assigned to receive either velotrine (312 [50%]) or calbrin (310 [50%]).",
        ["velotrine", "calbrin"],
        ["312", "310"],
    ),
    "people before the arms": (
        "Patients with gout (n = 60) were randomised to zemirol (n = 31) or placebo (n = 29).",
        ["zemirol", "placebo"],
        ["31", "29"],
    ),
    "to": (
        "We randomly assigned 399 patients to ostrumab and 401 to standard care.",
        ["ostrumab", "standard care"],
        ["399", "401"],
    ),
    "to, thin spaces": (
        "In all, 10 739 people were randomised: 5\u2009310 to fenolimus and 5\u2009429 to placebo.",
        ["fenolimus", "placebo"],
        ["5310", "5429"],
    ),
    "name, comma, number": (
        "Infants were randomised to cooling or usual care. We enrolled 61 infants (cooling, 30; usual care, 31).",
        ["cooling", "usual care"],
        ["30", "31"],
    ),
    "name, colon, number": (
        "Nurses were allocated to coaching or to control. There were 80 nurses randomised (coaching: 42, control: 38).",
        ["coaching", "control"],
        ["42", "38"],
    ),
    "in each group": (
        "Sixty men were randomly assigned to yoga or stretching, 30 in each group.",
        ["yoga", "stretching"],
        ["30", "30"],
    ),
    "per arm": (
        "Children were randomised 1:1 to syrup or tablets; 25 per arm were evaluable.",
        ["syrup", "tablets"],
        ["25", "25"],
    ),
    "received": (
        "Patients were randomised to brexomab or watchful waiting. In all 60 were treated: 31 patients received"
        " brexomab"
        " and 29 received watchful waiting.",
        ["brexomab", "watchful waiting"],
        ["31", "29"],
    ),
    "numbers in a list": (
        "Volunteers were randomised to a low dose (group 1), a middle dose (group 2), or a high dose (group 3)."
        " Among 61"
        " participants (20, 21, and 20 in groups 1 through 3, respectively), fever was rare.",
        ["low dose", "middle dose", "high dose"],
        ["20", "21", "20"],
    ),
    "number words": (
        "Forty-four patients were randomised to surgery or splinting: twenty-one to surgery and twenty-three to"
        " splinting.",
        ["surgery", "splinting"],
        ["21", "23"],
    ),
    "patients in brackets": (
        "Eligible women were randomised to early discharge (112 women) or standard discharge (109 women).",
        ["early discharge", "standard discharge"],
        ["112", "109"],
    ),
    "lettered with brackets": (
        "Patients were randomised to arm A (zoltamine 10 mg, n = 33) or arm B (zoltamine 20 mg, n = 35).",
        ["arm a", "arm b"],
        ["33", "35"],
    ),
    "shares that make all": (
        "Participants were divided into two groups: 25 (48.1%) in the honey group and 27 (51.9%) in the sugar group.",
        ["honey", "sugar"],
        ["25", "27"],
    ),
}


@pytest.mark.parametrize("text, names, counts", INTRODUCED.values(), ids=INTRODUCED.keys())
def test_arms_with_their_sizes(text: str, names: list[str], counts: list[str]) -> None:
    groups = read(text)
    assert len(groups.arms) == len(names)
    for name in names:
        assert any(name in label for label in labels(groups)), labels(groups)
    by_name = {name: arm for name in names for arm in groups.arms if name in arm.label.lower()}
    for name, count in zip(names, counts, strict=True):
        assert count in {size.digits for size in by_name[name].sizes}


# Arms without sizes.
NAMED = {
    "or": ("Patients were randomised 1:1 to receive trimoxan or selvitin daily.", ["trimoxan", "selvitin"]),
    "either": ("Men were assigned to receive either brief counselling or a leaflet.", ["brief counselling", "leaflet"]),
    "versus in an aim": ("This randomised trial tested orvanib versus placebo in asthma.", ["orvanib", "placebo"]),
    "compared with": (
        "We compared laser therapy with eye drops in glaucoma. Laser therapy lowered pressure in this trial.",
        ["laser therapy", "eye drops"],
    ),
    "doses": (
        "Patients were randomised to nuvorexin 100 mg, nuvorexin 200 mg, or placebo once daily.",
        ["nuvorexin 100 mg", "nuvorexin 200 mg", "placebo"],
    ),
    "dose without drug": (
        "Women were randomised to receive dalsitam 2 mg or 4 mg or placebo.",
        ["dalsitam 2 mg", "4 mg", "placebo"],
    ),
    "with or without": (
        "Patients were randomly assigned to receive cisplatin with or without torvumab.",
        ["cisplatin with torvumab", "cisplatin without torvumab"],
    ),
    "no treatment": (
        "Dogs' owners were allocated to training or no training in this trial.",
        ["training", "no training"],
    ),
    "crossover": (
        "In a randomised crossover trial volunteers received cherry juice, grape juice, or water in turn.",
        ["cherry juice", "grape juice", "water"],
    ),
    "list behind a colon": (
        "Schools were randomly allocated to one of three conditions: free fruit, free milk, or control.",
        ["free fruit", "free milk", "control"],
    ),
    "groups by their own words": (
        "This was a randomised study. Pain fell more in the massage group than in the heat group. The massage"
        " group slept"
        " better. The heat group did not.",
        ["massage", "heat"],
    ),
    "control and intervention": (
        "A cluster randomised trial. Uptake was 40% in intervention villages and 20% in control villages.",
        ["intervention", "control"],
    ),
    "the one treatment": (
        "In this single-arm phase 2 study, patients received lorvatamab every 3 weeks. Responses to lorvatamab lasted."
        " Lorvatamab was well tolerated.",
        ["lorvatamab"],
    ),
}


@pytest.mark.parametrize("text, names", NAMED.values(), ids=NAMED.keys())
def test_arms_without_sizes(text: str, names: list[str]) -> None:
    found = labels(read(text))
    assert len(found) == len(names)
    for name in names:
        assert any(name in label for label in found), found


# What is printed for the whole trial.
TOTALS = {
    "were randomised": ("A total of 171 patients were randomised to A-drug or placebo.", {"171"}),
    "we assigned": ("We randomly assigned 4744 patients to gliparin or placebo.", {"4744"}),
    "enrolled": ("Between 2004 and 2006, 311 patients were enrolled.", {"311"}),
    "among": ("Among 159 participants, fever occurred in 7%.", {"159"}),
    "n in brackets": ("Adult patients (n = 65) with neurogenic bladder were randomized to saline or drug.", {"65"}),
    "thousands": ("A total of 29,278 women underwent randomization.", {"29278"}),
    "words": ("Three hundred and two women with early disease were randomly assigned to groups.", {"302"}),
    "words, hyphen": ("Eighty-one patients were randomized at four centres.", {"81"}),
    "several": ("Of 300 patients screened, 171 were randomised and 168 were analysed.", {"300", "171", "168"}),
    "evaluable": ("282 subjects were evaluable; 141 per arm.", {"282"}),
    "adjectives": ("Overall, 264 previously untreated, operable patients were randomized.", {"264"}),
    "trial in": ("We did a randomised trial in 5238 patients with diabetes.", {"5238"}),
}


@pytest.mark.parametrize("text, counts", TOTALS.values(), ids=TOTALS.keys())
def test_totals(text: str, counts: set[str]) -> None:
    assert counts <= whole(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "The trial ran from May 2013 to June 2019 at 42 sites and lasted 36 months.",
        "Doses were 120 mg on day 1 and 60 mg on day 15, given in 3 cycles.",
        "Nausea occurred in 12 (24%) and rash in 9 (18%).",
        "Patients were randomised 2:1 and followed for 24 weeks.",
    ],
)
def test_other_numbers_are_no_sizes(text: str) -> None:
    groups = read(text)
    assert whole(groups) == set()
    assert all(not found for found in sizes(groups))


def test_events_are_no_sizes() -> None:
    text = (
        "Patients were randomly assigned to sutrolol (n = 120) or placebo (n = 118). Death occurred in 14"
        " patients (12%)"
        " in the sutrolol group and in 21 patients (18%) in the placebo group."
    )
    assert sizes(read(text)) == [{"120"}, {"118"}]


def test_those_lost_are_no_sizes() -> None:
    text = (
        "Women were randomly allocated to dolvamir (n = 304) or rest (n = 298). Two patients allocated to dolvamir and"
        " three allocated to rest were ineligible."
    )
    assert sizes(read(text)) == [{"304"}, {"298"}]


def test_clusters_are_told_from_patients() -> None:
    groups = read("In this trial 71 daycare centres with 795 caregivers were randomised to hygiene or usual practice.")
    assert {size.digits: size.population for size in groups.whole}["71"] == "clusters"


def test_populations() -> None:
    groups = read("Of 381 patients screened, 142 were randomly assigned to vardimab or placebo.")
    assert {size.digits: size.population for size in groups.whole} == {"381": "screened", "142": "randomised"}


TWO = "Patients were randomly assigned to moxidral or placebo. "


@pytest.mark.parametrize(
    "words, arm",
    [
        ("in the control group", 1),
        ("in the moxidral group", 0),
        ("in the intervention group", 0),
        ("among control patients", 1),
        ("among controls", 1),
        ("with moxidral", 0),
        ("in moxidral-treated women", 0),
        ("in moxidral recipients", 0),
        ("in those given placebo", 1),
        ("in untreated patients", 1),
    ],
)
def test_mentions_by_role_and_name(words: str, arm: int) -> None:
    text = f"{TWO}Fever occurred {words}."
    assert [group for group, _ in spoken(text)[2:]] == [arm]


@pytest.mark.parametrize(
    "words", ["in both groups", "between the two arms", "in each group", "in disease control", "on study"]
)
def test_what_is_no_mention(words: str) -> None:
    assert len(spoken(f"{TWO}Fever was alike {words}.")) == 2


@pytest.mark.parametrize(
    "words, arm",
    [
        ("gemvatin plus durolac", 0),
        ("gemvatin and durolac", 0),
        ("gemvatin", 0),
        ("the combination", 0),
        ("durolac alone", 1),
        ("durolac monotherapy", 1),
        ("durolac", 1),
    ],
)
def test_a_drug_of_both_arms(words: str, arm: int) -> None:
    text = f"Patients were randomised to gemvatin plus durolac or durolac alone. Survival was 14 months with {words}."
    assert [group for group, _ in spoken(text)[2:]] == [arm]


def test_a_drug_of_both_arms_that_tells_nothing() -> None:
    text = "Patients were randomised to vandet plus gemcivol or placebo plus gemcivol. All tolerated gemcivol."
    assert len(spoken(text)) == 2


def test_abbreviations() -> None:
    text = (
        "Patients were treated with gemvatin-doxal (GD) or cisvolin-vinol (CV) in this randomised trial."
        " Response was 31% for GD and 36% for CV."
    )
    assert [group for group, words in spoken(text) if words in ("gd", "cv")] == [0, 1, 0, 1]


def test_abbreviations_that_are_explained_elsewhere() -> None:
    text = (
        "Whole breast irradiation (WBI) is common. Women were randomised to WBI or observation."
        " After whole breast irradiation 3% relapsed."
    )
    assert (0, "whole breast irradiation") in spoken(text)[-1:]


def test_who_is_without_the_one_has_the_other() -> None:
    text = (
        "Women were randomised to chemotherapy with or without gosarel. Menses returned in 70% with gosarel and in 57%"
        " without gosarel (P = .28)."
    )
    assert spoken(text)[-2:] == [(0, "gosarel"), (1, "without gosarel")]


def test_control_of_something_is_no_group() -> None:
    text = (
        "Homes were randomised to an intervention group or a control group. Dust control failed in the control group;"
        " the intervention group had better blood pressure control."
    )
    assert [words for _, words in spoken(text)].count("control group") == 2
    assert all(words != "control" for _, words in spoken(text))


def test_the_former_and_the_latter() -> None:
    text = f"{TWO}Moxidral and placebo were both safe; the former cost more, the latter less."
    assert [group for group, words in spoken(text) if words.startswith("the ")] == [0, 1]


def test_a_name_in_another_sense() -> None:
    text = f"This was a placebo-controlled trial. {TWO}Moxidral-resistant strains were rare."
    assert [words for _, words in spoken(text)] == ["moxidral", "placebo"]


def test_letters() -> None:
    text = "Patients were randomised to brenzol (arm A) or folimet (arm B). Relapse: arm B 12%, arm A 10%."
    assert [group for group, words in spoken(text) if words.startswith("arm")] == [0, 1, 1, 0]


def test_letters_in_a_list() -> None:
    text = "Pigs' keepers were randomised to brenzol (group A) or folimet (group B). Cure was alike in groups A and B."
    assert [group for group, _ in spoken(text)[-2:]] == [0, 1]


def test_roles() -> None:
    groups = read("Patients were randomised to placebo or gliparin.")
    assert {arm.label: arm.role for arm in groups.arms} == {"placebo": "control", "gliparin": "experimental"}
    assert [arm.role for arm in read("Patients were randomised to gliparin or warfolin.").arms] == [None, None]


def test_roles_said_in_brackets() -> None:
    groups = read("Women were randomised to a diary (intervention group, n = 20) or a booklet (control group, n = 22).")
    assert [arm.role for arm in groups.arms] == ["experimental", "control"]


def test_a_group_of_another_name_is_the_other_arm() -> None:
    text = (
        "Women were randomly assigned to conjugated oestrin (n = 50) or matching placebo (n = 51). Cancer arose in 6 in"
        " the hormone therapy group and 5 in the placebo group. The hormone therapy group had more clots."
    )
    assert [group for group, words in spoken(text) if "hormone" in words] == [0, 0]


def test_no_arms_in_other_studies() -> None:
    text = "In a cohort of 4817 women, 405 (8.4%) smoked. Smoking was associated with earlier menopause (OR 1.4)."
    assert read(text).arms == ()


def test_mentions_do_not_overlap() -> None:
    text = "Adults were randomised to oral zinc plus copper, zinc, or placebo. Oral zinc plus copper beat zinc."
    mentions = read(text).mentions
    assert all(first.end <= second.start for first, second in itertools.pairwise(mentions))


def test_places_are_those_of_the_text() -> None:
    text = "Forty-two men were randomised to Relvatin\u00ae (n\u2009=\u200920) or Placebo (n\u2009=\u200922)"
    groups = read(text)
    assert [text[size.start : size.end] for arm in groups.arms for size in arm.sizes] == ["20", "22"]
    assert [text[size.start : size.end] for size in groups.whole] == ["Forty-two"]


@pytest.mark.parametrize(
    "text", ["", " ", ".", "(", "randomised to", "group group group", "n = ", "A or B or C or D or E."]
)
def test_odd_texts(text: str) -> None:
    assert len(read(text).arms) <= 8


@pytest.mark.parametrize(
    "unit",
    [
        "randomised to a or b (n = 5) ",
        "group A, group B and 12, 13, 14 patients in ",
        "((((n = 1 ",
        "compared with the versus ",
        "12 patients with x and y, ",
        "to receive either a plus b or c with or without d ",
    ],
)
def test_hostile_texts_stay_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        document = read_tokens(unit * (size // len(unit)))
        start = time.process_time()
        find_groups(document)
        return time.process_time() - start

    assert seconds(400_000) < 20 * seconds(50_000) + 0.5
