"""When somebody may ask for another look: once freely, later only with something new."""

import pytest

from memory_road.contributions.appeal import Past, appeal_refusal, may_appeal, needs_evidence
from memory_road.contributions.decision import Reason
from memory_road.contributions.lifecycle import Move
from memory_road.contributions.move import RefusalCode

SENT = [Past(Move.START), Past(Move.SUBMIT)]
REJECTED = [*SENT, Past(Move.REJECT, Reason.SOURCE_NEEDED, "Откуда это известно?")]
UPHELD = [*REJECTED, Past(Move.APPEAL, "", "Это мой дед."), Past(Move.UPHOLD, "", "Источника нет.")]
AGAIN = [*REJECTED, Past(Move.APPEAL, "", "Это мой дед."), Past(Move.REOPEN, "", "Верно."), REJECTED[-1]]
ABUSE = [*SENT, Past(Move.REJECT, Reason.ABUSE)]


@pytest.mark.parametrize(
    ("past", "message", "new_evidence", "refusal", "why"),
    [
        (REJECTED, "Это мой дед.", False, None, "the first one is free"),
        (REJECTED, "", False, RefusalCode.APPEAL_EMPTY, "but it says why"),
        (REJECTED, "", True, RefusalCode.APPEAL_EMPTY, "a picture alone says nothing"),
        (UPHELD, "Нашлось письмо.", True, None, "a later one brings something new and says what"),
        (UPHELD, "Нашлось письмо.", False, RefusalCode.EVIDENCE_MISSING, "words alone are not new"),
        (UPHELD, "Это мой дед.", True, RefusalCode.APPEAL_REPEATED, "and something new is not told in the old words"),
        (UPHELD, " Это  мой дед.", True, RefusalCode.APPEAL_REPEATED, "spaces make no other words"),
        (AGAIN, "Нашлось письмо.", False, RefusalCode.EVIDENCE_MISSING, "once is once, also when it was heard"),
        (AGAIN, "Нашлось письмо.", True, None, "as above"),
        (ABUSE, "Пустите!", True, RefusalCode.NO_APPEAL, "abuse is not looked at again"),
        (SENT, "Скорее!", True, RefusalCode.NO_APPEAL, "nothing was decided yet"),
    ],
)
def test_an_appeal(past: list[Past], message: str, new_evidence: bool, refusal: RefusalCode | None, why: str) -> None:
    assert appeal_refusal(past, message, new_evidence) is refusal, why


@pytest.mark.parametrize(
    ("past", "possible", "evidence"),
    [(SENT, False, False), (REJECTED, True, False), (UPHELD, True, True), (AGAIN, True, True), (ABUSE, False, False)],
)
def test_what_the_page_offers(past: list[Past], possible: bool, evidence: bool) -> None:
    assert (may_appeal(past), needs_evidence(past)) == (possible, evidence)
