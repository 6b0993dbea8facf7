"""Month names and their usual short forms in the languages that news sites write, lower case, to 1-12."""

from __future__ import annotations

_NAMES: dict[int, str] = {
    1: (
        "january jan januar januari janvier janv enero ene gennaio gen janeiro januara styczeń stycznia "
        "января январь янв leden ledna ocak"
    ),
    2: (
        "february feb februar februari februarie février fevrier févr fév febrero febbraio febbr "
        "fevereiro fev luty lutego февраля февраль фев únor února şubat"
    ),
    3: "march mar märz mrz maart mars marzo março marts marzec marca марта март мар březen března mart",
    4: "april apr avril avr abril abr aprile kwiecień kwietnia апреля апрель апр duben dubna nisan",
    5: "may mai mei mayo maggio mag maio maj maja мая май květen května mayıs",
    6: "june jun juni juin junio giugno giu junho czerwiec czerwca июня июнь июн červen června haziran",
    7: ("july jul juli juillet juil julio luglio lug julho lipiec lipca июля июль июл červenec července temmuz"),
    8: ("august aug août agosto ago augustus augusti sierpień sierpnia августа август авг srpen srpna ağustos"),
    9: (
        "september sep sept septembre septiembre settembre setembro wrzesień września сентября сентябрь "
        "сен сент září eylül"
    ),
    10: (
        "october oct oktober okt octobre octubre ottobre ott outubro październik października октября "
        "октябрь окт říjen října ekim"
    ),
    11: "november nov novembre noviembre novembro listopad listopada ноября ноябрь ноя kasım",
    12: (
        "december dec dezember dez décembre déc diciembre dic dicembre dezembro desember des grudzień "
        "grudnia декабря декабрь дек prosinec prosince aralık"
    ),
}

MONTHS: dict[str, int] = {name: number for number, names in _NAMES.items() for name in names.split()}
