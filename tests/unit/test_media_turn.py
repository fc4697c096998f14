"""Only so many pictures are decoded at a time."""

import threading
import time

import pytest

from memory_road.media.process import DecoderUnavailable, turn


def test_no_more_than_allowed_decode_at_once() -> None:
    busy, most = 0, 0
    counting = threading.Lock()

    def decode() -> None:
        nonlocal busy, most
        with turn(at_once=2, queue_seconds=5):
            with counting:
                busy += 1
                most = max(most, busy)
            time.sleep(0.01)
            with counting:
                busy -= 1

    threads = [threading.Thread(target=decode) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2


def test_who_waits_too_long_is_told_to_come_again() -> None:
    with turn(at_once=1, queue_seconds=0), pytest.raises(DecoderUnavailable), turn(at_once=1, queue_seconds=0.01):
        pass


def test_a_failure_gives_its_turn_back() -> None:
    with pytest.raises(ZeroDivisionError), turn(at_once=1, queue_seconds=0):
        raise ZeroDivisionError
    with turn(at_once=1, queue_seconds=0):
        pass
