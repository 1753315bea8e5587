"""Mentions of an arm by its role: "the intervention group", "controls"."""

from __future__ import annotations

import re

from trialstats.sources.text.groups.model import Mention
from trialstats.sources.text.groups.numbers import INITIALS
from trialstats.sources.text.names.of_phrases import Arm

_PEOPLE = (
    r"(?:groups?|arms?|patients|participants|subjects|women|men|children|infants|individuals|people|eyes|clusters"
    r"|practices"
    r"|villages|schools|clinics|hospitals|physicians|condition|cohort|treatment|regimen|sites|centres|centers"
    r"|households|students|adults|mothers|mice"
    rf"|{INITIALS})\b"
)
_ROLE_HEAD = re.compile(rf"[ -]{_PEOPLE}|-(?:treated|assigned)\b")
_BEFORE_CONTROL = re.compile(
    r"(?:\band|\bor|\bversus|\bvs\.?|\bv|\bto|\bin|\bthe|\bwith|\bfor|\bthan|\bunder|\bof|[,;(0-9=])\s?$"
)
_BEHIND_CONTROL = re.compile(
    r"(?: and [a-z-]+){1,2} (?:groups?|arms?|patients|participants|conditions)\b|,? respectively|[.,;:)]"
    r"| (?:was|were|had|and)\b| n ?= ?[0-9]|\s?\(|$"
)
_ROLE_WORDS = {
    "control": "control", "controls": "control", "comparator": "control", "comparison": "control",
    "untreated": "control", "intervention": "experimental", "experimental": "experimental", "treatment": "experimental",
    "study": "experimental", "active": "experimental", "treated": "experimental",
}  # fmt: skip
# These words are common: only with a group or arm behind them do they name one.
_ONLY_WITH_GROUP = frozenset(("study", "treatment", "active", "comparison"))


def roles(text: str, arms: list[Arm]) -> list[Mention]:
    """Find "the control group", "intervention patients", "controls"."""
    by_role: dict[str, int] = {}
    for role in ("control", "experimental"):
        of = [number for number, arm in enumerate(arms) if arm.role == role]
        if len(of) == 1:
            by_role[role] = of[0]
    found: list[Mention] = []
    for word, role in _ROLE_WORDS.items():
        if (arm := by_role.get(role)) is None:
            continue
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            before = text[max(0, at - 1) : at]
            if not (before.isalnum() or before == "-" or text[end : end + 1].isalnum()):
                stop = _role_end(text, at, end, word)
                if stop > 0:
                    found.append(Mention(arm, at, stop))
            at = text.find(word, end)
    return found


_ACTIVE = re.compile(
    r" (?:drug|agent|medication|compound|substance|vaccine|treatment|therapy)\b"
    r"(?!(?: and| or| versus| vs\.?)? (?:phase|period|comparator|control|arm|group|stage|extension|run-in|[a-z]+ing\b))"
)
_WITH_ACTIVE = re.compile(r"\b(?:with|on|receiving|given|taking|took|received|than)(?: the)? $")
"""What leads to the one arm that is not given placebo: "was 4.1 with the active drug"."""
_SHARE_OF_ROLE = re.compile(r"[0-9](?: ?%| mm| days| months| points)? \(?$")
_BARE_ROLES = frozenset(("treated", "untreated", "control", "intervention", "experimental"))
_ROLE_ENDS = re.compile(r"\s?[,;)]| (?:and|vs\.?|versus|v)\b")


def _role_end(text: str, start: int, end: int, word: str) -> int:
    """Return where the mention ends that begins with a word for a role, or -1 if it is none."""
    head = _ROLE_HEAD.match(text, end) or _of_both_roles(text, end, word)
    if head is not None:
        noun = head[0][1:]
        if word in _ONLY_WITH_GROUP and not noun.startswith(("group", "arm")):
            return -1
        return -1 if word in ("study", "treatment") and noun in ("groups", "arms") else head.end()
    if word == "controls":
        return end
    if word == "active" and (drug := _ACTIVE.match(text, end)) is not None and "placebo" in text:
        return drug.end() if _WITH_ACTIVE.search(text, max(0, start - 16), start) else -1
    if word in _EXPERIMENTAL and _AND_CONTROL.match(text, end):
        return end
    if word in _BARE_ROLES and _SHARE_OF_ROLE.search(text, max(0, start - 8), start):
        # "(100% treated, 91% controls)", "22% control versus 41% intervention"
        return end if _ROLE_ENDS.match(text, end) else -1
    if word not in ("control", "intervention"):
        return -1
    around = _BEFORE_CONTROL.search(text, max(0, start - 8), start), _BEHIND_CONTROL.match(text, end)
    return end if all(around) else -1


def _of_both_roles(text: str, end: int, word: str) -> re.Match[str] | None:
    """Return the noun that a text has for both arms: "control houses", where it has "intervention houses" too."""
    noun = _PLURAL.match(text, end) if word in _OTHER_ROLE else None
    return noun if noun is not None and any(f"{other}{noun[0]}" in text for other in _OTHER_ROLE[word]) else None


# "the study and the control groups", "19% of treatment and 13% of control group"
_EXPERIMENTAL = frozenset(("study", "treatment", "active", "experimental", "intervention", "treated"))
_AND_CONTROL = re.compile(
    r" (?:and|versus|vs\.?|or) (?:[0-9.]{1,6} ?%? (?:\([^()]{1,20}\) )?(?:of|in|from|for|among) )?(?:the )?"
    r"(?:control|placebo|comparison)[ -](?:groups?|arms?|patients)\b"
)
_OTHER_ROLE = {
    "control": ("intervention", "experimental"), "intervention": ("control",), "experimental": ("control",),
}  # fmt: skip
_PLURAL = re.compile(r" [a-z]{3,14}s\b")
