"""Words that name a drug wherever they stand."""

from __future__ import annotations

import re

# Endings of generic names (WHO's stems): a word of them names a drug wherever it stands.
DRUG = re.compile(
    r"(?<![\w-])[a-z]{3,}(?:mab|nib|ciclib|parib|limus|taxel|platin|rubicin|abine|trexate|statin|pril|sartan|olol"
    r"|dipine|gliptin|gliflozin|glutide"
    r"|glitazone|formin|vir|cycline|mycin|micin|floxacin|azole|cillin|cept|tide|ximab|zumab|mumab|oxetine|pram|azepam"
    r"|azepine|caine|fentanil"
    r"|setron|profen|coxib|tinib|fene|exifen|oxifen|trozole|mestane|relin|relix|steride|terol|tropium|sone|solone"
    r"|onide|lukast|tidine|prazole"
    r"|grel|xaban|gatran|parin|plase|fibrate|dronate|dronic acid|parinux|zolid|quine|artesunate|triptan|gepant|apine"
    r"|peridone|piprazole|melteon"
    r"|orexant|thiazide|semide|lactone|renone|entan|ciguat|afil|lamide|taxane|tecan|poside|bicin|fosfamide|mustine"
    r"|zomib|stat|degib|rafenib|metinib|pamil|tiazem|sertib|toclax|leucel|siran|rsen|pressin|bulin)\b"
)
