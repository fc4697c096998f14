"""How often something may happen within a minute, as one process counts it. Nothing of it is kept: for what only reads,
and so may not count in the database (``accounts.flood`` does that)."""

import threading
from collections import Counter, deque
from dataclasses import dataclass, field
from time import monotonic

MINUTE = 60.0


@dataclass
class Pace:
    """Lets something happen at most ``most`` times in a minute, in this process."""

    most: int
    _times: deque[float] = field(default_factory=deque[float])
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def allows(self) -> bool:
        """Whether it may happen now; if so, it is counted."""
        moment = monotonic()
        with self._lock:
            while self._times and self._times[0] <= moment - MINUTE:
                self._times.popleft()
            if len(self._times) >= self.most:
                return False
            self._times.append(moment)
            return True


@dataclass
class PaceOfEach:
    """The same for each of many; all counts are thrown away every minute."""

    most: int
    _counts: Counter[bytes] = field(default_factory=Counter[bytes])
    _begun: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def allows(self, who: bytes) -> bool:
        """Whether it may happen for ``who`` now."""
        moment = monotonic()
        with self._lock:
            if moment - self._begun > MINUTE:
                self._counts.clear()
                self._begun = moment
            self._counts[who] += 1
            return self._counts[who] <= self.most
