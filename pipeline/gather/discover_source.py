"""A new source from nothing but its address: `dateline sources add URL`.

The front page is asked for, then whatever may be a feed (`find_feeds`). What was found becomes a source file that
reads as if a person had written it. What could not be found is a line with a comment that asks for it, and the file
then says `enabled: false`: nothing is gathered on a guess.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from pipeline.errors import ConfigurationError, PermanentError, SourceFileError
from pipeline.gather.client import Client, Wanted
from pipeline.gather.find_feeds import find_feeds
from pipeline.gather.front_page import Candidate, FrontPage, read_front_page
from pipeline.gather.gathering import open_client
from pipeline.gather.pace import HostPace, Pace
from pipeline.gather.site_country import alpha_3_codes, country_of, zone_of
from pipeline.gather.site_facts import SiteFacts, language_by
from pipeline.gather.tried_feed import FeedTrier, kind_by_content
from pipeline.settings import Settings
from pipeline.sources.loader import SWITCH_ON_PUBLISHERS, load_source, read_catalogue
from pipeline.sources.model import Feed, Politeness, Source
from pipeline.sources.writer import SourceDraft, source_text
from pipeline.statuses import FetchStatus

FRONT_PAGE = Wanted(accept="text/html,application/xhtml+xml,application/rss+xml;q=0.9,*/*;q=0.8")
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedSource:
    """A source file that was found out, and written where `written` says so."""

    path: Path
    text: str  # the file
    report: str  # what was found, what was left out, what is to be filled in, for a terminal
    written: bool


def add_source(
    settings: Settings,
    url: str,
    *,
    source_id: str | None = None,
    country: str | None = None,
    language: str | None = None,
    timezone: str | None = None,
    write: bool = True,
    pace: Pace | None = None,
    say: Callable[[str], None] = lambda _line: None,
) -> AddedSource:
    """Find out what a source file needs from the site's front page, and write it.

    Args:
        settings: limits, our name, and the folder of the sources.
        url: the front page; `https://` may be left out. The address of a feed will do as well.
        source_id: the id, instead of one made of the name.
        country: ISO 3166 alpha-2 or alpha-3, instead of what the address says.
        language: ISO 639-1, instead of what the pages say.
        timezone: IANA name, instead of the country's.
        write: False only shows the file.
        pace: who says when a host may be asked next; by default this process alone.
        say: gets a line for each address that is asked for, for a person who waits.

    Raises:
        ConfigurationError: the catalogue has the site or the id already (only where the file would be written), the
            country cannot be told, or one of the arguments is wrong.
        PermanentError: the front page could not be read.
    """
    asked_url = _absolute(url)
    said_code = _said_country(country)
    said_zone = _said_zone(timezone)
    if source_id is not None:
        _refuse_id(settings, source_id)
    elif write:
        _refuse_known_site(settings, asked_url)
    site = Source.model_construct(id="new", politeness=Politeness())  # all that a client looks at
    with open_client(settings, site, pace or HostPace()) as client:
        say(f"asking for {asked_url}")
        front_url, page, named = _front_page(client, asked_url)
        if source_id is None and write:
            _refuse_known_site(settings, front_url)
        code, says_so = (said_code, "as you said") if said_code else _found_country(front_url, page)
        zone = zone_of(code)
        trier = FeedTrier(client, said_zone or ZoneInfo(zone.name if zone else "UTC"), settings)
        found = find_feeds(client, trier, front_url, [*named, *page.candidates], say=say)
        section = None if found.kept else trier.try_feed(Feed(url=front_url, kind="section"))
    facts = SiteFacts(
        front_url=front_url,
        page=page,
        found=found,
        section=section,
        country=(code, says_so),
        language=language_by(page, found, language),
        zone=zone,
        said_timezone=timezone,
        source_id=source_id,
    )
    draft = facts.draft()
    path = settings.sources_folder / code / f"{draft.id}.yml"
    text = source_text(draft)
    _prove(text, draft.id)
    if write:
        _refuse_id(settings, draft.id)
        _write_new(path, text)
    report = "\n".join([*facts.report(draft, path), *_what_next(settings, draft, path, write=write)])
    return AddedSource(path=path, text=text, report=report, written=write)


def _front_page(client: Client, asked_url: str) -> tuple[str, FrontPage, list[Candidate]]:
    """The front page's address after redirects, what it says, and the feed that was named in its place."""
    named: list[Candidate] = []
    answer = client.ask(asked_url, FRONT_PAGE)
    if answer.status is FetchStatus.CAPTURED and kind_by_content(answer.body or b"") is not None:
        named = [Candidate(url=asked_url, found_in="what you named")]
        answer = client.ask(urljoin(answer.final_url or asked_url, "/"), FRONT_PAGE)
    if answer.status is not FetchStatus.CAPTURED or answer.body is None:
        raise PermanentError(f"{answer.url} cannot be read, so nothing was added: {answer.in_words()}")
    front_url = answer.final_url or asked_url
    page = read_front_page(answer.body, answer.content_type, front_url)
    if page is None:
        raise PermanentError(f"{front_url} is no HTML page, so nothing was added")
    return front_url, page, named


def _said_country(said: str | None) -> str | None:
    """The alpha-2 code of what the person said, in either form."""
    codes = alpha_3_codes()
    of_alpha_3 = {alpha_3: alpha_2 for alpha_2, alpha_3 in codes.items()}
    code = of_alpha_3.get((said or "").upper(), (said or "").lower())
    if said is not None and code not in codes:
        raise ConfigurationError(f"{said!r} is no ISO 3166 country code such as GBR or GB")
    return code or None


def _found_country(front_url: str, page: FrontPage) -> tuple[str, str]:
    found = country_of(urlsplit(front_url).hostname or "", page.language_tags)
    if found is None:
        raise ConfigurationError(
            f"neither the address nor the pages of {front_url} tell its country; say it with --country, such as GBR"
        )
    return found


def _said_zone(said: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(said) if said is not None else None
    except (KeyError, ValueError, OSError) as error:  # unknown name, bad path, a folder of the database
        raise ConfigurationError(f"{said!r} is no IANA time zone such as Europe/London") from error


def _refuse_known_site(settings: Settings, url: str) -> None:
    host = _bare_host(url)
    for file in read_catalogue(settings):
        if _bare_host(file.source.homepage) == host:
            raise ConfigurationError(
                f"{file.path} has {host} already (enabled: {str(file.source.enabled).lower()}); "
                f"for another source at that address choose an id with --id"
            )


def _refuse_id(settings: Settings, source_id: str) -> None:
    if not ID.fullmatch(source_id):
        expected = "lower-case letters, digits and single hyphens"
        raise ConfigurationError(f"{source_id!r} is no id: {expected}; say another with --id")
    for file in read_catalogue(settings):
        if file.source.id == source_id:
            raise ConfigurationError(f"{file.path} has the id {source_id!r} already; say another with --id")


def _prove(text: str, source_id: str) -> None:
    """Read the file as a run would; what does not fit is what the person said."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{source_id}.yml"
        path.write_text(text, encoding="utf-8")
        try:
            load_source(path)
        except SourceFileError as error:
            raise ConfigurationError(f"nothing was added: {error.field}: expected {error.expected}") from error


def _write_new(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise ConfigurationError(f"{path} is there already; choose another id with --id") from error


def _what_next(settings: Settings, draft: SourceDraft, path: Path, *, write: bool) -> list[str]:
    if not write:
        return [f"not written; it would be {path}"]
    lines = [f"written: {path}", f"`dateline sources check {draft.id}` tries it end to end."]
    if not draft.enabled:
        lines.append("It is not enabled: fill in what is missing, then set `enabled: true`.")
    elif not settings.publishers:
        lines.append(f"Real publishers are switched off: {SWITCH_ON_PUBLISHERS} reads it and all others enabled.")
    return lines


def _absolute(url: str) -> str:
    text = url.strip()
    text = text if re.match(r"[a-z][a-z0-9+.-]*://", text, re.IGNORECASE) else f"https://{text}"
    parts = urlsplit(text)
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname or any(c.isspace() for c in text):
        raise ConfigurationError(f"{url!r} is no address of a web site")
    return parts._replace(path=parts.path or "/").geturl()


def _bare_host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower().removeprefix("www.")
