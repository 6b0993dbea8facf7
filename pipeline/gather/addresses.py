"""Which network addresses we connect to: public ones only, judged after DNS resolution.

A page can link or redirect to `http://169.254.169.254/` or to a name that resolves to 10.0.0.5; a pipeline that
follows would hand out what its own network shows to nobody else. So a name is resolved here, every address it
has is judged, and the connection is made to the very address that was judged (`transport`): a name server that
answers differently a moment later changes nothing.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from pipeline.errors import QuarantineError

LOOPBACK_ADDRESS = "127.0.0.1"
NAT64_PREFIX = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


class UnsafeAddressError(QuarantineError):
    """The name leads to an address that is not public, or the URL's scheme is not http(s)."""


def is_loopback_name(host: str) -> bool:
    """Whether a host name means loopback by itself (RFC 6761, section 6.3): it ends in `.localhost`."""
    return host.lower().rstrip(".").endswith(".localhost")


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
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _wrapped_ipv4(ip: IPv6Address) -> IPv4Address | None:
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    if ip in NAT64_PREFIX:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return None
