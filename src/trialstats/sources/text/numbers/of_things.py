"""Numbers that number something: grade 3, grade 3 or 4, stage 2-3, weeks 2, 3 and 4, group 2."""

from __future__ import annotations

import re

from trialstats.sources.text.numbers.in_names import NAMES, is_in_a_name
from trialstats.sources.text.numbers.with_percentage import value_of_count
from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.words.of_values import PEOPLE

ONE_WORD_OF_PEOPLE = re.compile(PEOPLE)
_PATIENTS_TEXT = (
    "patients participants subjects women men children persons people adults infants individuals cases events deaths"
)
_PATIENTS = frozenset(_PATIENTS_TEXT.split())
_COUNTED = re.compile(r"d(?:/|(?:\(q\))?w{0,3}ow{0,2})d")


def _is_a_result(document: Document, token: int) -> bool:
    """Whether a number goes on with the sentence, not with a list: "at week 12, 30 of 60", "arm 1 and 16 (4%)"."""
    letters = document.letters
    written_out = _COUNTED.match(letters, token)
    if written_out is not None and letters[written_out.end() : written_out.end() + 1] == "m":
        return False  # "on days 3, 6 and 17 of a 30-day course"
    counted = written_out is not None or letters.startswith("(q)", token + 1)
    if letters[token] == "q" or counted:
        return True
    return letters[token + 1 : token + 2] == "w" and document.tokens[token + 1] in _PATIENTS


_SCALES = frozenset(("gcs", "ecog", "asa", "apgar", "nyha", "score", "scores", "grade", "stage", "status", "class"))
"""Scales of which a patient has a number: "17 patients with GCS of 7 (53%)"."""
_NUMBERED = frozenset(("week", "day", "month", "year", "visit", "cycle", "grade", "stage"))
"""What a number names with a hyphen between them."""
_NAMED_GROUPS = frozenset(("group", "arm", "cohort"))
_NO_NAMES_TEXT = (
    "in of for the and or each from to than with on a an by per this that either one between study dose age"
)
_NO_NAMES = frozenset(_NO_NAMES_TEXT.split())
"""Words before "group 2" that are no name of it."""
_FEWEST_COUNTED = 10
"""Fewer may number a group: "the laser group 2 (45%)"."""


def _stands_behind_a_named_group(document: Document, token: int) -> bool:
    """Whether a number counts those of a group that has a name before it: "in the laser group 24 women (31%) fell".

    "In group 2 women (31%)" numbers the group.
    """
    letters, tokens = document.letters, document.tokens
    if token < _NAME_AND_ARTICLE or letters[token - 2] not in "w)" or tokens[token - 2] in _NO_NAMES:
        return False
    if letters.startswith("w(q", token + 1) and ONE_WORD_OF_PEOPLE.fullmatch(tokens[token + 1]) is not None:
        return True
    if _OF_A_TOTAL.match(letters, token) is not None:
        return True
    shared = letters.startswith(("(q)", "w(q"), token + 1)
    return shared and (value_of_count(document, token, token + 1) or 0) >= _FEWEST_COUNTED


_NAME_AND_ARTICLE = 3
_OF_A_TOTAL = re.compile(r"d(?:/|ow?)d(?![/m])")
"""A count with its total: "in the laser group 14 of 88 women fell"."""


def names_something(document: Document, token: int) -> bool:
    """Whether a number is part of a name: grade 3, grade 3 or 4, stage 2-3, weeks 2, 3 and 4."""
    letters = document.letters
    if is_in_a_name(document, token):
        return True  # "with IL-2 (33%)"
    if letters[token - 1 : token] == "m" and token > 1 and document.tokens[token - 2] in _NUMBERED:
        starts, ends = document.tokens.starts, document.tokens.ends
        if starts[token] - ends[token - 2] == 1:
            return True  # "the week-6 visit"
    for _ in range(4):
        if token == 0:
            return False
        before = document.tokens[token - 1]
        if before == "of" and token > 1 and document.tokens[token - 2] in _SCALES:
            # "a score of 3.1 ± 2.2" is a mean
            return document.decimals(token) == 0 and not letters.startswith(("z", "(D"), token + 1)
        if before in NAMES and before != "n":
            if before in _NAMED_GROUPS and _stands_behind_a_named_group(document, token):
                return False
            # "week 6", but "at six months 72/240 (30%)"
            return not (letters[token - 1] == "u" and letters[token - 2 : token - 1] in ("d", "k"))
        if (letters[token - 1] not in "mat/," and before != "or") or letters[token] == "k":
            return False
        if letters[token - 1] in ",a" and _is_a_result(document, token):
            return False
        # Over "3 and", "3, and", "3,".
        token -= 2 if letters[token - 2 : token - 1] in ("d", "k") else 3
        if token < 0 or letters[token] not in "dk" or letters[token + 1] not in "mat/,w":
            return False
    return False


_ITEM = re.compile(r"(?:[:;,]|\band|\bor|:\s?\([a-z]\)) ?\($")
_HIGHEST_ITEM = 12


def is_item(document: Document, token: int) -> bool:
    """Whether a number alone in brackets counts the items of a list: "(1) tea; (2) milk, or (3) both".

    Parameters
    ----------
    document : Document
    token : int
    """
    letters, tokens, at = document.letters, document.tokens, document.digits(token)
    if letters[token - 1 : token + 2] != "(d)" or len(at) > 2 or not at.isdecimal() or not 0 < int(at) <= _HIGHEST_ITEM:
        return False
    opened = tokens.starts[token - 1]
    if document.touches(token - 2) or not (opened < 2 or _ITEM.search(tokens.text, max(0, opened - 12), opened + 1)):
        return False
    near = tokens.text[max(0, opened - 500) : opened + 500]
    if at == "1":
        return "(2)" in near[min(opened, 500) :]
    return f"({int(at) - 1})" in near[: min(opened, 500)]


_LETTERS = re.compile(r"[A-Za-z]{1,2}|[A-Z][A-Za-z0-9]{1,4}|min|day|month|hour|week|year|mol|dose")


def is_set_below(document: Document, token: int) -> bool:
    """Whether a small number in brackets is set below or above the letters it touches: "vitamin D(3)", "l h(-1)"."""
    letters, at = document.letters, document.digits(token)
    signed = letters[token - 1 : token] == "m"
    opened = token - 1 - signed
    if letters[opened : opened + 1] != "(" or letters[token + 1 : token + 2] != ")" or opened < 1 or len(at) > 2:
        return False
    if letters[opened - 1] not in "wunDkxd" or not at.isdecimal():
        return False
    if not document.touches(opened - 1):
        return _is_set_apart(document, opened, token)
    if letters[opened - 1] == "d":
        return False
    if signed:
        return at in ("1", "2", "3")
    start, end = document.tokens.starts[opened - 1], document.tokens.ends[opened - 1]
    return _LETTERS.fullmatch(document.cased, start, end) is not None and int(at) <= _HIGHEST_ITEM


_BELOW = re.compile(r"\b(?:HbA|Hb A|vitamin [BDK]|Vitamin [BDK]|FEV|PaO|PaCO|SpO|SaO|VO|PGE|LTB) $")
_TEN = re.compile(r"(?:\b[x×] ?10|[0-9] ?[x×] ?10|\blog) $")
_POWERS = ("2", "3")


def _is_set_apart(document: Document, opened: int, token: int) -> bool:
    """Whether a power stands in brackets with a space before them: "mg/m (2)", "1.9x10 (9)", "3 log (10)"."""
    letters, at = document.letters, document.digits(token)
    start = document.tokens.starts[opened]
    if _TEN.search(document.tokens.text, max(0, start - 8), start) is not None:
        return True
    if letters[token - 1] != "m" and _BELOW.search(document.cased, max(0, start - 11), start) is not None:
        return True  # "HbA (1) c"
    if letters[opened - 1] != "u" or at not in (*_POWERS, "1"):
        return False
    if letters[token - 1] == "m":
        return True  # "ml kg (-1)"
    of_a_rate = letters[opened - 2 : opened - 1] == "/" or letters[token + 2 : token + 3] == "/"
    return at in _POWERS and (of_a_rate or document.tokens[opened - 1] == "m")


_STATISTICS_TEXT = "f t z χ2 x2 chi2 df chi-square chi-squared statistic u w r r2 rs rho i2 i² kappa κ icc"
_STATISTICS = frozenset(_STATISTICS_TEXT.split())


def is_a_statistic(document: Document, token: int) -> bool:
    """Whether an equals sign makes a number a test statistic or correlation: "t = 2.3", "r = -0.4, -0.5".

    Parameters
    ----------
    document : Document
    token : int
    """
    letters, at = document.letters, token
    for _ in range(4):
        at -= letters[at - 1 : at] == "m"
        if letters[at - 2 : at] in ("we", "ue"):
            return document.tokens[at - 2] in _STATISTICS
        if letters[at - 2 : at] not in ("d,", "da"):
            break
        at -= 2
    return _is_of_freedom(document, token)


_FREEDOM = re.compile(
    r"(?<![a-z0-9])(?:[ft]|χ ?[2²]?|x[2²]|chi-? ?(?:squared?|2)?) ?[(\[](?:[0-9.]{1,6}, ?)?(?:df ?= ?)?$"
)
_FREEDOM_ENDS = re.compile(r"(?:, ?(?:n ?= ?)?[0-9.]{1,7})? ?[)\]] ?[=<>:≈]")


def _is_of_freedom(document: Document, token: int) -> bool:
    """Whether a number says with how many degrees of freedom a statistic was found: "F(2, 135) = 16.2", "t(58) ="."""
    text, start = document.tokens.text, document.tokens.starts[token]
    if _FREEDOM_ENDS.match(text, document.tokens.ends[token]) is None:
        return False
    return _FREEDOM.search(text, max(0, start - 24), start) is not None


_ORDINAL = re.compile(r" ?\((?:st|nd|rd|th)\)")
_ONE_OF = re.compile(
    r" of (?:the |these )?(?:two|three|four|five|six|seven|eight|nine|several|[2-9]) (?!of\b|in\b|who\b)[a-z]"
)
_CHOSEN = re.compile(r"\b(?:to|into|receiv(?:e|ed|ing)|assigned|given|either|using|with|by|underwent),? $")
_OR_MORE = re.compile(
    r"(?: ?%| ?[a-zµμ]{1,8}(?:/[a-z]{1,6})?(?: hg)?)? or (?:more|greater|less|higher|lower|longer|fewer|above|below"
    r"|over)\b"
)
_OF_FREEDOM = re.compile(r" ?(?:degrees? of freedom|d\.?f\b)")
_IN_CAPITALS = re.compile(r"\b[A-Z]{3,8}(?:\)|-)? ?$")
_NUMBER_OF_A_TRIAL = 4


def is_no_quantity(document: Document, token: int) -> str:
    """Return the role of a number that the words around it make none: an ordinal, a limit, one of so many choices.

    Parameters
    ----------
    document : Document
    token : int
    """
    text, start, end = document.tokens.text, document.tokens.starts[token], document.tokens.ends[token]
    letter = document.letters[token]
    if letter == "d" and _ORDINAL.match(text, end) is not None:
        return "identifier"  # "the 6 (th) week"
    if _OR_MORE.match(text, end) is not None:
        return "other: limit"
    if letter in "dq" and (role := _of_what_is_named(document, token)):
        return role
    if letter == "k" and _DOSES_OF.match(document.letters, token) and document.tokens[token + 2] in _MASS:
        return "dose"  # "one 150 mg dose"
    one = document.tokens[token] == "one"
    if one and _ONE_OF.match(text, end) and _CHOSEN.search(text, max(0, start - 14), start):
        return "other: number of groups"  # "assigned to one of three diets"
    if letter == "d" and (is_a_statistic(document, token) or _OF_FREEDOM.match(text, end) is not None):
        return "test statistic"
    if letter == "d" and _is_of_a_trial(document, token):
        return "identifier"
    if document.tokens[token - 1] == "of" and document.tokens[token - 2] == "blocks":
        return "" if document.letters[token + 1 : token + 2] == "u" else "other: design"  # "in blocks of 8"
    return ""


_DOSES_OF = re.compile(r"kdu|kdmu")
_MASS = frozenset(("mg", "g", "mcg", "µg", "μg", "ug", "iu", "ml", "gy"))
_AREA = re.compile(r"\b(?:area under the (?:[a-z-]{1,20} ){0,4}curve|auc)\)?[\])]{0,2},?(?: of| ?=)? $")
_PROTEINS = re.compile(
    r"\b(?:kinases?|cdks?|receptors?|interleukins?|isoforms?|subtypes?|genotypes?|serotypes?|hpv|types)\)?"
    r" (?:[0-9]{1,2}(?:,? and |, |/| or )){0,3}$"
)
_ERROR_RATE = re.compile(r"(?:α|\balpha)(?: error| level)?(?: ?= ?| of | was | at )$")
_IN_CAPITALS_ONLY = re.compile(r"(?!CI|HR|RR|OR|VE|RD|MD|SD|SE|VS|OF|TO)[A-Z]{2,6}(?:[0-9]{2}%-)?$")
_HIGHEST_AREA = 8
_PROTEIN_STEMS = ("type", "receptor", "kinase", "cdk", "hpv", "interleukin", "isoform")
_SET_STEMS = ("defined", "specified", "-set", "preset", "null", "target", "hypothes", "assumed", "historical")
_SET_BEFORE = re.compile(
    r"\b(?:pre-?(?:defined|specified|set)|null hypothesis|target(?:ed)?|hypothesi[sz]ed|assumed|historical)"
    r"(?: (?:[a-z-]{3,12} )?(?:rate|threshold|level|limit|value|proportion|control rate))?(?: of)? $"
)
_OF_A_RATE = re.compile(r" (?:[a-z]{3,12} )?(?:rate|threshold|level|limit|margin|proportion)\b|[.,;) ]")


def _of_what_is_named(document: Document, token: int) -> str:
    """Return the role of a number that belongs to a name or a planned error: "AUC 5", "kinases 4 and 6", "FEV75%"."""
    text, start, last = document.tokens.text, document.tokens.starts[token], document.letters[token - 1 : token]
    share = document.letters[token] == "q"
    if not share and (last not in ",/ae(ow)" or document.decimals(token)):
        return ""
    before = text[max(0, start - 60) : start]
    if share and last == "w" and before[-1:] != " ":
        return "identifier" if _IN_CAPITALS_ONLY.search(document.cased, max(0, start - 10), start) else ""
    if share and last == "m" and _IN_CAPITALS_ONLY.search(document.cased, max(0, start - 10), start):
        return "identifier"
    if ("α" in before or "alpha" in before) and _ERROR_RATE.search(before):
        return "other: design"
    if share:
        set_before = last in "wo" and any(stem in before for stem in _SET_STEMS) and _SET_BEFORE.search(before)
        return "other: limit" if set_before and _OF_A_RATE.match(text, document.tokens.ends[token]) else ""
    if ("curve" in before or "auc" in before) and document.value(token) < _HIGHEST_AREA and _AREA.search(before):
        return "dose" if "platin" in text[max(0, start - 160) : start] else ""
    if last in "e(o" or not any(stem in before for stem in _PROTEIN_STEMS) or not _PROTEINS.search(before):
        return ""
    return "" if _is_a_result(document, token) else "identifier"


def _is_of_a_trial(document: Document, token: int) -> bool:
    """Whether four digits go on a name in capitals, as those of a trial do: "ABCD 0215 showed"."""
    digits = document.digits(token)
    if len(digits) != _NUMBER_OF_A_TRIAL or document.decimals(token) or document.letters[token - 1] not in "w)":
        return False
    behind = document.letters[token + 1 : token + 2]
    if behind not in ("w", ",", ")", "S", ";", ":", "") or (behind == "w" and _goes_on(document, token + 1)):
        return False
    start = document.tokens.starts[token]
    return _IN_CAPITALS.search(document.cased, max(0, start - 11), start) is not None


_STUDIES = frozenset(("study", "trial", "experiment", "substudy", "part"))


def numbers_a_study(document: Document, token: int) -> bool:
    """Whether a number names one of several studies: "in study 2, sleep was longer", but not "in this study 9 women".

    Parameters
    ----------
    document : Document
    token : int
    """
    if len(document.digits(token)) > 1 or not (
        document.tokens[token - 1] in _STUDIES or _is_a_period(document, token - 1)
    ):
        return False
    behind = document.letters[token + 1 : token + 2]
    return behind in (",", ")", ";", ":", "a", "v", "S", "") or (behind == "w" and not _goes_on(document, token + 1))


_INTO = frozenset(("in", "of", "to", "during", "from", "after", "for", "treatment", "and", "than", "between"))


def _is_a_period(document: Document, at: int) -> bool:
    """Whether a word stands for a part of a trial that has a number: "in period 1", but not "in this period 9 died"."""
    if document.tokens[at] not in ("period", "periods"):
        return False
    return document.cased[document.tokens.starts[at]] == "P" or document.tokens[at - 1] in _INTO


def _goes_on(document: Document, at: int) -> bool:
    """Whether words count somebody: "patients", "obese women"."""
    return any(
        document.letters[place] == "w" and ONE_WORD_OF_PEOPLE.fullmatch(document.tokens[place]) is not None
        for place in range(at, min(at + 3, len(document.tokens)))
    )
