"""Mentions of arms by a letter, a code or a part of their name that a list shares: "groups P and R", "(A)"."""

from __future__ import annotations

import re

from trialstats.sources.text.groups.model import Mention
from trialstats.sources.text.groups.prose import Prose
from trialstats.sources.text.names.of_phrases import Arm

_LETTER = re.compile(
    r"(?:(?<=[(;,:] )|(?<=[(])|(?<=\bthe )|(?<=\band )|(?<=\bin )|(?<=\bto )|(?<=\bon )|(?<=\btook )|(?<=\bfor )"
    r"|(?<=\bvs\. )|(?<=\breceived )|(?<=\bwith )|(?<=\bthan )|(?<=\bbetween )|(?<=\bversus )"
    r"|(?<=\bgroups )|(?<=\barms )|(?<=\bof )|(?<=\bor )|(?<=\bgroup ))(?!P ?[=<>≤])[A-Z]"
    r"(?=[,:;)=]|\.(?: |$)"
    r"| (?:groups?|arms?|and|vs|versus|than|patients|had|was|were|completed|achieved|reported)\b| [(=]"
    r"| [0-9]{1,3}(?:[.·][0-9]{1,2})?%)"
)
_CODED = re.compile(r"(?:arm|group|cohort|regimen) ([a-z])|([a-z])[ -](?:arm|group)")


def letters_of(arms: list[Arm]) -> dict[str, int]:
    """Return the letters by which arms are called a group or an arm, where each is of one arm: "arm B", "P group".

    Parameters
    ----------
    arms : list of Arm
    """
    found: dict[str, set[int]] = {}
    for number, arm in enumerate(arms):
        for match in filter(None, map(_CODED.fullmatch, arm.wholes)):
            found.setdefault(match[1] or match[2], set()).add(number)
    of = {letter: min(numbers) for letter, numbers in found.items() if len(numbers) == 1}
    return of if len(set(of.values())) == len(of) == len(arms) > 2 else {}


def letters(prose: Prose, keys: set[str]) -> list[tuple[int, str]]:
    """Find names of one letter, where they stand as names: "(T, 100; C, 95)", "the T arm".

    Parameters
    ----------
    prose : Prose
    keys : set of str
        The letters, in lower case.

    Returns
    -------
    list of (int, str)
        Where each stands.
    """
    if not keys:
        return []
    places = [match.start() for match in _LETTER.finditer(prose.cased)]
    return [(at, prose.text[at]) for at in places if prose.text[at] in keys]


_LETTER_BEFORE = re.compile(r"(?<![\w-])([A-Z])(?:,|,? and|,? or|/) $")


def group_letters(prose: Prose, arms: list[Arm], own: set[str]) -> list[Mention]:
    """Find arms by the letters of their groups: "(A)", "A 12%, B 14%", but not the second of "influenza A and B".

    Parameters
    ----------
    prose : Prose
    arms : list of Arm
    own : set of str
        Letters that are names already.
    """
    of = letters_of(arms)
    found: dict[int, Mention] = {}
    for at, letter in letters(prose, of.keys() - own):
        before = _LETTER_BEFORE.search(prose.cased, max(0, at - 8), at)
        if before is None or before.start(1) in found:
            found[at] = Mention(of[letter], at, at + 1)
    return list(found.values())


_LETTERED = re.compile(r"(?:arm|group|cohort) (?:[a-h][1-8]?|[1-8]|i{1,3}v?)")
_LETTER_LIST = re.compile(
    r"(group|arm|cohort|regimen)s ((?:[a-h]|[1-8]|i{1,3}v?)"
    r"(?:(?:, | and |, and | or | vs\.? | versus |/)(?:[a-h]|[1-8]|i{1,3}v?)\b(?![-'.][a-z0-9])){1,8})"
)
# "arm A vs B, 12% and 15%", "in group A and B": the word once for both
_LETTER_PAIR = re.compile(
    r"([Gg]roup|[Aa]rm|[Cc]ohort|[Rr]egimen) [A-H](?: and | or |, | vs\.? | versus |/)([B-H])"
    r"(?=[,:;).]| (?:\(|and\b|was|were"
    r"|had|respectively))"
)
_ONE_LETTER = re.compile(r"\b(?:[a-h]|[1-8]|i{1,3}v?)\b(?= |,|/|$)")


def letter_lists(prose: Prose, arms: list[Arm]) -> list[Mention]:
    """Find the arms of "groups A, B and C", and the second of "arm A vs B".

    Parameters
    ----------
    prose : Prose
    arms : list of Arm
    """
    by_letter = {name: number for number, arm in enumerate(arms) for name in arm.wholes if _LETTERED.fullmatch(name)}
    if not by_letter:
        return []
    found = []
    for match in _LETTER_PAIR.finditer(prose.cased):
        arm = by_letter.get(f"{match[1]} {match[2]}".lower())
        if arm is not None:
            found.append(Mention(arm, *match.span(2)))
    for match in _LETTER_LIST.finditer(prose.text):
        for letter in _ONE_LETTER.finditer(match[2]):
            arm = by_letter.get(f"{match[1]} {letter[0]}")
            if arm is not None:
                found.append(Mention(arm, match.start(2) + letter.start(), match.start(2) + letter.end()))
    return found


_CODE = r"[a-z0-9]{1,4}(?![\w-])"
_JOINT = r"(?:, | and |, and | or |, or | vs\.? | versus |/)"
_CODE_LIST = re.compile(
    rf"(?<![\w-])(?:(?P<noun>group|arm)s (?P<behind>{_CODE}(?:{_JOINT}{_CODE}){{1,5}})"
    rf"|(?P<ahead>{_CODE}(?:{_JOINT}{_CODE}){{1,5}}) (?P<last>group|arm)s\b)"
)
_ONE_CODE = re.compile(r"(?<![\w-])[a-z0-9]{1,4}(?![\w-])")
_NO_CODE = frozenset(("and", "or", "vs", "all", "both", "the"))


def code_lists(text: str, arms: list[Arm]) -> list[Mention]:
    """Find the arms of "groups M1, M2 and S" and "the P, R and K groups", where each code is of one.

    Parameters
    ----------
    text : str
        In lower case.
    arms : list of Arm
    """
    of: dict[str, set[int]] = {}
    for number, arm in enumerate(arms):
        for name in arm.wholes:
            of.setdefault(name, set()).add(number)
    found = []
    for match in _CODE_LIST.finditer(text):
        noun, part = match["noun"] or match["last"], "behind" if match["noun"] else "ahead"
        told = []
        for code in _ONE_CODE.finditer(text, *match.span(part)):
            if code[0] not in _NO_CODE:
                forms = (f"{noun} {code[0]}", f"{code[0]} {noun}", code[0])
                arm_of = next((of[form] for form in forms if form in of), set())
                told.append((arm_of, code.span()))
        if all(len(arm_of) == 1 for arm_of, _ in told) and len({min(arm_of) for arm_of, _ in told}) == len(told) > 1:
            found += [Mention(min(arm_of), *span) for arm_of, span in told]
    return found


# "in the low-, medium- and high-dose groups": what all have stands behind the last alone
_HUNG = re.compile(
    r"(?<![\w-])(?P<first>[a-z0-9.]{1,16})-(?P<more>(?:, (?:and )?[a-z0-9.]{1,16}-){0,4}),?"
    r" (?:and|or|versus|vs\.?|v) (?P<last>[a-z0-9.]{1,16})-(?P<tail>[a-z]{1,14})(?![\w-])"
)
_PIECE = re.compile(r"[a-z0-9.]{1,16}(?=-)")


def hung_lists(text: str, arms: list[Arm]) -> list[Mention]:
    """Find the arms of "in the low- and high-dose groups", where each is of one by its full name.

    Parameters
    ----------
    text : str
        In lower case.
    arms : list of Arm
    """
    found = []
    for match in _HUNG.finditer(text):
        told = []
        for piece in _PIECE.finditer(text, match.start("first"), match.start("tail")):
            forms = (f"{piece[0]}-{match['tail']}", f"{piece[0]} {match['tail']}")
            of = [number for number, arm in enumerate(arms) if any(arm.has(form) for form in forms)]
            stop = piece.end() if piece.end() < match.end("last") else match.end()
            told.append((of, piece.start(), stop))
        if all(len(of) == 1 for of, _, _ in told) and len({of[0] for of, _, _ in told}) == len(told):
            found += [Mention(of[0], start, stop) for of, start, stop in told]
    return found
