"""What a number that is no result stands for, by the words right before and right behind it.

One table a side: a word, and the role that it gives to the number beside it. A number that neither table knows may
be a result; `values` decides which.
"""

from __future__ import annotations

import re

from trialstats.sources.text.comparisons import is_time_point
from trialstats.sources.text.counts import names_something
from trialstats.sources.text.document import Document
from trialstats.sources.text.measure_words import TIME

__all__ = ["role_of"]

# The word right before a number, by role.
_BEFORE_ROWS = {
    "age": "aged age ages old",
    "grade": (
        "grade grades stage stages type types class classes phase phases level levels category figure table gleason ecog "
        "genotype genotypes factor omega covid-19 status sequence cohort cohorts group groups arm arms version wave chapter "
        "item line lines nyha asa strain serotype serotypes bmi scale scored"
    ),
    "time": "day days week weeks month months year years visit visits cycle cycles hour hours every per each q session",
    "reference": "doi pmid isrctn nct eudract umin chictr actrn drks identifier registration no ref refs et",
    "date": (
        "january february march april june july august september october november december jan feb mar apr jun jul aug sep "
        "sept oct nov dec since copyright"
    ),
    "design": "power alpha significance margin",
    "dose": "dose doses dosage auc",
    "statistic": "f t z χ2 x2 chi2 df chi-square chi-squared statistic u w r r2 kappa κ icc",
}
_BEFORE = {word: role for role, row in _BEFORE_ROWS.items() for word in row.split()}
# The word right behind a number, by role.
_BEHIND_ROWS = {
    "dose": (
        "mg mcg µg μg ug iu miu units unit gy cgy mgy mci gbq mbq dose doses tablets tablet capsules injections infusions "
        "fractions sessions session cycles cycle courses course times puffs drops meq auc"
    ),
    "reference": "et",
    "design": "sites centres centers hospitals countries clinics institutions arms groups treatments regimens practices "
    "strategies studies study points-scale stages visits time timepoints time-points",
}
_BEHIND = {word: role for role, row in _BEHIND_ROWS.items() for word in row.split()}
# Units of mass and volume: of a dose, unless the words before say that they were measured.
_MASS = frozenset("mg g mcg µg μg ug kg iu miu ml l gy mgy cgy units mmol meq ng ppm".split())
_MEASURED = re.compile(
    r"\b(?:means?|median|average|differ\w*|reduc\w*|increas\w*|decreas\w*|chang\w*|improv\w*|lower|higher|loss|lost|gain\w*"
    r"|levels?|concentrations?|was|were|ratio|from|cholesterol|glucose|weight|intake|consumption|volume|peak|cmax|auc)\b[^.;]{0,60}$"
)
# What stands right before a measured quantity; a dose stands right behind the name of its drug.
_LED = re.compile(r"(?:\b(?:of|was|were|by|is|from|to|averaged|than|vs\.?|versus|and|at)|[=(,:;\[±]) ?[-+]?$")
_SPAN = re.compile(
    r"\b(?:at|after|for|within|over|during|every|until|till|by|in|last|past|previous|next|first|beyond|through|per"
    r"|between|before|once|another|additional|least|up to|minimum|maximum)"
    r"(?: the| a| an| about| approximately| first| last| least| next| past| up to)? ?$"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}$")
_YEAR_WORDS = frozenset("in since from to and between until through of during by".split())
_REGISTERED = re.compile(r"(?:doi|isrctn|number|eudract|registration|registry|identifier|no\.)[ :#(a-z.]{0,16}$|[a-z]/$|[0-9]/$")
_OLD = re.compile(r"[ -]?(?:years?|yrs?|months?)(?:[ -](?:of age|olds?\b)|,? (?:or |and )?(?:older|younger|above|over))")
_DAILY = re.compile(r" ?/ ?(?:kg|m2|m\(2\)|m²|day|d|h|hr|week|dose)\b| per (?:kg|kilogram|day|dose|week|square)|(?: \w+)? (?:daily|once|twice|weekly|bid|tid|qd)\b")


def role_of(document: Document, token: int) -> str:
    """Return the role of a number that the words beside it say to be no result; empty where they do not.

    Parameters
    ----------
    document : Document
    token : int
        Of a number in digits or words.
    """
    letters, tokens = document.letters, document.tokens
    before, after = letters[token - 1 : token], letters[token + 1 : token + 2]
    word = tokens[token - 1] if token else ""
    if letters[token] == "d" and after in ("C", "l"):
        return "level"
    if before == "w" and word in _BEFORE and not (word in ("levels", "level", "doses", "r", "t", "w") and letters[token] == "q"):
        return _BEFORE[word]
    if letters[token] != "q" and document.decimals(token) == 0 and names_something(document, token):
        return "grade"
    start, end = tokens.starts[token], tokens.ends[token]
    text = tokens.text
    if letters[token] == "d" and _named(document, token, word):
        return "identifier"
    if before == "m" and letters[token - 2 : token - 1] == "w" and document.touches(token - 1) and document.touches(token - 2):
        return "identifier"  # SF-36
    if before in ("m", "w") and token > 1 and letters[token - 2] == "u" and document.touches(token - 1):
        return "unit"  # mg m-2
    if is_time_point(document, token):
        return "time"
    if after in ("u", "m", "w") and letters[token] in "dk":
        return _with_unit(document, token, text[max(0, start - 70) : start], text[end : end + 40])
    if letters[token] == "d" and (after == ":" or before == ":") and re.search(r"d:d", letters[max(0, token - 2) : token + 3]):
        return "allocation"
    return ""


def _named(document: Document, token: int, word: str) -> bool:
    """Whether a number is a year, a part of a registration, or a part of a longer name."""
    tokens = document.tokens
    digits = tokens[token]
    before = tokens.text[max(0, tokens.starts[token] - 40) : tokens.starts[token]]
    if len(digits) == 4 and _YEAR.match(digits):
        behind = document.letters[token + 1 : token + 2]
        if document.letters[max(0, token - 2) : token] == "d,":
            return True  # November 30, 2008
        return behind != "w" or word in _YEAR_WORDS
    if document.letters[token - 1 : token] in ("w", "a", "t", "v") and digits.isalpha():
        return False
    return _REGISTERED.search(before) is not None


def _with_unit(document: Document, token: int, before: str, after: str) -> str:
    tokens = document.tokens
    hyphen = document.letters[token + 1] == "m"
    at = token + 2 if hyphen else token + 1
    if at >= len(tokens):
        return ""
    unit = tokens[at]
    if _OLD.match(after):
        return "age"
    if unit in TIME or unit in ("years", "wk"):
        if hyphen and document.letters[at] in "uw":
            return "time"
        return "time" if _SPAN.search(before) or is_time_point(document, token) else ""
    if unit in _MASS:
        if _DAILY.match(after[after.find(unit) + len(unit) :]):
            return "dose"
        return "" if _LED.search(before) and _MEASURED.search(before) else "dose"
    if hyphen and document.letters[at] == "w":
        return "identifier"
    return _BEHIND.get(unit, "")
