"""How far signs of ``facts.name_sound`` are from each other: what costs less is oftener the same sound of one name.

Learnt from names that Wikidata has in several spellings (CC0), in a part of them that no figure was measured on. First
it was counted how often two signs stand for each other; then each spelling was looked for among all names, as it is and
with a slip, and costs changed a little wherever another name was the likelier one. They are rounded to tenths, so that
they can be read and corrected.
"""

from collections.abc import Mapping

EXCHANGED: Mapping[float, str] = {
    0.0: "Ck Hč Jj Jǰ Wv Yy fĦ gĠ hx kʠ tθ vw zŽ ëö Ĉč Ďʒ Đʒ Şš",
    0.1: "Cc Cć Hx Ii Jʒ Sš Uo Uu Vo cć dĎ eẽ gğ iy nñ oã oǶ sŞ tŤ uü zʒ çč Ŝš",
    0.2: "Aa Ao HŤ Ie Oo Qe Ss Wu Ww Yi aä aɐ cŤ dƓ gh gĦ ij oë oö rŘ xĦ zć ćŽ Ġǰ ŜŞ ǰȷ",
    0.3: "Cč Ea Eÿ HĈ Iÿ Jž Jȷ OQ Yj cz eä gƓ gɣ jŜ sz sç sĐ uö ĈŤ Řž šž ȷʒ",
    0.4: "CŞ Ee Hš SŞ YŜ dǰ dʒ eö nŋ sŜ sš tĈ zŞ ćĎ Řš ŜŽ ŝš ǰʒ",
    0.5: "Cs EQ Ei Që ae cŽ eë gx iŜ tŝ uw xɣ zŜ ćŤ Ġž ŞŽ Ťθ",
    0.6: "Cǰ Cʠ Hh Jx Qu Xk Xx Xš ao dŽ eü fθ gǰ hĦ iü iÿ ou tć zž zθ ćč čŤ Ďǰ ŝŤ",
    0.7: "Cz Hk Ia Oa XŞ ië jǰ uë zĎ ÿɐ Žž",
    0.8: "EO Oÿ au aë ei kx",
    0.9: (
        "Au CH Cx Cš CŤ EI EY Eä HJ HX Iy Ji OU Oë QV Uö Wa Xi Yë aŝ aẽ ct dz eÿ ež eɐ fp gñ gŋ iä uv uy uä xĠ yÿ ñŋ žǰ"
    ),
}
"""Pairs of signs; all others cost 1."""

LEFT_OUT: Mapping[float, str] = {
    0.0: "ṡ",
    0.1: "hjə",
    0.2: "J",
    0.3: "wĠȷɣ",
    0.4: "Yğ",
    0.5: "eiuĦʠ",
    0.6: "SgsyëÿŽž",
    0.7: "CEWXaĎɐθ",
    0.8: "OcdotvxzŤǰ",
    0.9: "H",
    1.1: "VbflnrüčŋŘŝẽ",
    1.2: "AmŞš",
    1.3: "p",
}
"""Signs that one spelling has and another has not; all others cost 1."""
