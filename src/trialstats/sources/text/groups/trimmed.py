"""Cut from a stretch of text the words that can name an arm, and find the brackets behind them."""

from __future__ import annotations

import re

from trialstats.sources.text.groups.lettered import NEXT_GROUP
from trialstats.sources.text.groups.prose import MASK, Phrase, Prose, word_set
from trialstats.sources.text.groups.regimens import SERIES

UNITS = (
    r"(?:mg|g|kg|[uµμ]g|mcg|micro g|ng|ml|l|dl|iu|u|units?|mmol|mol|meq|gy|miu|%|percent|mm|cm|hours?|hrs?|h|days?|d"
    r"|weeks?|wks?|wk|months?|min|minutes?|years?|cycles?|courses?|doses?|sessions?|times|m2|per|million|international)"
)


# Where the words for an arm end: a group or arm, how and when it is given, a verb, the next clause. Each branch begins
# with a letter of its own, so that the engine can pass over what begins none.
_NO_LETTER = r"\b(?! (?:[a-h]|[0-9]|i{1,3})\b)"
# "group counselling": what is given to groups of people.
IN_GROUPS = (
    r"(?:interventions?|therapy|training|sessions?|counsell?ing|education(?:al)?|exercises?|class(?:es)?|cbt|cognitive"
    r"|psychotherapy|psychoeducation(?:al)?|support|discussions?|visits|prenatal|antenatal|format|based|delivered)\b"
)
# "zinc in chronic heart failure", "zinc in the prevention of colds": whom it is for.
_FOR_ILLNESS = (
    r"in (?:[a-z-]+,? ){0,6}?(?:diseases?|cancers?|carcinomas?|syndromes?|sepsis|failure|hypertension|diabetes"
    r"|disorders?|injur(?:y|ies)|metastas[ei]s|tumou?rs?|infections?|stroke|infarction|nsclc|asthma|melanoma|lymphoma"
    r"|myeloma|leuk[a-z]{2,4}mia|schizophrenia|depression|pneumonia|(?!crisis|basis|analysis)[a-z]{3,}(?:itis|osis))"
    r"(?= (?:of|with|after|undergoing|without) |[,.;:)]|$| ?\()"
    r"|in (?:the )?(?:[a-z-]+ ){0,3}?(?:treatment|prophylaxis|management|prevention|relief) of"
)


_END = re.compile(
    rf";|:|(?<=[a-z]{{4}})\.,| (?:groups?|arms?){_NO_LETTER}(?![ -]{IN_GROUPS})|-(?:groups?|arms?){_NO_LETTER}"
    rf"| (?:{_FOR_ILLNESS})"
    r"| (?:for|in (?!(?:(?:an?|one|single|[0-9]+|consecutive|daily|weekly) ){1,4}(?:fractions?|sessions?"
    r"|doses?)\b)(?:an?|the|this|patients|random\w*|(?:counter-?)?balanced"
    r"|adults|women|men|children|people|participants|blocks|addition|combination|[0-9]+)"
    r"|in (?:[a-z-]+ ){1,2}(?:patients|women|cycles)|in [a-z]+ing|according|stratified"
    r"|at (?:an? ratio|the |baseline|study entry|random|(?:weeks|months|days) [0-9]+(?=,| and)"
    r"|(?:[0-9]+|two|three|four|five|six|seven|eight|nine|ten|twelve|[a-z]+teen|twenty) (?:[a-z]+ )?(?:sites"
    r"|cent(?:er|re)s|hospitals|clinics|institutions|practices|schools))"
    r"|within|every"
    r"|until|after|before|prior to|who|whose|which|that|using|by(?<!followed by)|during"
    r"|(?<!stay )(?<!remain )(?<!continue )on|once|twice|daily|(?:[2-6]|two|three|four|five|six) times"
    r"|from|where|when|while"
    r"|as(?! usual)(?<!same treatment as)(?<!same regimen as)|administered|titrated|delivered through"
    r"|also|still|indicates?|suggests?|shows?|appears?|seems?|experienced|reported|showed|developed|died|achieved"
    r"|improved|reduced|increased"
    r"|decreased|retained|responded|survived|relapsed|withdrew|discontinued|remained|completed|resulted|led"
    r"|demonstrated|provided|significantly|would|will|may|can|could|among|than|because|given|via"
    r"|with (?:an? |the )?(?:central|computer|interactive|web|permuted|block|random|stratif)[a-z]*|each"
    r"|(?<!with )(?<!plus )both|all"
    r"|over|through|we|starting|beginning|commencing|consisting|were|was|had|have|are|is|did|has|receiv(?:ed|ing)"
    r"|between (?:[a-z]+ )?(?:19|20)[0-9]{2}|with an? (?:median|mean)|concluded|to (?:be|determine|assess"
    r"|evaluate|prevent|treat|reduce|investigate)"
    r"|and (?:were|was|are|is|had|followed|instructed|asked|told|advised|invited|encouraged"
    r"|monitored|then(?= (?:[a-z]+ed|at|for|to|after|in|on|took|had|were|was)\b)"
    r"|evaluated|assessed|the|all|we|stratified|treated|underwent|received|to"
    r"|who|has|have))\b"
    r"|, (?:with|in|and|the|we|respectively|followed|plus|[a-z]+ed)\b|\.$|,$| [0-9.:]+ ?:"
    r"| and [-+±](?=[0-9])| (?:rr|hr|or|smd|wmd|md|sd)(?= ?=| [0-9])| (?:ors|hrs|rrs|odds|hazard) "
    r"|, [0-9.]+ ?%,? ?[(\[]"
    r"|, [a-z0-9-]+ (?:hours?|days?|weeks?|months?) (?:prior|before|after|later)\b"
    r"| up to (?:an? |the )?(?:[a-z]+ )?(?:[0-9]|dos|max)"
    r"|,? (?:[0-9]+|an?|one|two|three|four|five|six|seven) (?:hours?|days?|weeks?|months?) apart\b"
    r"|, [0-9]{1,5}(?: (?:patients|participants|subjects|women|men|children|adults))?"
    r" (?:in|per|to) (?:each|group|arm)\b"
)


# What may stand before the words for an arm.
_LEAD = re.compile(
    r"(?:[\s\x00,.:\"']|\(\x01{1,3}\) |(?:i{1,3}|iv|[0-9a-d])\) "
    r"|(?:investigate|determine|assess|evaluate|compare|examine|(?:test|study)(?! (?:group|arm)s?\b)|establish|explore"
    r"|ascertain|show|demonstrate) "
    r"(?:whether |if |that )?"
    r"|(?:the )?(?:efficacy|effects?|safety|effectiveness|importance"
    r"|impact|role|benefits?|use|addition|value|tolerability|activity"
    r"|superiority|non-?inferiority) (?:and [a-z]+ )?of "
    r"|(?:[a-z-]{6,20},? ){0,3}(?:studies|trials) of (?=[a-z])"
    r"|(?:(?:as )?compared (?:with|to)|in comparison (?:with|to)|relative to|versus|vs?\.) "
    r"|[0-9]+ (?:patients|participants|subjects|women|men|children|adults|volunteers|infants|people)"
    r" (?:received|took|underwent|were (?:given|treated with|assigned to)) "
    r"|[0-9]+ (?=[a-z]{4})(?!(?:cycles?|courses?|weeks?|months?|days?|years?|hours?|doses?|sessions?|minutes?|units?"
    r"|grams?"
    r"|times?|fractions?|million|mcg|micro|microg|micrograms?|milligrams?|item|step|point|component|part|arm|hertz|watt)\b)"
    r"|[0-9]+ (?:(?:patients|women|participants|were|was|randomly|assigned|randomi[sz]ed|allocated) )*(?:in)?to "
    r"|(?:[0-9a-z]+-(?:day|week|month) (?:twice|once)[ -]daily )?(?:(?:triple|quadruple|combination|definitive"
    r"|initial|primary|adjuvant) )?"
    r"(?:treatment|therapy|course|regimen|session|supplementation)s? (?:with|of|consisting of"
    r"|comprising) (?:either:? )?"
    r"|[0-9]+ (?:years|yr|y|months|weeks)(?: (?:of age|old))? to |(?:(?:double|single|triple)-blind(?:ed)?|open-label) "
    r"(?:treatment|therapy|administration) (?:with|of) "
    r"|(?:its|their) (?:respective |corresponding )?(?=(?:matching )?placebo)"
    r"|(?:that |those |(?:the )?(?:group|patients|participants) )?(?:assigned|allocated|randomi[sz]ed) to "
    r"|serve as (?:an? |the )?(?=control)|(?:the|an?|and|or(?! ?[(])|either|to|receive|received|receiving|undergo"
    r"|undergoing"
    r"|treatment with|therapy with|treated with"
    r"|with|in|one of|when|if|whether|whom|(?:phase|stage|period) [0-9]+ to"
    r"|of|single|have|get|be|daily|twice|once|weekly|every|on|by|from|for|who|which|were|was|treated by"
    r"|treated|both|all|each|during|using|via|after|given|administered|formed|constituted|served as|acted as"
    r"|[0-9]+ (?:patients|women|participants)) )*"
)


_NO_NAME = word_set(
    "group groups arm arms treatment treatments one two not study drug therapy regimen regimens patients"
    " participants to"
    " six seven eight nine ten either of other another standard receive half three four equal sequence different"
    " random first second third"
    " undergo"
    " both each the a an no baseline control-group those that these it its all none same difference others while"
    " whereas whom"
    " when i.v i.v."
    " data multicenter multicentre n were was day days week weeks month months year years placebo-controlled"
    " without with randomly randomized randomised vs versus preceded followed"
)


_MONTH = "january|february|march|april|june|july|august|september|october|november|december"


_DATE = re.compile(
    rf"(?:{_MONTH}|may|(?:19|20)[0-9]{{2}})\b|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.? [0-9]{{1,4}}\b"
)


# A percentage, but no solution: "10% zinc", "6% HES 130".
_RESULT = re.compile(
    r"[-+±]?[0-9.·]+ ?%(?! (?:(?!with |among )[a-z]{4}|(?!the|for|and|was|had|who|but|did|met|due|all|one|two|six|ten"
    r"|per|men|not|are|has|may|can|its|our|any|nor|yet|via|use|new)[a-z]{3} [0-9(]))|[-+±][0-9]"
)


_BEHIND_RESULT = re.compile(r" (?:for|with|in|on|of) ")


LONGEST_PHRASE = 220


def trimmed(flat: str, start: int, stop: int) -> Phrase | None:
    """Return the part of a piece that can name an arm."""
    lead = _LEAD.match(flat, start, min(stop, start + 120))
    start = lead.end() if lead is not None else start
    if _RESULT.match(flat, start, stop):
        # "-0.42% for placebo"
        behind = _BEHIND_RESULT.search(flat, start, stop)
        return trimmed(flat, behind.end(), stop) if behind is not None else None
    stop = min(stop, start + LONGEST_PHRASE)
    shut = _INSIDE.match(flat, start, stop) if flat.startswith(MASK, start) else None
    start = shut.end() if shut is not None else start
    given = flat.rfind(" to receive ", start, stop)
    if given >= 0 and not flat.startswith("and", given - 3):
        # "patients on zinc to receive iron"
        start = given + len(" to receive ")
        article = _ARTICLE.match(flat, start, stop)
        start = article.end() if article is not None else start
    begun = _DOSE_FIRST.match(flat, start, stop) or SERIES.match(flat, start, stop)
    end = _END.search(flat, begun.end() if begun is not None else start, stop)
    if end is not None:
        stop = end.start()
    while stop > start and (
        flat[stop - 1] in " ,.;:-" or (flat[stop - 1] in ")]" and not _OPENED.search(flat, start, stop))
    ):
        stop -= 1
    lettered = flat[stop - 1 : stop] == "a" and _BEHIND_LETTER.match(flat, stop) is not None
    while (
        not lettered
        and (tail := _LOOSE_TAIL.search(flat, max(start, stop - 20), stop)) is not None
        and tail.start() > start
    ):
        stop = tail.start()
    words = flat[start:stop].replace(MASK, "").strip("()[] ")
    if (
        (words in _NO_NAME and not (lettered and words == "a"))
        or words.startswith(("n =", "group of ", "groups of "))
        or not any(map(str.isalnum, words))
    ):
        return None
    if _DATE.match(words) or _MANNER.search(words) or _DESIGN_ONLY.fullmatch(words):
        return None
    return Phrase(start, stop)


_ARTICLE = re.compile(r"(?:either )?(?:the|an?) ")
_INSIDE = re.compile(rf"{MASK}{{1,60}}[)\]] (?:with|and|or|to|versus|vs\.?|compared (?:with|to)) (?:the |an? )?")
"""The end of a bracket, where a part was cut at its beginning: "of zinc (n = 59) with one visit"."""
_MANNER = re.compile(r"\b(?:manner|fashion)$")
_DESIGN_ONLY = re.compile(
    r"(?:(?:two|three|four|identical|identically|designed|parallel|multi-?cent(?:er|re|red)|open-label"
    r"|(?:single|double|triple)-blind(?:ed)?|placebo-controlled|controlled)(?:, | |$))+"
)


# "40 mg daily zinc": the dose before the name
_DOSE_FIRST = re.compile(
    rf"[0-9][0-9.,]* ?{UNITS}(?:/{UNITS})?,? (?:(?:once|twice|three times)[ -])?(?:daily|weekly|monthly) "
    r"(?=[a-z]{4})(?!(?:for|until|over|during|after|before|when|while|with|from|plus|versus)\b)"
)


# No article stands right before a comma, a bracket or "or": it is the letter of "drug A, drug B or C".
_BEHIND_LETTER = re.compile(r" ?[,;.()\[\]]| (?:or|and|versus|vs\.?|plus)\b|$")
_LOOSE_TAIL = re.compile(
    r"(?<!group)(?<!arm)(?<!cohort)[ ,;]+(?:at|an|the|of|and|with|or|by|to|in|plus|on|is"
    r"|(?<!vitamin )(?<!regimen )(?<!hepatitis )(?<!strategy )(?<!product )(?<!toxin )a"
    r"|vs\.?|versus|then|orally|intravenously|subcutaneously|intramuscularly|topically|immediately)$"
)


SIZED_BEHIND = re.compile(
    r"(?: (?:group|arm))?[^()\[\];.]{0,40}[(\[][^()]{0,60}?"
    r"(?:\bn ?= ?[0-9]|[0-9] (?:patients|women|participants|subjects))"
)
"""A bracket with the size of the arm, right behind its words."""


def extents(prose: Prose, phrases: list[Phrase]) -> list[tuple[int, int]]:
    """Return where each arm is introduced, with the brackets that stand behind its words."""
    flat = prose.flat
    ranges = []
    for phrase in phrases:
        limit = min(len(flat), phrase.end + 1500)
        stop = min((other.start for other in phrases if other.start > phrase.start), default=limit)
        point = _POINT.search(flat, phrase.end, limit)
        following = NEXT_GROUP.search(flat, max(phrase.end, stop - _LONGEST_LEAD), stop)
        stop = following.start() if following is not None else stop
        stop = max(phrase.end, min(stop, point.start() if point is not None else limit))
        close = phrase.end
        for _ in range(4):
            opened = _OPENED.search(flat, close, min(stop, close + 160))
            shut = _SHUT.search(flat, opened.end(), stop) if opened is not None else None
            if opened is None or shut is None:
                break
            if opened.start() - close > 60 and not _HAS_SIZE.search(prose.text, opened.end(), opened.end() + 80):
                break
            close = shut.end()
        ranges.append((phrase.start, close))
    return ranges


_LONGEST_LEAD = 120
# No end of a sentence: "10 mg b.i.d. (n = 71)".
_POINT = re.compile(r"(?<!\.[a-z])[.;](?:\s|$)")


_OPENED = re.compile(r"[(\[]")


_SHUT = re.compile(r"[)\]]")


_HAS_SIZE = re.compile(
    r"n ?= ?[0-9]|(?:group|arm|cohort) (?:[a-h]|[0-9])\b|[0-9] (?:patients|women|participants|subjects)"
)
