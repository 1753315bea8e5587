"""What a number that is no result stands for, by the words right before and right behind it.

One table a side: a word, and the role that it gives to the number beside it. A number that neither table knows may
be a result; `values` decides which. Of a role that has no name of its own the reason is given: ``other: design``.
"""

from __future__ import annotations

import re

from trialstats.sources.text.numbers.in_names import is_in_a_name, is_time_point
from trialstats.sources.text.numbers.of_things import (
    is_item,
    is_no_quantity,
    is_set_below,
    names_something,
    numbers_a_study,
)
from trialstats.sources.text.numbers.strengths import is_a_strength
from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.words.of_measures import TIME

# The word right before a number, by role.
_BEFORE_ROWS = {
    "age limit": "aged age ages old",
    "grade or stage": (
        "ps grade grades stage stages class classes level levels category gleason ecog status line lines nyha asa bmi "
        "scale scored"
    ),
    "reference": "figure table chapter item ref refs et",
    "identifier": (
        "type types subtype subtypes factor omega covid-19 genotype genotypes sequence version strain serotype "
        "serotypes cohort cohorts "
        "scan group groups arm arms regimen regimens schedule zone zones wave exon exons intron introns codon codons "
        "chromosome chromosomes ligand ligands "
        "doi pmid isrctn nct eudract umin chictr actrn drks identifier registration no"
    ),
    "other: phase": "phase phases",
    "time point": (
        "day days week weeks month months year years visit visits cycle cycles hour hours every per each q session"
    ),
    "date": (
        "january february march april june july august september october november december jan feb mar apr jun jul aug "
        "sep sept oct nov dec since copyright"
    ),
    "other: design": "power alpha significance margin",
    "dose": "dose doses dosage auc",
    "test statistic": "f t z χ2 x2 chi2 df chi-square chi-squared statistic u w r r2 i2 i² kappa κ icc",
}
_BEFORE = {word: role for role, row in _BEFORE_ROWS.items() for word in row.split()}
_OF_ARMS = frozenset(("group", "groups", "arm", "arms", "cohort", "cohorts"))
"""What numbers arms, but by no percentage and no decimals: "(zinc group 16.6% v 14.3%)"."""
_BEFORE_QUANTITIES = _OF_ARMS | {"levels", "level", "doses", "r", "t", "w"}
"""Words of the first table that do not number a percentage."""

# The word right behind a number, by role.
_BEHIND_ROWS = {
    "dose": (
        "mg mcg microg µg μg ug iu miu units unit gy cgy mgy mci gbq mbq dose doses tablets tablet capsules injections "
        "infusions fractions sessions session cycles cycle courses course times puffs drops meq auc"
    ),
    "reference": "et",
    "other: number of sites": "sites centres centers hospitals countries clinics institutions practices",
    "other: number of groups": "arms groups treatments regimens strategies",
    "other: number of studies": "studies study",
    "other: design": "points-scale stages visits time timepoints time-points",
}
_BEHIND = {word: role for role, row in _BEHIND_ROWS.items() for word in row.split()}
# What a number is only a part of, where the word before it names something: weeks 2, 3 and 4.
_NAMING_ROWS = {
    "time point": "week weeks day days month months year years hour hours minute minutes h cycle cycles visit",
    "age limit": "age aged",
    "dose": "dose",
    "other: phase": "phase",
    "grade or stage": "grade grades stage stages level score scores line lines",
    "reference": "item question part table figure chapter criteria",
    "identifier": "version type step arm group cohort wave",
}
_NAMING = {word: role for role, row in _NAMING_ROWS.items() for word in row.split()}
# Units of mass and volume: of a dose, unless the words before say that they were measured.
_MASS_TEXT = "mg g mcg microg µg μg ug kg iu u miu ml l gy mgy cgy units mmol meq ng ppm"
_MASS = frozenset(_MASS_TEXT.split())
_MEASURED = re.compile(
    r"\b(?:means?|median|average|differ\w*|reduc\w*|increas\w*|decreas\w*|chang\w*|improv\w*|lower|higher|loss|lost|gain\w*"
    r"|levels?|concentrations?|was|were|ratio|from|less|more|greater|longer|bleeding|drainage|output|urine|cholesterol|glucose|weight|intake|consumption|volume|peak|cmax|auc)\b"
    r"(?:[^.;]|(?<=vs)\.|\.(?=[0-9])){0,60}$"
)
# What stands right before a measured quantity; a dose stands right behind the name of its drug.
_LED = re.compile(r"(?:\b(?:of|was|were|by|is|from|to|averaged|than|vs\.?|versus|and|at)|[=(,:;\[±]) ?[-+]?$")
_AGAINST = re.compile(
    r"(?<!dose )(?<!doses )(?<!treatment )(?<!therapy )\b(?:was|were|averaged) [0-9.,]{1,7} ?[a-zµμ]{1,4}"
    r"(?:/[a-z]{1,3})?(?: [a-z]{2,12}){0,4},? (?:v|compared (?:with|to)) $"
)
"""What stands right before an amount that is held against another: "blood loss was 310 ml v"."""
_PASSED = re.compile(
    r"\b(?:urin(?:e|ary)|proteinuria|albuminuria|excretion|excreted|f(?:a)?ecal|stool (?:weight|volume|fat)|drainage"
    r"|weight gain|growth velocity)\b[^.;()]{0,40}(?:[^.;]|\.(?=[0-9])){0,110}$"
)
"""What leads to an amount by day that leaves the body, and that nobody was given: "urinary protein was 2 g/d"."""
_SPAN = re.compile(
    r"\b(?:at|after|for|within|over|during|every|until|till|by|in|last|past|previous|next|first|beyond|through|per|further"
    r"|between|before|once|another|additional|least|up to|minimum|maximum)"
    r"(?: the| a| an| about| approximately| first| last| least| next| past| up to)? ?$"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}$")
_IN_MAY = re.compile(r"(?:[0-3]?[0-9](?:,? (?:19|20)[0-9]{2}|,? and\b|,? to\b)|(?:19|20)[0-9]{2})")
_YEAR_WORDS_TEXT = "in since from to and between until through of during by"
_YEAR_WORDS = frozenset(_YEAR_WORDS_TEXT.split())
_REGISTERED = re.compile(
    r"(?:doi|isrctn|number|eudract|registration|registry|identifier|no\.)[ :#(a-z.]{0,16}$|[a-z]/$|[0-9]/$"
)
# One of these stands in all words in which the expression finds anything.
_REGISTERED_STEMS = ("/", "number", "no.", "regist", "doi", "identifier", "isrctn", "eudract")
_OLD = re.compile(
    r"[ -]?(?:years?|yrs?|months?)(?:[ -](?:of age|olds?\b)|,? (?:or |and )?(?:older|younger|above|over)\b)"
)
_BEHIND_LATER = re.compile(
    r" (?:(?!(?:in|at|of|from|and|or|with|to|for|who|had|was|were|per|patients|participants|women|men|children"
    r"|subjects|people|adults|events|deaths|cases|eligible|different|each|both|the|these|all)\b)[a-z-]{2,20} ){1,2}"
    r"(?P<what>sites|centres|centers|hospitals|countries|clinics|institutions|fractions|doses|regimens)\b"
)
"""What is counted behind words that only say of which kind: "at 15 medical cancer centres", "30 daily fractions"."""
_IN_LONGER_NAMES = re.compile(
    r"(?: (?!(?:in|at|from|with|to|for|who|had|was|were|per|patients|participants|women|men|children|subjects|people"
    r"|adults|events|deaths|cases)\b(?!['’]))[a-z'’-]{2,20}){3,6}"
    r" (?P<what>sites|centres|centers|hospitals|clinics|institutions)\b"
)
"""Behind "at": "at 31 participating Children's Cancer Group hospitals"."""
_LATER_STEMS = ("site", "cent", "hospital", "countries", "clinics", "institution", "fractions", "doses", "regimens")
_FROM_AN_EVENT = re.compile(
    r" ?(?:days?|weeks?|wks?|months?|years?|hours?|h|minutes?|min)"
    r"(?: and [0-9]{1,3} (?:days?|weeks?|months?|hours?|h))?"
    r" (?:after|before|post[a-z-]*|following|later|prior)\b"
)
_LASTED = re.compile(
    r"\b(?:of|was|were|is|median|mean|average\w*|lasted|surviv\w+|died|reached|than|and|or|to|vs|versus|v|by)\.? $"
    r"|[=:(\[,]\s?$"
)
_DAILY = re.compile(
    r" ?/ ?(?:kg|m2|m\(2\)|m²|day|d|h|hr|week|dose)\b| per (?:kg|kilogram|day|dose|week|square)"
    r"|(?: (?!(?:with|on|for|in|after)\b)\w+)? (?:daily|once|twice|weekly|bid|tid|qd)\b"
)


def role_of(document: Document, token: int) -> str:
    """Return the role of a number that the words beside it say to be no result; empty where they do not.

    Parameters
    ----------
    document : Document
    token : int
        Of a number in digits or words.
    """
    letters, tokens = document.letters, document.tokens
    letter, before, after = letters[token], letters[token - 1 : token], letters[token + 1 : token + 2]
    if tokens[token] == "no":
        return ""
    word = tokens[token - 1] if token else ""
    if letter == "d" and after in ("C", "l"):
        return "level"
    valued = letter == "q" or (letter == "d" and word in _OF_ARMS and document.decimals(token) > 0)
    if before == "w" and word in _BEFORE and not (valued and word in _BEFORE_QUANTITIES):
        return _BEFORE[word]
    if letter != "q" and document.decimals(token) == 0 and names_something(document, token):
        return "identifier" if is_in_a_name(document, token) else _named_by(document, token)
    if said := is_no_quantity(document, token):
        return said
    if letter == "q" and is_a_strength(document, token):
        return "dose"
    if named := _part_of_a_name(document, token, word):
        return named
    if letter == "d" and before == "w" and _numbers_a_name(document, token, word):
        return "identifier"
    if letter == "d" and before == "w" and numbers_a_study(document, token):
        return "identifier"
    if is_time_point(document, token):
        return "time point"
    if letter == "d" and after in ("t", "m") and word in _TIMED and _is_range_of_time(document, token):
        return "time point"  # "at 1 to 5 years"
    if letter == "d" and after == "w" and letters[token : token + 4] == "dwdu" and tokens[token + 1] == "or":
        # "100 or 150 mg daily"
        return "dose" if tokens[token + 3] in _MASS and role_of(document, token + 2) == "dose" else ""
    if letter == "d" and _DOSE_OF_TWO.match(letters, token) and tokens[token + 3] in _MASS:
        return "dose"  # "paritaprevir 100/100 mg"
    if letter == "d" and is_in_a_list_of_doses(document, token):
        return "dose"
    if letter == "d" and word in _OF_AGES_WORDS and is_an_age(tokens.text, tokens.starts[token]):
        return "age limit"
    if letter == "d" and ":" in (before, after) and "d:d" in letters[max(0, token - 2) : token + 3]:
        return "other: allocation ratio"
    if after in ("u", "m", "w") and letter in "dk":
        start, end, text = tokens.starts[token], tokens.ends[token], tokens.text
        return _with_unit(document, token, text[max(0, start - 70) : start], text[end : end + 90])
    return ""


_OF_AGES_WORDS = frozenset(("of", "and", "to", "between", "from"))
_OF_AGES = re.compile(
    r"\b(?:ages (?:of|between|from)|aged(?: between| from)?) (?:[0-9]{1,2}(?: years)?(?: and | to ))?$"
)


def is_an_age(text: str, start: int) -> bool:
    """Whether a number is one of two ages: "women between the ages of 40 and 69".

    Parameters
    ----------
    text : str
    start : int
        Where the number begins.
    """
    return _OF_AGES.search(text, max(0, start - 32), start) is not None


_DOSES = re.compile(r"d(?:,d){0,4},?(?P<joint>[aw])du")
_DOSE_OF_TWO = re.compile(r"d/du(?!/)")
_LONGEST_LIST = 12
_LEADS_TO_A_VALUE = re.compile(
    r"\b(?:of|by|was|were|is|to|from|than|at|fell|rose|lost|averaged|about|approximately|only|means?|medians?|averages?|vs"
    r"|versus|between|[a-z]+ed)$"
)
_RECEIVED = re.compile(r"\b(?:receiv(?:ed|ing)|tak(?:en|ing)|given|took|administered|injected)$")


def is_in_a_list_of_doses(document: Document, token: int) -> bool:
    """Whether a number stands in a list of doses behind the name of a drug: "zoltamine 10, 20, and 40 mg"."""
    letters, tokens = document.letters, document.tokens
    if not {letters[token - 1 : token], letters[token + 1 : token + 2]} & {",", "a", "w"}:
        return False
    for first in range(max(1, token - _LONGEST_LIST), token + 1):
        found = _DOSES.match(letters, first)
        if found is None or found.end() <= token + 1 or letters[first - 1] == ",":
            continue
        unit = found.end() - 1
        if tokens[unit] not in _MASS or (found["joint"] == "w" and tokens[found.start("joint")] != "or"):
            return False
        if _DAILY.match(tokens.text, tokens.ends[unit]) is not None:
            return True
        if letters[unit + 1 : unit + 2] == "/" or letters[first - 1] not in "wu":
            return False
        led = tokens.text[max(0, tokens.starts[first] - 20) : tokens.starts[first]].rstrip()
        return _RECEIVED.search(led) is not None or _LEADS_TO_A_VALUE.search(led) is None
    return False


_RANGE_OF_TIME = re.compile(r"d[tm]du")
_TIMED_TEXT = "at after within over between by during for until"
_TIMED = frozenset(_TIMED_TEXT.split())


def _is_range_of_time(document: Document, token: int) -> bool:
    return _RANGE_OF_TIME.match(document.letters, token) is not None and document.tokens[token + 3] in TIME


def _named_by(document: Document, token: int) -> str:
    """Return what a number numbers, by the nearest word before it that names something."""
    for at in range(token - 1, max(-1, token - 14), -1):
        if document.letters[at] in "wun" and (role := _NAMING.get(document.tokens[at])) is not None:
            return role
    return "grade or stage"


def _part_of_a_name(document: Document, token: int, word: str) -> str:
    """Return the role of a number that is a year, or a part of a registration, a longer name or a unit."""
    letters = document.letters
    if letters[token] == "d" and (named := _named(document, token, word)):
        return named
    if letters[token] == "d" and of_a_formula(document, token):
        return "identifier"
    if (
        letters[token : token + 2] == "d)"
        and token + 1 not in document.partner
        and word in (":", ";", ",", "or", "and")
    ) or is_item(document, token):
        return "other: item of a list"  # "one of two: 1) ..., 2) ..."
    if letters[token - 2 : token + 2] == "u(d)" and document.tokens[token - 2] == "m" and document.touches(token - 2):
        return "other: part of a unit"  # mg/m(2)
    if is_set_below(document, token):
        return "other: part of a unit" if letters[token - 1] == "m" else "identifier"  # "l h(-1)", "vitamin D(3)"
    if letters[token - 1 : token] not in ("m", "w") or token < 2 or not document.touches(token - 1):
        return ""
    if letters[token - 2 : token] == "wm" and document.touches(token - 2):
        return "identifier"  # SF-36
    return "other: part of a unit" if letters[token - 2] == "u" else ""  # mg m-2


_FORMULA = re.compile(r"\b(?:cm|mm|Et|et|p|Pa|Sp|Sa|Fi)?(?:CO|VO|H|O|NO|PO|SO|CHA|DS) $")
_HYDROXY = re.compile(r"[ -]?\(oh\)")


def of_a_formula(document: Document, token: int) -> bool:
    """Whether a number is a part of a formula that was cut into words: "10 cmH 2 O", "25(OH)D"."""
    start, end = document.tokens.starts[token], document.tokens.ends[token]
    if end - start == 1 and document.cased[start] in "234":
        return _FORMULA.search(document.cased, max(0, start - 8), start) is not None
    return document.letters[token + 1 : token + 2] == "(" and _HYDROXY.match(document.tokens.text, end) is not None


def _numbers_a_name(document: Document, token: int, word: str) -> bool:
    """Whether a number is of a name that a text has in capitals again and again: "TRUST 1 and TRUST 2"."""
    start, digits = document.tokens.starts[token - 1], document.tokens[token]
    name = document.cased[start : start + len(word)]
    return len(word) > 3 and len(digits) == 1 and name.isupper() and document.tokens.text.count(f"{word} {digits}") > 1


def _named(document: Document, token: int, word: str) -> str:
    tokens = document.tokens
    digits = tokens[token]
    if word == "may" and document.cased[tokens.starts[token - 1]] == "M" and tokens.starts[token] > 4:
        return "date" if _IN_MAY.match(tokens.text, tokens.starts[token]) else ""
    before = tokens.text[max(0, tokens.starts[token] - 40) : tokens.starts[token]]
    if len(digits) == 4 and _YEAR.match(digits):
        if before.endswith(("© ", "©", "(c) ")):
            return "date"
        behind = document.letters[token + 1 : token + 2]
        if document.letters[max(0, token - 2) : token] == "d,":
            return "date"  # November 30, 2008
        return "date" if behind != "w" or word in _YEAR_WORDS else ""
    if document.letters[token - 1 : token] in ("w", "a", "t", "v") and digits.isalpha():
        return ""
    numbered = any(stem in before for stem in _REGISTERED_STEMS) and _REGISTERED.search(before) is not None
    return "identifier" if numbered else ""


def _with_unit(document: Document, token: int, before: str, after: str) -> str:
    tokens = document.tokens
    hyphen = document.letters[token + 1] == "m"
    at = token + 2 if hyphen else token + 1
    if at >= len(tokens):
        return ""
    unit = tokens[at]
    if _OLD.match(after):
        return "age limit"
    if unit in TIME or unit in ("years", "wk"):
        if hyphen and document.letters[at] in "uw":
            return "time point"
        told = _SPAN.search(before) or is_time_point(document, token)
        return "time point" if told or (_FROM_AN_EVENT.match(after) and not _LASTED.search(before)) else ""
    if unit in _MASS:
        start = tokens.starts[token]
        passed = _LED.search(before) is not None and _PASSED.search(tokens.text, max(0, start - 150), start) is not None
        if not passed and _DAILY.match(after[after.find(unit) + len(unit) :]):
            return "dose"
        below_zero = document.letters[max(0, token - 2) : token] == "(m"  # "tea (-0.4 kg)"
        led = _LED.search(before) or _AGAINST.search(before)
        return "" if below_zero or (led and _MEASURED.search(before)) else "dose"
    if hyphen and document.letters[at] == "w":
        return "identifier"
    if (role := _BEHIND.get(unit)) is not None:
        return role
    later = None
    if document.letters[at] == "w" and any(stem in after for stem in _LATER_STEMS):
        later = _BEHIND_LATER.match(after)
        if later is None and before.endswith((" at ", " in ", " from ", " across ")):
            later = _IN_LONGER_NAMES.match(after)
    return "" if later is None else _BEHIND.get(later["what"], "")
