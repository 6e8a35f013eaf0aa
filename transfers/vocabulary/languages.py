"""The three-letter codes of languages that have one of two letters, for formats that know no others.

Source: ISO 639-1 and ISO 639-3, as far as newspapers are printed in them.
"""

from __future__ import annotations

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from typing import Final

THREE_LETTERS: Final = dict(pair.split(":") for pair in """
af:afr am:amh ar:ara az:aze be:bel bg:bul bn:ben bs:bos ca:cat cs:ces da:dan de:deu el:ell en:eng es:spa et:est fa:fas fi:fin fr:fra
ga:gle he:heb hi:hin hr:hrv hu:hun hy:hye id:ind is:isl it:ita ja:jpn ka:kat kk:kaz km:khm ko:kor ku:kur ky:kir lo:lao lt:lit lv:lav
mk:mkd mn:mon ms:msa my:mya ne:nep nl:nld no:nor pa:pan pl:pol ps:pus pt:por ro:ron ru:rus sk:slk sl:slv so:som sq:sqi sr:srp sv:swe
sw:swa ta:tam tg:tgk th:tha tk:tuk tr:tur uk:ukr ur:urd uz:uzb vi:vie zh:zho
""".split())
