"""Cut normalised text into tokens, one letter each.

One compiled expression whose branches all begin with a literal or a set, and whose repetitions are
bounded or cannot overlap what follows them, so that the time is linear in the length of the text.
The patterns of claims are then written over the letters.

=========  =====================================================================================
letter     token
=========  =====================================================================================
``d q k``  a number; a number with a per cent sign; a number in words (``twelve``)
``C l``    words for a confidence or credible interval; ``CL``, which is one only after a level
``I D``    words for a range or interquartile range; for a standard deviation or standard error
``P p``    a P value; the label of a P without its value
``x``      not reached, not estimable
``t a v``  to; and; versus, compared with, than
``o n``    of, out of; the letter n
``u R``    a unit; respectively
``m + z``  dash or minus; plus; plus-minus
``r e``    a relation (<, >, ≤, ≥); an equals sign
``( )``    any bracket
``, ; :``  themselves; ``/`` and ``.`` too
``S E``    the end of a sentence; of a row of a table
``w *``    any other word; any other character
=========  =====================================================================================
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from operator import add
from types import MappingProxyType

from trialstats.sources.text.tokens.normalise import FILLER, ROW_END
from trialstats.sources.text.tokens.nothing import NOTHING

_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBER_WORDS: Mapping[str, int] = MappingProxyType(
    {"none": 0, "zero": 0, "hundred": 100}
    | {word: value for value, word in enumerate(_ONES + _TEENS, start=1)}
    | {word: 10 * value for value, word in enumerate(_TENS, start=2)}
    | {
        tens + h + one: 10 * t + o
        for t, tens in enumerate(_TENS, 2)
        for o, one in enumerate(_ONES, 1)
        for h in ("", "-")
    }
)
"""Numbers written in words, in lower case."""

_WORD_ROWS = {
    "t": "to through until till bis tot til à até hasta",
    "a": "and",
    "n": "n",
    "o": "of",
    "R": "respectively",
    "I": "iqr iqrs range ranges ranged quartile quartiles percentile percentiles interquartile minimum maximum",
    "D": "sd sds sem sems se ses stdev",
    "l": "cl cls ic ics ki bi",
    "x": "ne nr na inf infinity nc unreached infinite undefined nestimable",
    "u": (
        "month months mo mos year years yr yrs week weeks wk wks day days hour hours hrs h min mins minute minutes "
        "s sec secs seconds ms mm cm m km kg g mg mcg ug μg µg µm µl fl ng pg ml dl l mmhg hg cmh mmol mol nmol umol "
        "μmol µmol pmol meq iu u point points letters letter beats bpm kcal kj mgy gy msv db kpa pa mosm percentage pp "
        "cmh2o microg microm micromol microl "
        "diopters person personyears py pys pyrs patientyears patient-years logmar"
    ),
    "C": (
        "ci cis cri cris crl crls credi credis hdi hdis hpd hpdi hpdis bci bcri bcrl eti ci95 ci90 ci99 ic95 ic90 ic99 "
        "ki95 lcl konfidenzintervall vertrauensintervall vertrauensbereich konfidensintervall konfidensintervallet "
        "betrouwbaarheidsinterval"
    ),
    "v": "compared than against comparing whereas while",
    "k": " ".join(NUMBER_WORDS),
}
_WORDS = {word: letter for letter, row in _WORD_ROWS.items() for word in row.split()}

_POWER = (
    r"(?:e[-+]?[0-9]{1,3}(?![0-9])| ?[x×*] ?10(?: ?\^? ?(?:-|\( ?-) ?[0-9]{1,3}(?![0-9])\)?"
    # 3.2 x 10^7, but not the unit of 5.1 x 10^9/L.
    r"| ?\^ ?\+?[0-9]{1,2}(?= ?(?:[)(,;\[-]|to\b))))"
)
# A power of ten beyond what can be computed with, or one that no paper writes (1e400): such a number is none of a
# result.
_NO_POWER = r"(?:e[0-9]|(?:e| ?[x×*] ?10) ?\^? ?\(? ?(?:- ?(?:2[5-9]|[3-9][0-9])|\+ ?[1-9][0-9])[0-9](?![0-9]))"
_NUMBER = (
    r"[0-9](?:"
    r"(?<![0-9.,][0-9])[0-9]{0,2}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?"  # 12,345.6
    r"|(?<=[1-9])(?<!week .)(?<!day .)(?<!month .)[0-9]{0,2}(?: [0-9]{3}){1,2}(?![0-9.,/:%]| ?%)"  # 12 345
    r"|[0-9]*(?:\.\x00*[0-9]+|,[0-9]+|(?<=(?<![0-9])0)\. [0-9]+|\. [0-9]{1,2}(?=%?[)\]]))?)"  # 1.2, 1,2, 0. 2
)
_LETTER = r"a-zªµºß-öø-ÿ"
# The branches in order; each begins with a literal or a set. A word takes digits that follow it (CD4, V600E) unless
# they are a number of their own (RR1.16, CI95%).
_LEXER = re.compile(
    # What need not follow stands beside an empty branch: the engine passes that by on its first letter.
    rf"(?:[{_LETTER}][{_LETTER}_]*+(?:-[{_LETTER}]+(?:-[{_LETTER}]+)*|)"
    # "to1.30" and "HR0.5" are a word and a number.
    r"(?:[0-9](?<!\b(?:to|of|vs|or|hr|rr).)(?<!\band.)[0-9]*(?:[a-z][a-z0-9]*|(?![0-9%]|[.,][0-9]| %))|)"
    rf"|[12]-(?:sided|tailed)|(?:{_NUMBER}{_POWER}?|\.(?<!\bvs\.)[0-9]+{_POWER}?)(?: ?%| ?per ?cents?(?![a-z]))?"
    r"|\.+"
    # What no token begins with goes with the token before it.
    r"|[<>≤≥](?: ?=)?|\+(?: ?(?:/|or) ?-|-(?= ?[0-9]))|[^\s\x00\"])[\s\x00\"]*+"
)
_PUNCTUATION = {
    **dict.fromkeys("([{", "("), **dict.fromkeys(")]}", ")"), **dict.fromkeys("<>≤≥", "r"),
    "-": "m", "=": "e", ",": ",", ";": ";", ":": ":", "/": "/", "±": "z", "+": "+", "∞": "x", ROW_END: "E",
}  # fmt: skip

# Words that may begin a longer token: the expression that is tried where they stand, and its letter.
_END = r"(?![a-z])"
_P_WORDS = (
    r"values?|trend|interactions?|int|inter|heterogeneity|het|differences?|diff|for(?: [\w-]{1,20}){1,3}?|log-? "
    r"?rank|adj|"
    r"adjusted|one-sided|two-sided|1-sided|2-sided|one-tailed|two-tailed|2-tailed|1-tailed|superiority"
    r"|non-?inferiority|"
    r"equivalence|overall|nominal|wert|corrected|unadjusted|wilcoxon|fisher|chi-?square|all|both"
)
_NS = r"(?:n\.s\b\.?|ns\b|(?:not|non)[ -]?significant\b)"
_P = (
    rf"p(?:[ \x00]{{0,2}}[(\[_]{{0,2}}[ -]?(?:{_P_WORDS}){_END}[)\]]?){{0,3}}[ \x00,-]{{0,3}}"
    r"(?:(?:[<>=≤≥:][ \x00]{0,3}){1,3}|(?:was |were |is )?(?:less|greater|lower|more|smaller) than (?:or equal to )?"
    # "The HR and P value for survival was 0.71": only right behind the P itself is a word as good as a sign.
    r"|(?<=p )(?:of|was|is|equals?|at) [<>=≤≥]{0,2} ?|(?<=value )(?:of|was|is|equals?) [<>=≤≥]{0,2} ?"
    r"|(?<=\bp )(?=0?\.[0-9]{2})|(?<=value )(?=0?\.[0-9]{2}))"
    rf"(?:[0-9](?:\.[0-9]+)?(?!{_NO_POWER}){_POWER}|0?[ ]?[.,/]\x00*[ ]?[0-9]+"
    rf"|[01](?:\.[0-9]+)?(?![0-9%]|e[-+]?[0-9]| ?[x×*] ?10\b)|{_NS}"
    r"|10 ?\^? ?\(? ?-[0-9]{1,2}(?![0-9])\)?"
    # No P value is negative or above 1; what is printed so is read so.
    r"|(?:(?<=[<>=≤≥])|(?<=[<>=≤≥] ))(?:- ?0?[.,][0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{1,4}|(?=[)\]]))))(?: ?%)?"
    rf"|p(?: values?)? (?={_NS}){_NS}"
)
_P_FIRST = [
    "value",
    "values",
    "wert",
    "trend",
    "interaction",
    "int",
    "heterogeneity",
    "difference",
    "logrank",
    "log-rank",
]
_MISSING = (
    r"reached|attained|achieved|estimable|evaluable|evaluated|available|calculable|calculated|estimated|defined|determined|"
    r"determinable|assessable|applicable|met|reachable|reported"
)
_LONGER_ROWS = (
    # first words, letter, expression
    (f"p {' '.join('p' + h + w for w in _P_FIRST for h in ('', '-', '_'))}", "P", _P),
    ("p pvalue pvalues p-value p-values", "p", rf"p(?:[ _-]?values?|(?= ?[<>=≤≥])){_END}"),
    (
        "confidence conþdence confdence credible credibility confidence-interval confidence-intervals",
        "C",
        r"c\w{6,10}[ \x00-]{0,6}(?:[(\[] {0,2}ci {0,2}[)\]] {0,2})?(?:interval|limit|bound|int\.|region)s?"
        # As registries write: "Confidence Interval: (2-Sided) 95%".
        rf"(?: level)?{_END}(?:[ :,]{{1,3}}[(\[]?(?:2|two)-sided[)\]]?{_END})?",
    ),
    (
        # "97.5% one-sided lower bound, 41%", "one-sided 97.5% lower limit 3"
        "lower upper",
        "C",
        r"(?:(?<=[e1]-sided )|(?<=[e1] sided )|(?<=e-tailed )|(?<=-sided [89][0-9]% )|(?<=-sided [89][0-9]\.[0-9]% ))"
        rf"(?:low|upp)er (?:bound|limit){_END}",
    ),
    ("sides", "w", rf"sides:? ?(?:[12]|one|two)-sided{_END}"),
    # "IC 95 %", "IC del 95 %", "KI 95 %": words for an interval only before a level.
    ("ic ki bi", "C", r"(?:ic|ki|bi)(?: (?:del?|à|a|al|zu))?(?=[ :(]{0,3}(?:[89][0-9]|97[.,]5) ?[%:=\[])"),
    (
        "intervalo intervalos intervalle intervalles intervallo intervalli",
        "C",
        rf"inter\w{{4,6}} d[ei] confi\w{{3,6}}(?: (?:del?|à|a|al))?{_END}",
    ),
    ("c", "C", rf"c\. ?i\.?{_END}"),
    (
        # "95% Newcombe interval", "90% exact interval": by its method.
        "newcombe wilson wald exact score bootstrap jeffreys katz koopman woolf clopper-pearson agresti-coull "
        "agresti-caffo miettinen-nurminen clopper miettinen",
        "C",
        rf"[a-z]{{4,10}}(?:(?: and |[-–]){{1}}[a-z]{{5,9}})? intervals?{_END}",
    ),
    ("probability posterior bayesian", "C", rf"(?:probability|posterior|bayesian) intervals?{_END}"),
    (
        "not no n non non-estimable non-evaluable non-calculable non-reached not-reached not-estimable",
        "x",
        rf"n(?:ot?[ -](?:yet[ -])?(?:been )?(?:{_MISSING})|\.[rae]\.|/[ar]|on-? ?(?:estimable|calculable"
        rf"|evaluable|reached)){_END}",
    ),
    ("no", "k", NOTHING),
    ("could", "x", rf"could not (?:yet )?be (?:{_MISSING}){_END}"),
    ("v vs versus", "v", r"v(?:ersus|s)?\.?(?![a-z.])"),
    ("relative", "v", rf"relative to{_END}"),
    ("out", "o", rf"out of{_END}"),
    ("standard st", "D", rf"st(?:andard)?\.?[ -](?:deviation|error|dev\.?|err\.?)s?{_END}"),
    ("s", "D", rf"s\.(?:d|e|e\.m)\.?{_END}"),
    ("q1 q25", "I", rf"q(?:1|25)(?:,| ?[-/]| to| and) ?q(?:3|75){_END}"),
    ("inter interquartile inter-quartile", "I", rf"inter[ -]?(?:per)?(?:quar|cen)tile(?: ranges?)?{_END}"),
)
_LONGER: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
for _firsts, _letter, _expression in _LONGER_ROWS:
    for _first in _firsts.split():
        _LONGER.setdefault(_first, []).append((_letter, re.compile(_expression)))


# A question mark: something longer may begin here.
_FIRST = _WORDS | dict.fromkeys(_LONGER, "?")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text.

    Attributes
    ----------
    text : str
        The normalised text in lower case, of the same length as the original.
    letters : str
        One letter a token.
    starts, ends : list of int
        Their places in the text.
    """

    text: str
    letters: str
    starts: list[int]
    ends: list[int]

    def __getitem__(self, index: int) -> str:
        return self.text[self.starts[index] : self.ends[index]]

    def __len__(self) -> int:
        return len(self.letters)


def lower(text: str) -> str:
    """Return the text in lower case, of the same length: a few letters grow when lowered, and stay as they are."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def lex(text: str) -> Tokens:
    """Cut a normalised text into tokens.

    Parameters
    ----------
    text : str
        As `normalise` gives it.

    Returns
    -------
    Tokens

    Examples
    --------
    >>> lex("Response 8 of 32 (25%; 95% CI, 12 to 43).").letters
    'wdod(q;qC,dtd)S'
    """
    lowered = lower(text)
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    first, size = 0, len(text)
    for last in _sentence_ends(text):
        # What is far from any digit is far from any claim: its words would only cost time.
        digit = _DIGIT.search(lowered, first, last) or _WORD_OF_COUNT.search(lowered, first, last)
        if digit is not None:
            begin, stop = _near_digits(lowered, first, digit.start(), last)
            found = _LEXER.findall(lowered, begin, stop)
            begun = list(accumulate(map(len, found[:-1]), initial=stop - sum(map(len, found))))
            of_each, lengths = zip(*map(_LETTER_OF.__getitem__, found), strict=True)
            row = "".join(of_each)
            ended = list(map(add, begun, lengths))
            if "?" in row:
                row, begun, ended = _with_longer(lowered, last, row, begun, ended)
            letters.append(row)
            starts += begun
            ends += ended
        if last < size or text.endswith("."):
            letters.append("S")
            starts.append(last)
            ends.append(min(last + 1, size))
        first = last + 1
    return Tokens(lowered, "".join(letters), starts, ends)


def _with_longer(
    text: str, last: int, row: str, starts: list[int], ends: list[int]
) -> tuple[str, list[int], list[int]]:
    """Put longer tokens in the place of the words they begin with, in a sentence that ends at ``last``."""
    letters: list[str] = []
    begun: list[int] = []
    ended: list[int] = []
    done, at = 0, row.find("?")
    while at >= 0:
        start, end = starts[at], ends[at]
        word = text[start:end]
        letter, behind = _WORDS.get(word, "w"), at + 1
        for longer, expression in _LONGER[word]:
            if (whole := expression.match(text, start, last)) is not None:
                letter, end = longer, whole.end()
                # What begins inside the longer token was taken with it.
                behind = bisect_left(starts, end, behind)
                break
        letters += row[done:at], letter
        begun += starts[done : at + 1]
        ended += ends[done:at]
        ended.append(end)
        done, at = behind, row.find("?", behind)
    letters.append(row[done:])
    return "".join(letters), begun + starts[done:], ended + ends[done:]


class _Letters(dict[str, tuple[str, int]]):
    """By a token and what lies between it and the next: its letter, and its length.

    Texts use the same words again and again: what is worked out for a token is kept. The letter is ``?`` where a
    longer token may begin.
    """

    def __missing__(self, found: str) -> tuple[str, int]:
        token = found.rstrip(_BETWEEN)
        known = _letter_of(token), len(token)
        if len(self) >= _MOST_TOKENS:
            self.clear()
        if len(found) <= _LONGEST_NUMBER:
            self[found] = known
        return known


def _letter_of(token: str) -> str:
    first = token[0]
    if _WORD_FIRST.match(first) is not None:
        return _FIRST.get(token, "w")
    if "0" <= first <= "9" or (first == "." and token != "." * len(token)):
        if token[-1] == "d":
            return "w"  # 2-sided
        # A per cent sign, or the last letter of the words for it.
        if len(token) > _LONGEST_NUMBER or _TOO_FAR.search(token) is not None:
            return "*"
        return "q" if token[-1] in "%ts" else "d"
    if first == ".":
        return "."
    return "z" if first == "+" and len(token) > 1 else _PUNCTUATION.get(first, "*")


_WORD_FIRST = re.compile(rf"[{_LETTER}]")
_TOO_FAR = re.compile(rf"[0-9]{_NO_POWER}")
_MOST_TOKENS = 1 << 15
# White space, as the lexer understands it, and what it reads over.
_BETWEEN = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000" + FILLER + '"'
)
_LETTER_OF = _Letters()


_BEFORE, _AFTER = 240, 80
_TO_LAST_DIGIT = re.compile(r".*[0-9]", re.DOTALL)


def _near_digits(text: str, first: int, digit: int, last: int) -> tuple[int, int]:
    """Return the part of a sentence that begins some words before its first digit and ends some behind its last."""
    if digit - first > _BEFORE:
        first = text.find(" ", digit - _BEFORE, digit) + 1 or digit
    found = _TO_LAST_DIGIT.match(text, digit, last)
    stop = (found.end() if found is not None else digit + _BEFORE) + _AFTER
    stop = text.find(" ", stop, last) if stop < last else -1
    return first, stop if stop >= 0 else last


_LONGEST_NUMBER = 24
_DIGIT = re.compile(r"[0-9]")
# A sentence without digits may still count: "Two patients died."
_WORD_OF_COUNT = re.compile(
    # A set of letters comes first, so that the search jumps from one to the next.
    rf"[efnost](?<=\b.)(?:(?<=n)(?:one|ine(?:teen|ty)?|(?<=\bn){NOTHING[1:]})|(?<=o)ne|(?<=t)(?:wo|hree|en|welve|wenty|hirty|hirteen)"
    r"|(?<=f)(?:our(?:teen)?|ive|ifteen|orty|ifty)|(?<=s)(?:ix|even)(?:teen|ty)?|(?<=e)(?:ight(?:een|y)?|leven))\b"
)
_STOP = re.compile(rf"\.(?=[\s{ROW_END}A-Z]|$)")


def _sentence_ends(text: str) -> Iterator[int]:
    """Yield the places of the full stops that end a sentence, and the end of the text."""
    last = -1
    for found in _STOP.finditer(text):
        # "0. 92" and "(0.75-1. 89)" are numbers of a broken text; "vs. 3%" and "i.e. 5%" go on.
        if found.start() and _BROKEN.match(text, found.start() - 1) is not None:
            continue
        if _ends_sentence(text, found.end()) and not text.endswith(
            _ABBREVIATIONS, max(0, found.start() - 4), found.start()
        ):
            last = found.start()
            yield last
    if last < len(text) - 1:
        yield len(text)


_BROKEN = re.compile(r"(?<![0-9])0\. [0-9]|[0-9]\. [0-9]{1,2}%?[)\]]")
_ABBREVIATIONS = ("vs", "Vs", "VS", " v", "i.e", "e.g", " cf", "approx", "s.d", "S.D", "s.e", "S.E", "e.m", "E.M")


# "2.9. 95% CI": the full stop stands for a comma.
_LEVEL_NEXT = re.compile(r"\s{1,3}[0-9]{2}(?:\.[0-9])? ?%? ?-?(?:ci|conf|cred)", re.IGNORECASE)


def _ends_sentence(text: str, end: int) -> bool:
    """Whether a full stop that ends at this place is followed by what may begin a sentence."""
    after = text[end : end + 3].replace(ROW_END, " ")
    if not after or after[0].isupper():
        return True
    next_word = after.lstrip()
    if not next_word or next_word[0].isupper():
        return True
    if not after[0].isspace() or next_word[0] not in "0123456789([\"'":
        return False
    return not (next_word[0].isdigit() and _LEVEL_NEXT.match(text, end))
