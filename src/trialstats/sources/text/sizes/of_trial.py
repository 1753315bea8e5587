"""The numbers of patients of a trial: of each arm, and of all."""

from __future__ import annotations

from trialstats.sources.text.groups.model import Sized
from trialstats.sources.text.groups.numbers import Number
from trialstats.sources.text.groups.prose import Prose
from trialstats.sources.text.sizes.adding_up import of_both, with_parts
from trialstats.sources.text.sizes.analysed import add_analysed
from trialstats.sources.text.sizes.completed import add_completed
from trialstats.sources.text.sizes.of_all import find_totals
from trialstats.sources.text.sizes.of_arms import find_sizes
from trialstats.sources.text.sizes.sought import Arms


def sizes_of_trial(
    prose: Prose, numbers: list[Number], arms: Arms
) -> tuple[list[list[Sized]], list[Sized], tuple[int, ...]]:
    """Return the sizes of each arm, those of the whole trial, and where people stand who are neither.

    Parameters
    ----------
    prose : Prose
    numbers : list of Number
    arms : Arms
    """
    sizes, used = find_sizes(prose, numbers, arms)
    add_analysed(prose, numbers, arms, sizes)
    add_completed(prose, numbers, sizes)
    whole = find_totals(prose, numbers, used, sizes)
    told = with_parts(prose, numbers, arms, sizes, whole)
    if told is sizes:
        return sizes, whole, ()
    before, after = ({one.start for of in sides for one in of} for sides in (sizes, told))
    free = {start for start in before - after if of_both(prose, arms, start)}
    whole = find_totals(prose, numbers, (used - free) | after, told)
    return told, whole, tuple(sorted(before - after - {one.start for one in whole}))
