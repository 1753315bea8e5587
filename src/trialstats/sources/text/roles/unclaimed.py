"""What a number stands for that belongs to no result and is the size of nothing: a role, or `NOTHING`.

First the stretches of a text whose numbers are all of one kind (a date, a citation, an address), then the words right
beside the number, by tables; then the numbers that it is listed with; at last the sentence as a whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from trialstats.sources.text.numbers.by_words import role_of
from trialstats.sources.text.tokens.document import Document

NOTHING = "other: nothing we know"

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
# Stretches whose numbers are all of one kind; the groups say which. What is tried first wins.
_YEAR = r"(?:19|20)[0-9]{2}"
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?(?: ?- ?[0-9]{1,2})?"
_STRETCHES = re.compile(
    r"(?P<identifier>(?:https?://|www\.)[^\s<>\"]{1,200}|(?<![\w.+-])[\w.+-]{1,40}@[\w-]{1,40}\.[\w.]{1,40}"
    r"|\b10\.[0-9]{4,6}/[^\s,;]{1,100}|\b(?:orcid|issn|isbn)[:\s]{1,3}[0-9x-]{8,20})"
    rf"|(?P<reference>\b{_YEAR}(?: [a-z]{{3}}(?: [0-9]{{1,2}})?)?; ?[0-9]{{1,4}} ?(?:\([^()]{{1,12}}\))?"
    r" ?: ?[a-z]?[0-9]{1,7}(?:-[a-z]?[0-9]{1,7})?"
    r"|\b(?:vol(?:ume)?|pp?|pages?|issue)\.? [0-9]{1,6}(?: ?- ?[0-9]{1,6}| of [0-9]{1,4})?(?![0-9.,]*[0-9%])"
    r"|(?<=[a-z.,;)])\[[0-9]{1,3}(?:[,-] ?[0-9]{1,3}){0,6}\])"
    rf"|(?P<date>\b{_DAY} (?:of )?{_MONTH},?(?: {_YEAR}\b)?"
    rf"|\b{_MONTH} {_DAY}(?:,? {_YEAR})?\b(?![.,]?[0-9%])|\b{_MONTH},? {_YEAR}\b"
    rf"|\b{_YEAR}-[01][0-9]-[0-3][0-9]\b|\b{_YEAR} ?[/-] ?(?:{_YEAR}|[0-9]{{2}})\b(?![.%-])"
    rf"|\b[0-3]?[0-9]/[0-3]?[0-9]/{_YEAR}\b)"
)

_SITES = (
    r"(?:sites|cent(?:er|re)s|hospitals|countries|clinics|institutions|practices|units|wards|schools|towns|regions)"
)
_STUDIES = r"(?:trials|studies|articles|papers|rcts|reports|publications|records|citations)"
_GROUPS = r"(?:groups|arms|regimens|treatments|strategies|cohorts|strata|clusters|blocks)"
_PEOPLE = (
    r"(?:patients?|participants?|subjects?|wom[ae]n|m[ae]n|children|adults?|infants?|neonates?|newborns?|boys|girls"
    r"|persons?|volunteers?|individuals?|people|mothers|males?|females?|students|residents|adolescents|controls|cases"
    r"|households|families|eyes|teeth|physicians|nurses|caregivers|respondents|survivors|recipients|smokers|veterans|workers|couples)"
)
_EVENTS = r"(?:deaths?|events?|infections|strokes?|recurrences|relapses?|episodes)"
_TIME = r"(?:months?|mos?|years?|yrs?|weeks?|wks?|days?|hours?|hrs?|h|min(?:ute)?s?|sec(?:ond)?s?)"
_MORE = (
    r"(?:more|less|greater|fewer|lower|higher|older|younger|longer|shorter|better|worse|larger|smaller|above|over"
    r"|below)"
)
# What stands right behind a number, by role; the first row that fits.
_BEHIND = tuple(
    (role, re.compile(expression))
    for role, expression in (
        ("level", r" ?-?(?:ci|cis|confidence|credible|cri|credi)\b"),
        ("duration of follow-up", rf"[ -]?{_TIME}\b[^.;:0-9]{{0,12}}\bfollow(?:ed|ing|s)?[ -]?(?:up)?\b"),
        ("age limit", r"\+?[ -]?(?:years?|yrs?|months?)[ -](?:of age|olds?\b)"),
        ("age limit", r"\+?[ -]?(?:years?|yrs?|months?),? (?:or |and )?(?:older|younger|above|over)"),
        ("age limit", r"(?: years?)? age[ -](?:group|range|band)"),
        ("other: design", r" ?(?:statistical )?power\b| ?(?:one|two|1|2)-sided (?:significance|alpha)"),
        ("other: design", r" ?(?:x|×|by) ?[0-9]{1,2} ?-?factorial| ?-?factorial"),
        ("other: scale", r"[ -](?:point|item|question|grade|level)s?[ -](?:[a-z]+ ){0,2}(?:scale|score|questionnaire)"),
        ("other: scale", r"-(?:point|item)\b|(?: ?\[[^]]{1,20}\])?,? (?:being|indicating|representing) "),
        ("dose", r" ?(?:times|x) (?:a|per|each|every|daily|weekly)\b"),
        ("dose", r" ?(?:mg|mcg|µg|μg|g|ml|iu|gy|mmol|meq|u)(?:/| per )"),
        ("dose", r" (?:[a-z-]{1,12} )?(?:solution|cream|gel|ointment|lidocaine|dextrose|oxygen|saline)\b"),
        ("other: limit", rf"(?:[ -]?[a-z%/]{{1,8}})? (?:or|and) {_MORE}\b"),
        ("time point", rf"[ -]?{_TIME}\b"),
        ("other: number of sites", rf" (?:[a-z-]{{1,16}} ){{0,3}}?{_SITES}\b"),
        ("other: number of studies", rf" (?:[a-z-]{{1,16}} ){{0,3}}?{_STUDIES}\b"),
        ("other: number of groups", rf" (?:[a-z-]{{1,16}} ){{0,2}}?{_GROUPS}\b"),
        ("count", rf" (?:[a-z-]{{1,20}} ){{0,2}}?{_EVENTS}\b"),
        ("size", rf" (?!(?:and|or|to|of|in|vs|versus|with|were|was)\b)(?:[a-z-]{{1,20}} ){{0,3}}?{_PEOPLE}\b"),
        ("dose", r" ?(?:mg|mcg|µg|μg|iu|gy|units?|u)\b"),
        ("identifier", r"[a-z](?:-?[a-z]{1,12})?\b"),
    )
)  # fmt: skip
_STATISTIC = (
    r"(?:[ftzquwhrd]|χ2?|x2|chi2|chi-?squared?|i2|i\(2\)|q|rho|ρ|r2|df|kappa|κ|icc|tau2?|τ2?|alpha|β|beta"
    r"|cohen(?:'s|s)? d)(?: ?[(\[][^()\[\]]{1,14}[)\]])?"
)
_LIMIT = (
    rf"(?:[<>≤≥]|\b(?:at least|at most|{_MORE} than(?: or equal to)?|over|under|above|below|up to|exceed(?:s|ed|ing)"
    r"|minimum|maximum|(?:minimum|maximum|threshold|cut-?off|target) of))"
)
# What stands right before a number.
_BEFORE = tuple(
    (role, re.compile(expression))
    for role, expression in (
        ("size", r"\bn ?(?:=|:|of)? ?$"),
        ("other: part of a unit", r"\bc?m ?\($"),
        ("grade or stage", r"\b(?:status|grade|stage|class|category)e?s?(?: of| was| were|:|,| =)? ?$"),
        ("other: scale", r"\b(?:scale|scores?|scored|range|rated)(?:[a-z ,]{0,24}? (?:of|from|between)|:|,)? ?$"),
        ("other: scale", r"\b(?:scale|scores?|scored|rated)\b[a-z ,(]{0,40}[0-9]{1,2} ?(?:-|to|and|through) ?$"),
        ("test statistic", rf"(?:^|[ (\[,;]){_STATISTIC} ?(?:=|:|of|was|[<>≤≥]) ?[-+]?$"),
        ("test statistic", r"(?:^|[ (\[,;])(?:[ft]|χ2?|x2|chi-?squared?) ?[(\[](?:[0-9.]{1,5}, ?)?(?:df ?= ?)?$"),
        ("test statistic", r"\b(?:of freedom|heterogeneity|correlation|kappa|statistic)\b[a-z ,(]{0,24}=? ?[-+]?$"),
        ("other: design", r"\b(?:power|alpha|significance|margin|type i error|beta)\b[a-z ,(]{0,30}[=:<>≤≥]? ?[-+]?$"),
        ("age limit", rf"\bages?d?\b(?: of| from| between| range| was| were|,|:|\()*(?: {_LIMIT})? ?$"),
        ("duration of follow-up", r"\bfollow(?:ed|ing)?[ -]?(?:up)?\b[a-z ,(=:]{0,40}$"),
        ("other: unit of a rate", r"[a-z)]/ ?$"),
        ("other: allocation ratio", r"\b(?:ratio|randomi[sz]ed|allocat\w+)\b[a-z ,(]{0,20}[0-9]{0,2} ?:? ?$"),
        ("reference", r"\b(?:table|fig|figure|boxe?|appendix|equation|ref|reference)s?[.:]? ?$"),
        ("identifier", r"\b(?:number|no|nr|registration|registry|identifier|code|version|id)\b[.: #]{0,3}$|#$"),
        ("date", r"(?:©|\bcopyright|\(c\)) ?$"),
        ("other: limit", rf"{_LIMIT} ?[-+]?$"),
    )
)  # fmt: skip
_FOLLOWING = next(expression for role, expression in _BEHIND if role == "duration of follow-up")
_FOLLOWED = re.compile(r"\bfollow(?:ed|ing)?[ -]?(?:up)?\b[^0-9.;:]{0,40}$")
_AGES = re.compile(r"\bag(?:e|es|ed)\b[^.;:]{0,30}$|\bold\b[^.;:0-9]{0,12}$")
_YEARS = re.compile(r"[ -]?(?:(?:-|to|and|or|through) ?[0-9]{1,3} ?)?(?:years?|yrs?|y\b|months?)|\)")
_PER = re.compile(r"\bper ?$")
_POWER_OF_TEN = re.compile(r"10+")
# A sentence of plans: what the trial was to show.
_PLANS = re.compile(
    r"\b(?:power(?:ed)?|sample size|to detect|alpha|significance level|planned|hypothes\w+|assum\w+|anticipat\w+"
    r"|expected|margin|stopping rule|cut-?off|threshold|prespecified|defined as|eligib\w+|(?:in|ex)clusion criteria)\b"
)
# Numbers of a list or a range have one role: they share the unit behind the last or the word before the first.
_SHARED = frozenset(
    (
        "time point",
        "dose",
        "age limit",
        "grade or stage",
        "date",
        "identifier",
        "reference",
        "duration of follow-up",
        "other: scale",
        "other: limit",
        "other: phase",
        "other: allocation ratio",
        "other: design",
        "other: unit of a rate",
        "test statistic",
    )
)
_LONGEST_LIST = 6


class Unclaimed:
    """Says of the numbers of one document what they stand for, if they belong to no result.

    Parameters
    ----------
    document : Document

    Examples
    --------
    >>> from trialstats.sources.text.tokens.document import read_tokens
    >>> document = read_tokens("In 12 centres, women aged 18 to 70 years took 5, 10 or 20 mg until 3 May 2011.")
    >>> unclaimed = Unclaimed(document)
    >>> for token, letter in enumerate(document.letters):
    ...     if letter == "d":
    ...         print(document.tokens[token], unclaimed.role(token))
    12 other: number of sites
    18 age limit
    70 age limit
    5 dose
    10 dose
    20 dose
    3 date
    2011 date
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self._own: dict[int, str] = {}
        self._plans: dict[int, bool] = {}
        self._ends: list[int] = []
        self._kinds: list[tuple[int, str]] = []
        for found in _STRETCHES.finditer(document.tokens.text):
            self._ends.append(found.end())
            self._kinds.append((found.start(), found.lastgroup or ""))

    def role(self, token: int) -> str:
        """Return the role of a number token, with the reason behind a colon where the role is ``other``."""
        return self.own(token) or self._listed(token) or self._of_the_sentence(token) or NOTHING

    def own(self, token: int) -> str:
        """Return the role that the words right beside a number give it; empty where they give none."""
        if token not in self._own:
            self._own[token] = self._in_a_stretch(token) or self._by_words(token)
        return self._own[token]

    def _in_a_stretch(self, token: int) -> str:
        start = self.document.tokens.starts[token]
        at = bisect_right(self._ends, start)
        return self._kinds[at][1] if at < len(self._ends) and self._kinds[at][0] <= start else ""

    def _by_words(self, token: int) -> str:
        document, tokens = self.document, self.document.tokens
        start, end = tokens.starts[token], tokens.ends[token]
        first = tokens.starts[document.sentence(token)[0]]
        before, after = tokens.text[max(first, start - 60) : start], tokens.text[end : end + 60]
        if _PER.search(before) and _POWER_OF_TEN.fullmatch(document.digits(token)):
            return "other: unit of a rate"
        found = role_of(document, token)
        if found == "time point" and (_FOLLOWED.search(before) or _FOLLOWING.match(after)):
            return "duration of follow-up"
        if found in ("", "time point", "other: part of a unit") and _AGES.search(before) and _YEARS.match(after):
            return "age limit"
        if found:
            # "for one" is no name of anything.
            return "" if found == "identifier" and document.letters[token] == "k" else found
        return next(
            (role for role, expression in _BEFORE if expression.search(before)),
            next((role for role, expression in _BEHIND if expression.match(after)), ""),
        )

    def _listed(self, token: int) -> str:
        """Return the role of the numbers that one is listed with: those behind it first."""
        for step in (self._behind, self._ahead):
            at = token
            for _ in range(_LONGEST_LIST):
                at = step(at)
                if at < 0:
                    break
                if (role := self.own(at)) in _SHARED:
                    return role
        return ""

    def _behind(self, token: int) -> int:
        found = _JOINED_BEHIND.match(self.document.letters, token + 1, token + 6)
        return found.start("other") if found is not None and self._is_list(token + 1, found.start("other")) else -1

    def _ahead(self, token: int) -> int:
        found = _JOINED_AHEAD.search(self.document.letters, max(0, token - 5), token)
        return found.start("other") if found is not None and self._is_list(found.start("other") + 1, token) else -1

    def _is_list(self, first: int, last: int) -> bool:
        """Whether the tokens between two numbers join them: a comma, a dash, "or"."""
        tokens = self.document.tokens
        return all(self.document.letters[at] != "w" or tokens[at] == "or" for at in range(first, last))

    def _of_the_sentence(self, token: int) -> str:
        first, last = self.document.sentence(token)
        if first not in self._plans:
            self._plans[first] = _PLANS.search(self.document.text_between(first, last)) is not None
        return "other: design" if self._plans[first] else ""


_JOINED_BEHIND = re.compile(r"u?,?[mtaw/:,v][mr]?(?P<other>[dqk])")
_JOINED_AHEAD = re.compile(r"(?P<other>[dqk])u?,?[mtaw/:,v][mr]?$")
