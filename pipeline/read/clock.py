"""The time of day in a dateline, and the zone beside it."""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Abbreviations that mean one zone only in news; offsets in minutes. IST and the like are ambiguous and left out.
_ZONE_MINUTES = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "cet": 60, "mez": 60, "west": 60, "wat": 60, "cest": 120,
    "mesz": 120, "eet": 120, "cat": 120, "sast": 120, "eest": 180, "msk": 180, "мск": 180, "eat": 180, "trt": 180,
    "pkt": 300, "wib": 420, "hkt": 480, "sgt": 480, "pht": 480, "wita": 480, "awst": 480, "jst": 540, "kst": 540,
    "wit": 540, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780, "est": -300, "edt": -240, "cst": -360,
    "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600,
    "brt": -180, "art": -180,
}  # fmt: skip
_ZONE_NAMES = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles"}
_FARTHEST_MINUTES = 14 * 60

_HALF = r"(?:\s?(?:(?P<half>[ap])\.?\s?m\b\.?|(?P<half_word>π\.?μ|μ\.?μ|पूर्वाह्न|अपराह्न|[صم](?!\w)))\.?)"
_TIME = re.compile(
    r"(?P<early>(?:上午|下午|晚上|午前|午後|오전|오후)\s?)?(?<![\d:])(?P<hour>[01]?\d|2[0-4])"
    r"(?:[:hH:](?P<minute>[0-5]\d)(?:[:'](?P<second>[0-5]\d)(?:[.,]\d+)?)?(?!\d)"
    r"|\s?[時时点點시]\s?(?:(?P<minute_word>[0-5]?\d)\s?[分분]?)?|(?=\s?[ap]\.?\s?m\b))" + _HALF + "?",
    re.IGNORECASE,
)
# A dot between hour and minute may be a decimal: a word must say that it is a time.
_DOTTED = re.compile(
    r"(?<![\d.,])(?P<word>(?:klo|kl\.?|ore|ora|alle|godz\.?|um|at|ob|pukul|jam|saat|om)\s)?(?P<hour>[01]?\d|2[0-3])"
    r"\.(?P<minute>[0-5]\d)(?![\d%]|[.,]\d)(?:\s?(?P<half>[ap])\.?\s?m\b\.?"
    r"|(?P<after>\s?(?:uhr|hrs?|wib|wita|wit|h)\b))?",
    re.IGNORECASE,
)
_HOUR_ONLY = re.compile(r"(?<![\d:.,/-])(?P<hour>[01]?\d|2[0-3])\s?(?:uhr|heures?|h)\b(?!\s?\d)", re.IGNORECASE)
_RIGHT_AFTER_THE_DATE = re.compile(r"^[\s,|•·–—-]{1,4}$")
_LATE_WORDS = frozenset({"下午", "晚上", "午後", "오후", "μ.μ", "μμ", "अपराह्न", "م"})
_OFFSET = re.compile(
    r"^\s*[\(,\[]?\s*(?:(?:gmt|utc)\s?)?(?P<sign>[+\-−–])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?(?!\d)", re.IGNORECASE
)
_CLOCK_WORD = re.compile(r"^\s*(?:uhr|hrs?|heures|horas?|h|น\.)(?!\w)", re.IGNORECASE)
_ZONE_WORD = re.compile(r"^\s*[\(,\[|]?\s*(?P<name>[A-Za-zА-я]{1,4})\b(?!/)")
_NAMED_ZONE = re.compile(r"^\s*[\(\[]?(?P<name>[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?)")
_AFTER_CHARACTERS = 40


class ClockTime(NamedTuple):
    """A time of day; `zone` is None where none is said."""

    hour: int
    minute: int
    second: int
    zone: tzinfo | None


def find_time(text: str, *, follows_date: bool = False) -> ClockTime | None:
    """The first time of day in `text`; `follows_date` where the text begins right after a date."""
    found = [m for m in (_TIME.search(text), _dotted(text, follows_date=follows_date), _HOUR_ONLY.search(text)) if m]
    if not found:
        return None
    m = min(found, key=lambda match: match.start())
    said = m.groupdict()
    hour = int(said["hour"])
    half = (said.get("half") or said.get("half_word") or said.get("early") or "").strip().lower()
    if half:
        if hour > 12:
            half = ""
        elif half == "p" or half in _LATE_WORDS:
            hour = hour % 12 + 12
        else:
            hour %= 12
    if hour > 23:
        return None
    minute = int(said.get("minute") or said.get("minute_word") or 0)
    zone = find_zone(text[m.end() : m.end() + _AFTER_CHARACTERS]) or find_zone(said.get("after") or "")
    return ClockTime(hour, minute, int(said.get("second") or 0), zone)


def find_zone(text: str) -> tzinfo | None:
    """The zone with which `text` begins: an offset, an abbreviation that means one zone only, or a named one."""
    text = _CLOCK_WORD.sub("", text)
    if m := _OFFSET.match(text):
        minutes = int(m["hours"]) * 60 + int(m["minutes"] or 0)
        if minutes <= _FARTHEST_MINUTES:
            return timezone(timedelta(minutes=minutes if m["sign"] == "+" else -minutes))
    if m := _NAMED_ZONE.match(text):
        try:
            return ZoneInfo(m["name"])
        except (ZoneInfoNotFoundError, ValueError):
            return None
    if m := _ZONE_WORD.match(text):
        name = m["name"].lower()
        if name in _ZONE_MINUTES:
            after = _OFFSET.match(text[m.end() :])
            if after and name in ("gmt", "utc"):
                return find_zone(text[m.end() :])
            return timezone(timedelta(minutes=_ZONE_MINUTES[name]))
        if name in _ZONE_NAMES:
            return ZoneInfo(_ZONE_NAMES[name])
    return None


def _dotted(text: str, *, follows_date: bool) -> re.Match[str] | None:
    for m in _DOTTED.finditer(text):
        if m["word"] or m["after"] or m["half"]:
            return m
        if follows_date and _RIGHT_AFTER_THE_DATE.match(text[: m.start()]):
            return m
    return None
