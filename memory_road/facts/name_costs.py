"""How far signs of ``facts.name_sound`` are from each other: what costs less is oftener the same sound of one name.

Counted in names that Wikidata has in several spellings (CC0), in a part of them that no figure was measured on: how
often two signs stand for each other, on a scale of logarithms and rounded; what was seen less than three times is not
here. Set by hand are ``ÿɐ``, the name of a man and of a woman, ``eë``, since Russians write ё as е, and what Ď and Ƕ
cost.
"""

from collections.abc import Mapping

EXCHANGED: Mapping[float, str] = {
    0.0: "Vo Wv eẽ kʠ nñ oã tθ uü",
    0.1: "Ďʒ Ďd Ƕo Aa Ck Hč Ie Oo Qe Uo Uu Yy aä dƓ fĦ gĠ iy rŘ vw zŽ Ĉč Đʒ",
    0.2: "eë Cć Ii Jj Jǰ Ss Sš Yi cć eä gğ gɣ hx oë oö sç sĐ çč ëö Ŝš Şš ǰȷ",
    0.3: "Ao Cc Ea Hx HĈ Jȷ OQ Ww gh gĦ gƓ nŋ sz tŤ uö zć zʒ ćŽ Řš ŜŞ ȷʒ",
    0.4: "Ďć ÿɐ Cč Ee HŤ Iÿ Jž Jʒ cz cŤ dǰ eö ij jŜ sŜ sŞ tĈ xĦ ĈŤ Ġǰ Řž ŝš šž",
    0.5: "Cs Cʠ EQ Hš Qu Që SŞ Wu Xx Yj YŜ aɐ dʒ iü iŜ sš tŝ uw zŜ Ġž ŜŽ ŞŽ ǰʒ",
    0.6: "Ďz Ďǰ CŞ Cǰ Ei Eÿ Hk Ia Xk Xš ae cŽ dŽ eü fθ gx gǰ hĦ tć xɣ zŞ zž zθ ćč ćŤ ŝŤ Ťθ",
    0.7: "Cz EO HX Hh Jx Oa XŞ ao aë ië jǰ kx ou uä uë čŤ Žž",
}
"""Pairs of signs; all others cost 1."""

LEFT_OUT: Mapping[float, str] = {
    0.0: "əṡ",
    0.2: "eë Jjw",
    0.3: "hğĠȷɣ",
    0.4: "ɐ",
    0.5: "YeuĦŽʠ",
    0.6: "Ďz Ďǰ ESWXisëž",
    0.7: "Ocgtvxyÿθ",
    0.8: "CdozŤ",
    0.9: "Haŋ",
    1.1: "bfnr",
    1.2: "lmpŞš",
}
"""Signs that one spelling has and another has not; all others cost 1."""
