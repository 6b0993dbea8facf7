"""All virtual hosts of one server, and the index page that lists them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from pipeline.newsroom.exchange import Document, Host, Request, Response, answer, plain


class App:
    """Answers requests by their Host header.

    Args:
        hosts: the sites.
        further_sources: source files of sites that have no host here (an unreachable one).
        headline: one line for the index page.
    """

    validators = False
    gzip = False
    host = "127.0.0.1"
    name = "The newsroom"

    def __init__(self, hosts: Sequence[Host], headline: str, further_sources: Iterable[dict[str, Any]] = ()) -> None:
        self.hosts = {host.host: host for host in hosts}
        self._headline = headline
        self._further_sources = tuple(further_sources)

    @property
    def source(self) -> dict[str, object]:
        """The index is no source."""
        return {}

    @property
    def sources(self) -> list[dict[str, Any]]:
        """The content of every source file."""
        return [*(host.source for host in self.hosts.values()), *self._further_sources]

    def respond(self, request: Request) -> Response:
        """The response of the host that the request names; the index for the bare address."""
        if request.host in self.hosts:
            return answer(self.hosts[request.host], request)
        return answer(self, request)

    def document(self, request: Request) -> Document:
        """The index page, for requests that name no site."""
        if request.host not in {"127.0.0.1", "localhost"}:
            return plain(404, f"There is no site {request.host} in the newsroom.\n")
        if request.path != "/":
            return plain(404, "Nothing here; the sites are listed at /.\n")
        rows = "\n".join(self._row(host) for host in self.hosts.values())
        html = (
            "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'><title>The newsroom</title><style>"
            "body{font:16px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
            "td{padding:.2em 1.5em .2em 0;vertical-align:top}a{color:#064}</style></head>"
            f"<body><h1>The newsroom</h1><p>{escape(self._headline)}</p><table>{rows}</table></body></html>\n"
        )
        return Document(html.encode(), "text/html; charset=utf-8")

    def _row(self, host: Host) -> str:
        source: dict[str, Any] = host.source
        feeds = ", ".join(f'<a href="{escape(f["url"])}">{escape(f["kind"])}</a>' for f in source["feeds"])
        home = escape(source["homepage"])
        return f'<tr><td><a href="{home}">{escape(host.name)}</a></td><td>{home}</td><td>{feeds}</td></tr>'
