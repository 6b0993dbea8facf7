"""Where in a text date expressions can stand: around words that every one of them has one of.

Trying forty regular expressions at each character of an article took 14 ms; one pass over its words finds the few
stretches where each of them can match at all.
"""

from __future__ import annotations

import re
from collections import defaultdict

from pipeline.events.dates.holidays import HOLIDAY_WORDS

_words = re.compile(r"\w+").findall
_TOKENS = re.compile(r"\d|[A-Za-z]+")
# No expression reaches further from its landmark than this.
_MARGIN = 90
_LANDMARKS = {
    "month": "january february march april may june july august september october november december jan feb mar apr "
    "jun jul aug sep sept oct nov dec",
    "weekday": "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays "
    "saturdays sundays",
    "unit": "second minute hour day night week weekend fortnight month quarter year decade century seconds minutes "
    "hours days nights weeks weekends fortnights months quarters years decades centuries",
    "today": "yesterday today tomorrow tonight",
    "part": "morning afternoon evening night mornings afternoons evenings nights",
    "clock": "noon midday midnight clock",
    "season": "spring summer fall autumn winter",
    "decade": "twenties thirties forties fifties sixties seventies eighties nineties",
    "half": "half",
    "often": "daily nightly weekly biweekly fortnightly monthly quarterly yearly annually hourly",
    "vague": "now nowadays present moment currently time recently past recent future",
    "holiday": " ".join(HOLIDAY_WORDS),
}
_LANDMARKS_OF = defaultdict(list)
for _landmark, _spelled in _LANDMARKS.items():
    for _word in _words(_spelled):
        _LANDMARKS_OF[_word].append(_landmark)
LANDMARKS = frozenset({"figure", *_LANDMARKS})
"""What a form may say that it stands around: kinds of words, and `figure` for a digit."""

Stretch = tuple[int, int]


class Stretches:
    """The stretches of one text around each kind of landmark."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: dict[str, list[int]] = defaultdict(list)
        for token in _TOKENS.finditer(text):
            word = token[0]
            if word.isdigit():
                self._places["figure"].append(token.start())
                continue
            for landmark in _LANDMARKS_OF.get(word.lower(), ()):
                self._places[landmark].append(token.start())
        self._around: dict[frozenset[str], list[Stretch]] = {}

    def around(self, landmarks: frozenset[str]) -> list[Stretch]:
        """Offsets of stretches around any of `landmarks`, in order, apart from each other, cut at white space."""
        if landmarks not in self._around:
            places = sorted(place for landmark in landmarks for place in self._places.get(landmark, ()))
            found: list[Stretch] = []
            for place in places:
                if found and place + _MARGIN <= found[-1][1]:
                    continue
                start, end = self._start(place - _MARGIN), self._end(place + _MARGIN)
                if found and start <= found[-1][1]:
                    found[-1] = (found[-1][0], end)
                else:
                    found.append((start, end))
            self._around[landmarks] = found
        return self._around[landmarks]

    def _start(self, start: int) -> int:
        if start <= 0:
            return 0
        space = self._text.rfind(" ", max(0, start - _MARGIN), start)
        return space if space >= 0 else start

    def _end(self, end: int) -> int:
        if end >= len(self._text):
            return len(self._text)
        space = self._text.find(" ", end, end + _MARGIN)
        return space if space >= 0 else end
