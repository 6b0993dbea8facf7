"""What a form of date expression is: a regular expression and what it means.

A form's function gets the match and the context and answers with a `Meaning`; None says that the words are no
date after all. The forms register themselves in `FORMS` when their modules are imported by `grammar`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from spacy.tokens import Doc, Token

from pipeline.events.dates.landmarks import LANDMARKS
from pipeline.events.dates.tense import Direction, direction_at
from pipeline.events.dates.values import days_of_value
from pipeline.events.document import text_of

# Between words: bounded, so that a page of spaces costs nothing; a hard-wrapped line may break an expression.
SPACE = r"(?:[ \t\n\u00a0]{1,3})"

MONTHS = re.findall(r"\w+", "january february march april may june july august september october november december")
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|Jun\.|July?|Jul\.|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![a-z])"
)
LONG_MONTH = rf"(?:{'|'.join(m.title() for m in MONTHS)})(?![a-z])"
WEEKDAY = rf"(?:{'|'.join(d.title() for d in WEEKDAYS)})(?![a-z])"
SHORT_WEEKDAY = r"(?:Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun)\.?(?![a-z])"
DAY_OF_MONTH = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)"
YEAR_FIGURES = r"(?:1[0-9]\d\d|20\d\d)"
YEAR = rf"{YEAR_FIGURES}(?![\d-]|[.,]\d)"
UNIT = r"(?:second|minute|hour|day|night|week|weekend|fortnight|month|quarter|year|decade|century)"
UNITS = r"(?:seconds|minutes|hours|days|nights|weeks|weekends|fortnights|months|quarters|years|decades|centuries)"
PART_OF_DAY = r"(?:morning|afternoon|evening|night)"
PART_CODES = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
EARLY = (
    r"(?:(?:the[ ])?(?:very[ ])?(?:(?:early|late|earlier|later|mid)(?:-|[ ](?:in|on)[ ]|[ ])"
    r"|(?:middle|beginning|start|end|close|turn)[ ]of[ ](?:the[ ])?))"
)

_AS_SOON_AS = re.compile(r"\bas (?:soon|early|late) as\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression says: a value, and whether it names a set of times rather than one."""

    value: str | None
    is_set: bool = False


@dataclass(slots=True)
class Context:
    """What the meaning of an expression depends on besides its words."""

    doc: Doc
    published_at: datetime | None
    start: int = 0
    end: int = 0
    anchor: str | None = None  # value of the calendar date mentioned last
    tokens_by_start: dict[int, Token] = field(default_factory=dict)

    @property
    def today(self) -> date | None:
        """The day of publication where it was published (the instant's own offset decides)."""
        return self.published_at.date() if self.published_at else None

    @property
    def anchor_day(self) -> date | None:
        """The first day of the date mentioned last; the day of publication where none was."""
        days = days_of_value(self.anchor)
        return days[0] if days else self.today

    @property
    def direction(self) -> Direction:
        """Where the governing verb points. Words such as `until` and `by` point ahead where it is silent."""
        if _AS_SOON_AS.search(text_of(self.doc), max(0, self.start - 20), self.start):
            return Direction.AHEAD
        found = direction_at(self.doc, self.start, self.end)
        if found is Direction.UNKNOWN and self.word_before() in {"until", "till", "by", "starting", "beginning"}:
            return Direction.AHEAD
        return found

    @property
    def token(self) -> Token | None:
        """The token that begins the expression, None where it begins inside one."""
        return self.tokens_by_start.get(self.start)

    def word_before(self) -> str:
        """The word before the expression, in lower case; empty where there is none."""
        words = text_of(self.doc)[max(0, self.start - 24) : self.start].split()
        return words[-1].lower() if words else ""


Resolve = Callable[[re.Match[str], Context], Meaning | None]


@dataclass(frozen=True, slots=True)
class Form:
    """One form of expression. Its name is its function's."""

    name: str
    pattern: re.Pattern[str]
    resolve: Resolve
    near: frozenset[str]  # the landmarks of which a match has one


FORMS: list[Form] = []


def form(pattern: str, *, near: str) -> Callable[[Resolve], Resolve]:
    """Register a function as the meaning of `pattern`. Case is ignored; a form never begins or ends in a word.

    `near` are the kinds of `landmarks`, divided by blanks, of which every match has one.

    A blank in square brackets stands for one blank of the text, so patterns may be written over several lines.
    """

    def register(resolve: Resolve) -> Resolve:
        compiled = re.compile(rf"(?<![\w$£€])(?:{pattern})(?!\w)".replace("[ ]", SPACE), re.IGNORECASE)
        landmarks = frozenset(near.split())
        if not landmarks <= LANDMARKS:
            raise ValueError(f"{resolve.__name__}: expected landmarks, got {near!r}")
        FORMS.append(Form(resolve.__name__, compiled, resolve, landmarks))
        return resolve

    return register


def month_number(words: str) -> int:
    """The number of a month by its name or abbreviation."""
    return 1 + next(i for i, name in enumerate(MONTHS) if name.startswith(words.lower()[:3]))


def weekday_number(words: str) -> int:
    """The number of a weekday by its name or abbreviation, Monday is 0."""
    return next(i for i, name in enumerate(WEEKDAYS) if name.startswith(words.lower()[:3]))


def part_code(words: str) -> str:
    """The TIMEX3 letters of a part of the day: `TNI`."""
    return "T" + PART_CODES[words.lower()]
