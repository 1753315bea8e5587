"""What a trial was designed to detect, with which error rates, and how many patients or events that takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from trialstats.claims.place import Expectation, Place, refuse_other_than_printed
from trialstats.reported import Reported
from trialstats.values import EMPTY, frozen

PLANNED_EFFECTS: Mapping[str, str] = MappingProxyType(
    {
        "hazard-ratio": "a hazard ratio, or two medians or rates at a time that imply one",
        "proportions": "two proportions",
        "means": "a difference of means in units of its standard deviation",
        "one-proportion": "one arm's proportion against one of no interest",
    }
)
"""What a trial can be designed to detect."""
PLANNED_DESIGNS = ("simon", "optimal", "minimax", "single-stage")
"""Designs of one arm's proportion that a text may name."""
PLANNED_AIMS: Mapping[str, str] = MappingProxyType(
    {
        "superiority": "that the arms differ",
        "noninferiority": "that one arm is not worse than the other by a margin",
        "equivalence": "that the arms differ by less than a margin, either way",
    }
)
"""What a trial can be designed to show of two arms."""
PLANNED_PAIRS: Mapping[str, str] = MappingProxyType(
    {"pairs": "two measurements of each patient or pair", "crossover": "each patient gets both treatments"}
)
"""Designs in which each patient, or pair, is his own control."""
TIME_UNITS: Mapping[str, float] = MappingProxyType(
    {"days": 12 / 365.25, "weeks": 84 / 365.25, "months": 1.0, "years": 12.0}
)
"""Units of a design's times, each in months."""
PLANNED: Mapping[str, str] = MappingProxyType(
    {
        "power": "the power",
        "beta": "the type II error rate",
        "alpha": "the type I error rate",
        "first": "what is expected without the treatment: a proportion, a mean or a median",
        "second": "what the treatment shall reach",
        "difference": "the difference to detect",
        "effect-size": "the difference in standard deviations",
        "sd": "the standard deviation",
        "second-sd": "the standard deviation of the second mean, where it is another",
        "ratio": "the hazard ratio to detect",
        "reduction": "the reduction of the hazard to detect",
        "margin": "the largest difference, or ratio of hazards, that still counts as not worse",
        "correlation": "the correlation of two measurements of a patient, such as of baseline and outcome",
        "icc": "the intracluster correlation",
        "cluster-size": "patients in each cluster",
        "event-share": "the share of patients expected to have the event",
        "events": "events needed",
        "patients": "patients needed in all",
        "per-arm": "patients needed in each arm",
        "lost": "the share expected to be lost",
        "recruited": "patients to recruit in all, so that enough are left",
        "recruited-per-arm": "patients to recruit in each arm",
        "stage-1": "patients of the first of two stages",
        "stop": "most responses of the first stage with which the trial stops",
        "reject": "most responses in all with which the treatment is not called promising",
        "clusters": "clusters needed in all",
        "clusters-per-arm": "clusters needed in each arm",
        "time": "the time at which two rates are expected",
        "accrual": "how long patients are recruited",
        "follow-up": "how long patients are followed, the last one from the end of the accrual",
        "duration": "how long the trial takes from the first patient on",
    }
)
"""The numbers of a design statement, by name."""
PLANNED_TIMES = ("time", "accrual", "follow-up", "duration")
"""Those of them that are times; medians, the `first` and `second` of a hazard ratio, are times too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One design statement: what a trial was to detect, and how many patients or events that takes. It is no result.

    Attributes
    ----------
    id : str
    effect : str
        A name of `PLANNED_EFFECTS`.
    numbers : mapping of str to Reported
        As printed, by a name of `PLANNED`.
    sided : int or None
        Of the test, where the text says so.
    arms : int or None
        How many arms the patients are divided into, where the text says so; two are usual.
    allocation : tuple of int
        How many patients of each arm there are to those of the others, as ``(2, 1)``, where the text says so.
    design : str or None
        ``simon``, ``optimal``, ``minimax`` or ``single-stage``, where the text says so of one arm's proportion.
    aim : str
        A name of `PLANNED_AIMS`.
    pairs : str or None
        A name of `PLANNED_PAIRS`, where patients are their own controls.
    units : mapping of str to str
        Of the numbers that are times: a name of `TIME_UNITS` for each.
    says : tuple of str
        What the text says of the design that no plain formula knows: clusters, interim analyses, a margin.
    inferred : tuple of str
        Names of numbers that were not printed at this place, or may belong to something else.
    expect : Expectation or None
    where : Place
    """

    id: str
    effect: str
    numbers: Mapping[str, Reported] = EMPTY
    sided: int | None = None
    arms: int | None = None
    allocation: tuple[int, ...] = ()
    design: str | None = None
    aim: str = "superiority"
    pairs: str | None = None
    units: Mapping[str, str] = EMPTY
    says: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()
    expect: Expectation | None = None
    where: Place = Place()

    def __post_init__(self) -> None:
        object.__setattr__(self, "numbers", frozen(self.numbers))
        object.__setattr__(self, "units", frozen(self.units))
        refuse_other_than_printed(*self.numbers.values())
