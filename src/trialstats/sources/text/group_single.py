"""The one arm of a trial without a control: what all its patients were given."""

from __future__ import annotations

import re
from collections import Counter

from trialstats.sources.text.document import Document
from trialstats.sources.text.group_model import Group, Groups, Mention

_UNCONTROLLED = re.compile(
    r"\bsingle[- ](?:arm|group)\b|\bphase (?:i|ii|1|2|1/2|i/ii|1b|2a|ib|iia|ib/ii|1b/2)\b|\bopen[- ]label\b"
    r"|\bpilot (?:study|trial)\b|\bdose[- ]escalation|\bnon-?randomi[sz]ed\b|\buncontrolled\b"
    r"|\bwere (?:all )?(?:treated|given)\b|\bpatients received\b|\bcase series\b"
)
_COMPARED = re.compile(
    r"\brandom(?:i[sz](?!ed (?:phase iii|trials? (?:is|are)))|ly)|\bplacebo\b|\bcontrol (?:group|arm|patients)"
    r"|\bcontrols\b|\bcase-control|\bmeta-analys|\bsystematic review|\bboth groups\b|\btwo groups\b|\b(?:two|both"
    r"|three) arms\b|\bin (?:group|arm) [ab1]\b"
)
_GIVEN = re.compile(
    r"\b(?:receiv(?:ed|ing|e)|treated with|treatment (?:with|using)|therapy with|administ(?:ration|ered)(?: of)?"
    r"|efficacy(?: and \w+)? of|activity(?: and \w+)? of|safety(?: and \w+)? of|tolerability of|(?:study|trial) of"
    r"|evaluat(?:e|ed|ing)|addition of|effects? of|given|combination of|single-agent|response to|underwent)(?: the"
    r"| a| an| (?:oral|intravenous|weekly|daily|combined|adjuvant|neoadjuvant|concurrent|high-dose|low-dose"
    r"|single-agent|induction|first-line|second-line|salvage))* (?P<name>[a-z][\w/-]{2,}(?:(?: plus| and| with"
    r"| combined with|/) [a-z][\w-]{3,}|(?: [a-z][\w-]{3,})){0,2})"
)
_NO_NAME_TEXT = """
patients women men treatment therapy disease cancer response survival prior previous study trial safety efficacy this
these their chemotherapy-naive both either one two first second best dose doses tolerability activity with from and were
was had that which into least more outcome outcomes
"""
_NO_NAME = frozenset(_NO_NAME_TEXT.split())
_ENDS = re.compile(
    r" (?:in|for|of|at|on|as|was|were|had|who|that|until|every|once|twice|after|before|during|to|from|is|has|by"
    r"|without|or|alone|patients?|treatment|therapy|among|over|followed|given|with|and)\b.*$"
)


def with_single_arm(document: Document, groups: Groups) -> Groups:
    """Return a trial's groups with its one arm, where a text without groups tells of one treatment for all.

    Parameters
    ----------
    document : Document
    groups : Groups
    """
    text = document.tokens.text
    if len(groups.arms) > 1 or _UNCONTROLLED.search(text) is None or _COMPARED.search(text) is not None:
        return groups
    found: Counter[str] = Counter()
    for match in _GIVEN.finditer(text):
        name = _ENDS.sub("", match["name"])
        words = name.split()
        if words and not _NO_NAME & {words[0], words[-1]} and len(name) > 3:
            found[name] += 1
    if not found:
        return groups
    name = max(found, key=lambda one: (found[one] * min(4, text.count(one)), len(one)))
    places = [one.start() for one in re.finditer(re.escape(name), text)]
    label = document.cased[places[0] : places[0] + len(name)]
    sizes = tuple(size for size in groups.whole if size.population not in ("screened", "eligible", "clusters"))
    arm = Group(label, (name,), sizes, None)
    return Groups((arm,), groups.whole, tuple(Mention(0, at, at + len(name)) for at in places))
