"""The labels of arms: the words that introduce them, without their sizes, with what they share or what a group is."""

from __future__ import annotations

import re
from collections import Counter

from trialstats.sources.text.groups.kinds import ADJECTIVE
from trialstats.sources.text.groups.lettered import GIVEN_TO
from trialstats.sources.text.groups.model import Groups
from trialstats.sources.text.groups.prose import Prose

# A bracket with results or sizes, behind a label.
_RESULT_BRACKET = re.compile(
    r"\s?[(\[][^()\[\]]{0,200}?(?:%|p ?[<=]|ci\b|\bn ?=|\bratio,? [0-9]|[0-9] (?:patients|women|men|participants"
    r"|in each|per group|per arm|each"
    r"|subjects|children|and|v|vs|versus)\b|(?<=[(\[])[0-9]{1,5}(?=[)\]])"
    r"|(?<=[(\[])[0-9]{1,7} (?!mg|g|kg|ml|iu|gy|hours|days|weeks|months|cycles)[a-z]{3,})[^()\[\]]{0,200}[)\]]?\s?$",
    re.IGNORECASE,
)
# A bracket that goes on behind the longest label.
_CUT_BRACKET = re.compile(r"(?<=.{20}) ?[(\[][^()\[\]]*(?:[(\[][^()\[\]]*[)\]][^()\[\]]*)*$")
_SIZE_IN_BRACKETS = re.compile(r"\s?\((?:n\.? ?= ?[0-9][0-9,]*|[0-9](?::[0-9]){1,6})\)", re.IGNORECASE)
_LONGEST = 200


def label_of(words: str) -> str:
    """Return the words for an arm without quotation marks and without the brackets behind: sizes, results, one cut off.

    Parameters
    ----------
    words : str
    """
    words = _SIZE_IN_BRACKETS.sub("", _RESULT_BRACKET.sub("", words)).strip()
    while (cut := _BRACKET_OF_RESULT.search(words)) is not None and cut.start() > 2:
        words = words[: cut.start()].strip()
    words = _QUOTES.sub("", _CUT_BRACKET.sub("", words[:_LONGEST]).rstrip(" ,"))
    # One mark of a pair, "late" feeding.
    return words.replace('"', "") if words.count('"') % 2 else words


_QUOTES = re.compile(r"^['\"‘’“”]+(?=\w)|(?<=[\w.)])['\"‘’“”]+$")


_BRACKET_OF_RESULT = re.compile(
    r"\s?[(\[](?:[^()\[\]]{0,60}(?:\bci\b|±|\bp ?[=<>]|[0-9] ?%)"
    r"|(?:mean|median|odds|hazard|relative)\b|(?:hr|or|rr)[ ,:=]+[0-9]|[^()\[\]]{0,40}$)",
    re.IGNORECASE,
)


def without_doses(labels: list[str]) -> list[str]:
    """Return labels without the brackets that tell how something is given, if all differ without them too.

    Parameters
    ----------
    labels : list of str
    """
    short = [_HOW_GIVEN.sub(_parts_kept, label).strip(" ,") for label in labels]
    short = [label if _LETTER.match(one) else one for one, label in zip(short, labels, strict=True)]
    return short if _differ(short) else labels


# "arm A (zinc 5 mg daily)": only the bracket tells what it is
_LETTER = re.compile(r"(?:(?:group|arm|cohort|regimen) [a-z0-9]{1,3}(?: ?\([^()]*\))?)?$", re.IGNORECASE)


def _differ(labels: list[str]) -> bool:
    return len({label.lower() for label in labels}) == len(labels)


def _parts_kept(found: re.Match[str]) -> str:
    """Return what a bracket with a dose has besides: the letter of the arm, the name of its group."""
    parts = [part.strip() for part in re.split(r"[;,]", found["inner"])]
    kept = [part for part in parts if _OF_GROUP.search(part) is not None and not any(map(str.isdigit, part[3:-3]))]
    return f"{found['space']}({', '.join(kept)})" if kept else ""


_DOSE = (
    r"(?:[0-9] ?(?:mg|g|mcg|[uµμ]g|iu|ml|gy|units|mmol|million)\b"
    r"|\b(?:area under|auc\b|daily|weekly|orally|on days?\b))"
)
_HOW_GIVEN = re.compile(
    rf"(?P<space> ?)[(](?=[^()]{{0,120}}{_DOSE})(?P<inner>(?:[^()]|[(][^()]*[)]){{10,}})[)]", re.IGNORECASE
)
_OF_GROUP = re.compile(r"^(?:group|arm|cohort|regimen) [a-z0-9]{1,3}$|^(?:[a-z-]+ ){1,4}(?:group|arm)$", re.IGNORECASE)


def with_roles(text: str, groups: Groups, labels: list[str], first: int) -> list[str]:
    """Return labels with the roles by which the text calls these arms later: "zinc (study group)".

    Parameters
    ----------
    text : str
        In lower case.
    groups : Groups
    labels : list of str
        Of its arms.
    first : int
        Where the first result stands.
    """
    if any(_ROLE_NAME.search(label.lower()) for label in labels):
        return labels
    roles: list[Counter[str]] = [Counter() for _ in labels]
    for one in groups.mentions:
        role = _ROLE_GROUP.match(text, one.start)
        if role is not None and (one.start > first or len(labels) == _PAIR):
            roles[one.group][role[1]] += 1
    if not all(roles):
        # "in each treatment group" is of neither, and "placebo" says that it is a control.
        roles = [
            Counter() if of["treatment"] or _LIKE_A_ROLE.search(label.lower()) is not None else of
            for label, of in zip(labels, roles, strict=True)
        ]
    return [
        f"{label} ({of.most_common(1)[0][0]} group)" if of else label for label, of in zip(labels, roles, strict=True)
    ]


_PAIR = 2
_ROLE_NAME = re.compile(r"intervention|control|experimental|study group|treatment group|comparison")
_LIKE_A_ROLE = re.compile(r"placebo|sham|^no |untreated|\bgroup\b|\barm\b")
_ROLE_GROUP = re.compile(
    r"(intervention|control|experimental|study|treatment|comparison)(?:[ -](?:group|arm)|(?<=control)s\b)"
)


_FIRST_AND_NOUN = re.compile(
    r"(?P<first>[a-z-]+) (?P<noun>[a-z-]+(?: (?!of\b|for\b|in\b|with\b|or\b|and\b)[a-z-]+){0,3})"
)
_NOUN_BEHIND = re.compile(
    r" ?(?:\(\x01*\) )?(?P<noun>(?!in\b|for\b|at\b|and\b|or\b|with\b|on\b|of\b|to\b|were\b|was\b|groups?\b|arms?\b"
    r"|by\b|from\b)"
    r"[a-z-]{3,}(?: (?!in\b|for\b|at\b|and\b|or\b|with\b|on\b|of\b|to\b|were\b|was\b|groups?\b|arms?\b|by\b|from\b"
    r"|after\b|before\b"
    r"|during\b|when\b|until\b)[a-z-]+){0,2})"
)
_BRACKET = re.compile(r" ?\([^()]*\)")


def with_shared_noun(prose: Prose, labels: list[str], end: int) -> list[str]:
    """Return labels with the noun that only the last has: "early", "delayed clamping".

    Parameters
    ----------
    prose : Prose
    labels : list of str
        In the order of the text.
    end : int
        Where the words for the last arm end.
    """
    bare = [_BRACKET.sub("", label).strip().lower() for label in labels]
    if len(bare) < 2 or not all(map(ADJECTIVE.fullmatch, bare[:-1])):
        return labels
    if ADJECTIVE.fullmatch(bare[-1]):
        behind = _NOUN_BEHIND.match(prose.flat, end)
        return [f"{label} {behind['noun']}" for label in labels] if behind is not None else labels
    last = _FIRST_AND_NOUN.fullmatch(bare[-1])
    if last is None or not ADJECTIVE.fullmatch(last["first"]) or last["first"] in bare[:-1]:
        return labels
    return [*(f"{label} {last['noun']}" for label in labels[:-1]), labels[-1]]


_GROUP_BEFORE = re.compile(
    rf"\b(?P<kind>group|arm|cohort|regimen) (?P<letter>[1-8]|[a-h]|i{{1,3}}v?|[a-z]{{1,4}}[0-9]?){GIVEN_TO}"
    r"(?:the |an? |either )?$"
)
_COMMON_LETTER = re.compile(r"[1-8]|[a-h]|i{1,3}v?")


def group_before(prose: Prose, start: int) -> str:
    """Return the name of the group that the words for an arm follow, as printed: "Group 1 received zinc".

    Parameters
    ----------
    prose : Prose
    start : int
        Where the words for the arm begin.
    """
    found = _GROUP_BEFORE.search(prose.text, max(0, start - 90), start)
    if found is None:
        return _one_of_groups(prose, start)
    printed = prose.cased[found.start() : found.end("letter")]
    known = _COMMON_LETTER.fullmatch(found["letter"]) is not None
    return printed if known or printed.split()[-1].isupper() else ""


# "groups 3 and 4 received zinc and iron, respectively"
_GROUPS_BEFORE = re.compile(
    rf"\b(?P<kind>group|arm|cohort|regimen)s (?P<letters>(?:[1-8]|[a-h]|i{{1,3}}v?)"
    rf"(?:(?:, |,? and )(?:[1-8]|[a-h]|i{{1,3}}v?)){{1,3}}){GIVEN_TO}(?P<before>[^;:]{{0,120}})$"
)
_IN_TURN = re.compile(r"[^;:]{1,160}\brespectively\b")
_NEXT_ONE = re.compile(r",? and |, ")


def _one_of_groups(prose: Prose, start: int) -> str:
    found = _GROUPS_BEFORE.search(prose.text, max(0, start - 160), start)
    if found is None or ". " in found["before"] or _IN_TURN.match(prose.text, start) is None:
        return ""
    letters = _NEXT_ONE.split(prose.cased[found.start("letters") : found.end("letters")])
    number = len(_NEXT_ONE.findall(found["before"]))
    return f"{found['kind']} {letters[number]}" if number < len(letters) else ""
