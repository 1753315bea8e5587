"""The joint search against trying every combination."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialstats.search.joint import search as joint_module
from trialstats.search.joint.search import MOST_CLAIMS, Candidate, JointSearch

NAMES = ("rounding", "method", "n:a", "n:b")


@st.composite
def papers(draw):
    families = {
        name: {f"{name}{i}": draw(st.sampled_from([0.0, 0.5, 1.0, 4.5])) for i in range(draw(st.integers(1, 4)))}
        for name in NAMES
    }
    claims = []
    for _ in range(draw(st.integers(0, 6))):
        candidates = []
        for _ in range(draw(st.integers(0, 4))):
            concerned = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=4))
            choices = {}
            for name in concerned:
                some = draw(st.lists(st.sampled_from(sorted(families[name])), min_size=1, unique=True))
                choices[name] = some[0] if len(some) == 1 else frozenset(some)
            candidates.append(Candidate(choices, draw(st.sampled_from([0.0, 0.25, 2.0, 9.0]))))
        claims.append(candidates)
    return claims, families, draw(st.sampled_from([1.0, 8.0, MOST_CLAIMS]))


def total(claims, families, departure, choices):
    cost = sum(families[name][value] for name, value in choices.items())
    for candidates in claims:
        cost += min([departure, *(one.cost for one in candidates if one.holds(choices))])
    return cost


def explained(claims, choices):
    return tuple(at for at, candidates in enumerate(claims) if any(one.holds(choices) for one in candidates))


def every(families):
    for values in product(*families.values()):
        yield dict(zip(families, values, strict=True))


@settings(max_examples=150)
@given(papers())
def test_the_least_total_is_that_of_trying_everything(paper):
    claims, families, departure = paper
    search = JointSearch(claims, families, departure)
    least = min(total(claims, families, departure, choices) for choices in every(families))
    assert search.least == pytest.approx(least)
    for joint in search.ties:
        completed = [one for one in every(families) if joint.choices.items() <= one.items()]
        optimal = [one for one in completed if total(claims, families, departure, one) == pytest.approx(least)]
        assert any(explained(claims, one) == joint.explained for one in optimal)


@settings(max_examples=60)
@given(papers())
def test_every_choice_has_its_least_total(paper):
    claims, families, departure = paper
    search = JointSearch(claims, families, departure)
    for name, menu in families.items():
        by_choice = search.by_choice(name)
        for value in menu:
            least = min(total(claims, families, departure, one) for one in every(families) if one[name] == value)
            assert by_choice[value] == pytest.approx(least)


@settings(max_examples=60)
@given(papers())
def test_alternatives_are_the_choices_of_all_that_tie(paper):
    claims, families, departure = paper
    search = JointSearch(claims, families, departure)
    least = search.least
    for name, values in search.alternatives.items():
        for value in values:
            assert search.by_choice(name)[value] == pytest.approx(least)


@settings(max_examples=40)
@given(papers())
def test_enumerating_a_family_instead_of_a_large_table_gives_the_same(paper):
    claims, families, departure = paper
    search = JointSearch(claims, families, departure)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joint_module, "MOST_CELLS", 4)
        small = JointSearch(claims, families, departure)
        assert small.least == pytest.approx(search.least)
        assert small.ties == search.ties
        for name in families:
            assert small.by_choice(name) == pytest.approx(search.by_choice(name))


@settings(max_examples=40)
@given(papers())
def test_one_paper_has_one_answer(paper):
    claims, families, departure = paper
    first, again = JointSearch(claims, families, departure), JointSearch(claims, families, departure)
    assert first.ties == again.ties and first.ties[0] == again.best


def test_a_claim_of_two_local_families_links_them():
    """A comparison of two arms concerns the denominators of both."""
    pairs = [Candidate({"n:a": 95, "n:b": 70}), Candidate({"n:a": 93, "n:b": 72})]
    families = {"n:a": dict.fromkeys((97, 95, 93), 1.0), "n:b": dict.fromkeys((74, 72, 70), 1.0)}
    ties = JointSearch([pairs], families).ties
    assert [dict(one.choices) for one in ties] == [{"n:a": 95, "n:b": 70}, {"n:a": 93, "n:b": 72}]
    settled = JointSearch([pairs, [Candidate({"n:b": frozenset((72, 74))})]], families).ties
    assert [dict(one.choices) for one in settled] == [{"n:a": 93, "n:b": 72}]


def test_a_departure_may_be_cheaper_than_a_rare_convention():
    claims = [[Candidate({"rounding": "nearest"})], [Candidate({"rounding": frozenset(("nearest", "up"))})],
              [Candidate({"rounding": "up"})]]  # fmt: skip
    costs = {"rounding": {"nearest": 0.1, "up": 6.0}}
    assert JointSearch(claims, costs).best.explained == (0, 1)
    both = claims[1:]
    assert JointSearch(both, costs, departure=4.0).best.choices == {"rounding": "nearest"}
    assert JointSearch(both, costs).best.choices == {"rounding": "up"}


def test_alternatives_that_print_a_claim():
    families = {"n": {10: 1.0, 20: 1.0}}
    search = JointSearch([[Candidate({"n": 10})], [Candidate({"n": 20})]], families, 8.0)
    assert search.alternatives == {"n": (10, 20)}
    assert search.alternatives_printing((1,)) == {"n": (20,)}
    assert search.alternatives_printing((0, 1)) == {}
