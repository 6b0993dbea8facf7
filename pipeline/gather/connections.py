"""Connections that go to the very address that was checked, under the name that was asked for.

The check stands inside the making of the connection, so there is no moment between the two in which the name
could come to mean another address. TLS (SNI, certificate and host name) and the Host header go on using the name.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.response import BaseHTTPResponse
from urllib3.util import Timeout
from urllib3.util.connection import create_connection
from urllib3.util.ssl_ import create_urllib3_context

from pipeline.gather.deadline import Allowance, TimedResponse
from pipeline.gather.failures import cannot_connect, tls_failure, too_slow_to_connect

Resolve = Callable[[str, int], list[str]]


@cache
def public_authorities() -> ssl.SSLContext:
    """Verifies certificate and host name against the authorities that requests ships.

    One for the process: reading them anew for each connection cost 16 ms of CPU (measured 2026-11-24).
    """
    context = create_urllib3_context()
    context.load_verify_locations(DEFAULT_CA_BUNDLE_PATH)
    return context


class CheckedAdapter(HTTPAdapter):
    """The requests adapter with connections that go to checked addresses only, one kept open for each host.

    Args:
        resolve: host and port to the addresses that may be connected to.
        tls_context: what certificates are verified with; by default the public authorities.

    `allowance` is what the response that is being read may cost; the transport sets it before each request.
    """

    def __init__(self, resolve: Resolve, tls_context: ssl.SSLContext | None = None) -> None:
        self._resolve = resolve
        self._tls_context = tls_context or public_authorities()
        self.allowance = Allowance()
        self.opened_connections = 0
        super().__init__(pool_connections=16, pool_maxsize=1)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any) -> None:
        """Called by HTTPAdapter: pools whose connections are made by us."""
        adapter = self

        class CheckedHTTPConnection(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return adapter._open_socket(self)

            def response_class(self, sock: socket.socket, method: str | None) -> http.client.HTTPResponse:  # type: ignore[override]  # http.client calls whatever stands here
                return TimedResponse(sock, adapter.allowance, self.close, method)

        class CheckedHTTPSConnection(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return adapter._open_socket(self)

            def connect(self) -> None:
                try:
                    super().connect()
                except TimeoutError as error:
                    raise too_slow_to_connect(f"the TLS handshake with {self.host} was not finished") from error
                except ssl.SSLError as error:
                    raise tls_failure(error) from error
                except OSError as error:
                    raise cannot_connect(f"{self.host} ended the TLS handshake: {error}") from error

            def response_class(self, sock: socket.socket, method: str | None) -> http.client.HTTPResponse:  # type: ignore[override]  # http.client calls whatever stands here
                return TimedResponse(sock, adapter.allowance, self.close, method)

        class CheckedHTTPPool(HTTPConnectionPool):
            ConnectionCls = CheckedHTTPConnection

        class CheckedHTTPSPool(HTTPSConnectionPool):
            ConnectionCls = CheckedHTTPSConnection

        self.poolmanager = PoolManager(
            num_pools=connections, maxsize=maxsize, block=block, ssl_context=self._tls_context, **pool_kwargs
        )
        self.poolmanager.pool_classes_by_scheme = {"http": CheckedHTTPPool, "https": CheckedHTTPSPool}

    def open(self, request: requests.PreparedRequest, headers: Mapping[str, str], timeout: Timeout) -> BaseHTTPResponse:
        """The response to a GET request, its body not yet read.

        `send` of requests does the same and then builds a Response with its cookie jar, which nobody here looks at:
        it took longer than the request itself.
        """
        parts = self.build_connection_pool_key_attributes(request, verify=True)[0]
        pool = self.poolmanager.connection_from_host(parts["host"], port=parts["port"], scheme=parts["scheme"])
        response: BaseHTTPResponse = pool.urlopen(
            "GET",
            request.path_url,
            headers=headers,
            retries=False,
            redirect=False,
            assert_same_host=False,
            timeout=timeout,
            preload_content=False,
            decode_content=False,
        )
        return response

    def _open_socket(self, connection: HTTPConnection) -> socket.socket:
        """A socket to the first checked address that answers; all of them together within the connect timeout."""
        self.opened_connections += 1
        try:
            addresses = self._resolve(connection.host, connection.port)
        except socket.gaierror as error:
            raise cannot_connect(f"no address for {connection.host}: {error}") from error
        timeout_seconds = connection.timeout if isinstance(connection.timeout, int | float) else None
        failure: OSError | None = None
        for address in addresses:
            try:
                return create_connection(
                    (address, connection.port),
                    self.allowance.wait_seconds(timeout_seconds),
                    source_address=connection.source_address,
                    socket_options=connection.socket_options,
                )
            except OSError as error:
                failure = error
        if isinstance(failure, TimeoutError):
            raise too_slow_to_connect(f"no connection to {connection.host}") from failure
        raise cannot_connect(f"no connection to {connection.host}: {failure}") from failure
