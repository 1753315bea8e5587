"""Find the groups of a trial: its arms with all their names and sizes, and every mention of them."""

from __future__ import annotations

from dataclasses import replace

from trialstats.sources.text.groups.compared import sole_arm
from trialstats.sources.text.groups.doses import with_doses
from trialstats.sources.text.groups.heads import heads_of
from trialstats.sources.text.groups.lists import introductions, is_sure
from trialstats.sources.text.groups.model import Group, Groups, Mention, Sized
from trialstats.sources.text.groups.numbers import patient_numbers
from trialstats.sources.text.groups.prose import read_prose
from trialstats.sources.text.groups.trimmed import extents
from trialstats.sources.text.names.aligned import align, align_heads, name_letters, name_other_letter
from trialstats.sources.text.names.mentions import find_mentions
from trialstats.sources.text.names.of_phrases import Arm
from trialstats.sources.text.names.together import drop_people, joined_alternatives, name_arms
from trialstats.sources.text.sizes.kept_of_arms import without_few
from trialstats.sources.text.sizes.of_trial import sizes_of_trial
from trialstats.sources.text.sizes.sought import Arms
from trialstats.sources.text.tokens.document import Document


def find_groups(document: Document) -> Groups:
    """Return the arms of a trial, the sizes of the whole, and every mention of an arm.

    Parameters
    ----------
    document : Document

    Returns
    -------
    Groups

    Examples
    --------
    >>> from trialstats.sources.text.tokens.document import read_tokens
    >>> text = "We randomly assigned 60 adults to receive zoltamine (n = 31) or placebo (n = 29). Zoltamine helped."
    >>> groups = find_groups(read_tokens(text))
    >>> [(arm.label, [size.digits for size in arm.sizes], arm.role) for arm in groups.arms]
    [('zoltamine', ['31'], 'experimental'), ('placebo', ['29'], 'control')]
    >>> [size.digits for size in groups.whole]
    ['60']
    >>> [(mention.group, text[mention.start : mention.end]) for mention in groups.mentions]
    [(0, 'zoltamine'), (1, 'placebo'), (0, 'Zoltamine')]
    """
    prose = read_prose(document)
    heads = heads_of(prose.flat)
    found = introductions(prose, heads)
    arms = name_arms(prose, with_doses(prose, found[0].phrases) if found else sole_arm(prose))
    arms = joined_alternatives(prose, arms)
    for one in [one for one in found[1:] if one.kind > 2][:5]:
        align(prose, arms, one.phrases)
    align_heads(arms, heads)
    name_letters(prose, arms)
    name_other_letter(prose, arms)
    drop_people(arms)
    mentions = find_mentions(prose, arms) if arms else []
    numbers = patient_numbers(document, prose, mentions)
    controls = [number for number, arm in enumerate(arms) if arm.role == "control"]
    control = controls[0] if len(arms) == 2 and len(controls) == 1 else -1
    ranges = extents(prose, [arm.phrase for arm in arms])
    sought = Arms.of(mentions, ranges, control)
    sizes, whole, apart = sizes_of_trial(prose, numbers, sought)
    sizes = without_few(sizes, whole)
    groups = _ordered(arms, sizes, whole, mentions, sure=not found or is_sure(found[0]))
    return replace(groups, apart=apart) if apart else groups


def _ordered(
    arms: list[Arm], sizes: list[list[Sized]], whole: list[Sized], mentions: list[Mention], *, sure: bool
) -> Groups:
    """Put arms in the order of their first mention."""
    first: dict[int, int] = {}
    for mention in mentions:
        first.setdefault(mention.group, mention.start)
    order = sorted(range(len(arms)), key=lambda number: first.get(number, arms[number].phrase.start))
    place = {old: new for new, old in enumerate(order)}
    return Groups(
        tuple(Group(arms[n].label, arms[n].names, tuple(sizes[n]), arms[n].role, arms[n].phrase.start) for n in order),
        tuple(whole),
        tuple(Mention(place[m.group], m.start, m.end) for m in mentions),
        sure,
    )
