"""Which URLs and network addresses we connect to: public ones only, judged after DNS resolution.

A page can link or redirect to `http://169.254.169.254/` or to a name that resolves to 10.0.0.5; a pipeline that
follows would hand out what its own network shows to nobody else. So a name is resolved here, every address it
has is judged, and the connection is made to the very address that was judged (`connections`): a name server that
answers differently a moment later changes nothing. Every spelling of a literal address (2130706433, 0x7f.1,
0177.0.0.1) goes through the resolver and is judged by what that makes of it.

Before that, `checked_url` refuses by the URL alone: other schemes than http(s), user names (a password we never had
would go to the server as ours), port 0, and the ports of other services, by the list that browsers keep (WHATWG
Fetch, "port blocking"): a web request sent to a mail server can be read as a mail. Any other port is taken.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from pipeline.errors import QuarantineError

LOOPBACK_ADDRESS = "127.0.0.1"
NAT64_PREFIX = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
GLOBAL_UNICAST = IPv6Network("2000::/3")  # RFC 4291: all that is handed out
TEREDO_PREFIX = IPv6Network("2001::/32")  # tunnels to a client behind a NAT; no site stands there
SERVICES = (  # echo, ftp, ssh, telnet, smtp, dns, pop, imap, irc and the like
    "0 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 "
    "123 135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 "
    "990 993 995 1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080"
)
BLOCKED_PORTS = frozenset(map(int, SERVICES.split()))
MAX_URL_CHARACTERS = 8_192  # what servers take at most (RFC 9110, 4.1, asks for 8,000)


class UnsafeAddressError(QuarantineError):
    """The name leads to an address that is not public, or the URL is none that we ask for."""


def is_loopback_name(host: str) -> bool:
    """Whether a host name means loopback by itself (RFC 6761, section 6.3): it ends in `.localhost`."""
    return host.lower().rstrip(".").endswith(".localhost")


def checked_url(url: str) -> SplitResult:
    """The parts of a URL that may be asked for, as far as the URL alone can tell.

    Raises:
        UnsafeAddressError: its scheme, user name or port is one that we do not ask for, or it is no URL at all.
    """
    if len(url) > MAX_URL_CHARACTERS:
        raise UnsafeAddressError(f"no URL that can be asked for: {len(url)} characters")
    if not url.isprintable() or "\\" in url.partition("?")[0]:
        # Programs do not agree on the host of such a URL.
        raise UnsafeAddressError("no URL that can be asked for: control characters or backslashes")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UnsafeAddressError(f"no URL that can be asked for: {error}") from error
    if parts.scheme not in {"http", "https"}:
        raise UnsafeAddressError(f"scheme {parts.scheme!r}; only http and https")
    if not parts.hostname:
        raise UnsafeAddressError("no URL that can be asked for: it names no host")
    if "@" in parts.netloc:
        raise UnsafeAddressError("a URL with a user name, which we have not")
    if port in BLOCKED_PORTS:
        raise UnsafeAddressError(f"port {port}, where no web server is")
    return parts


def checked_addresses(host: str, port: int, *, allow_loopback_names: bool) -> list[str]:
    """The addresses of `host` in the resolver's order, all of them public.

    Args:
        host: a name or a literal address, IPv6 without brackets.
        port: only passed to the resolver.
        allow_loopback_names: names under `.localhost` mean 127.0.0.1; they are never asked of a name server.

    Raises:
        UnsafeAddressError: at least one address is private, loopback, link-local, multicast or reserved. One is
            enough: a public site has no reason to publish such an address.
        socket.gaierror: the name has no address.
    """
    if is_loopback_name(host):
        if not allow_loopback_names:
            raise UnsafeAddressError(f"{host} is a loopback name; only the built-in newsroom may have one")
        return [LOOPBACK_ADDRESS]
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a label that is empty or longer than 63 characters
        raise socket.gaierror(socket.EAI_NONAME, f"{host} is no valid host name: {error}") from error
    addresses = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    for address in addresses:
        if not is_public(address):
            raise UnsafeAddressError(f"{host} leads to {address}, which is not a public address")
    return addresses


def is_public(address: str) -> bool:
    """Whether a literal address is one of the public internet, also when it wraps an IPv4 address."""
    ip = ip_address(address.partition("%")[0])  # without the scope of a link-local address
    if isinstance(ip, IPv6Address):
        inner = _wrapped_ipv4(ip)
        if inner is not None:
            return is_public(str(inner))
        if ip not in GLOBAL_UNICAST or ip in TEREDO_PREFIX:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _wrapped_ipv4(ip: IPv6Address) -> IPv4Address | None:
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip in NAT64_PREFIX:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return None
