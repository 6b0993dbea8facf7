"""Connections that go to the very address that was checked, under the name that was asked for.

The check stands inside the making of the connection, so there is no moment between the two in which the name
could come to mean another address. TLS (SNI and certificate) and the Host header go on using the name.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from typing import Any
from weakref import WeakSet

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util.connection import create_connection

Resolve = Callable[[str, int], list[str]]


class CheckedAdapter(HTTPAdapter):
    """The requests adapter with connections that go to checked addresses only, one kept open for each host.

    Args:
        resolve: host and port to the addresses that may be connected to.
    """

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        # The sockets and not their connections: of a response that ends with the connection, http.client keeps the
        # socket open and takes it away from the connection.
        self._sockets: WeakSet[socket.socket] = WeakSet()
        self._lock = threading.Lock()
        self.opened_connections = 0
        super().__init__(pool_connections=16, pool_maxsize=1)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any) -> None:
        """Called by HTTPAdapter: pools whose connections are made by us."""
        open_socket, remember = self._open_socket, self._remember

        class CheckedHTTPConnection(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return open_socket(self)

            def connect(self) -> None:
                super().connect()
                remember(self.sock)

        class CheckedHTTPSConnection(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return open_socket(self)

            def connect(self) -> None:
                super().connect()
                remember(self.sock)

        class CheckedHTTPPool(HTTPConnectionPool):
            ConnectionCls = CheckedHTTPConnection

        class CheckedHTTPSPool(HTTPSConnectionPool):
            ConnectionCls = CheckedHTTPSConnection

        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **pool_kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": CheckedHTTPPool, "https": CheckedHTTPSPool}

    def shut_connections(self) -> None:
        """End any read on our sockets at once; called from another thread when time is over."""
        with self._lock:
            sockets = list(self._sockets)
        for sock in sockets:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:  # closed or not connected: nothing is waiting on it
                continue

    def _remember(self, sock: socket.socket) -> None:
        with self._lock:
            self._sockets.add(sock)

    def _open_socket(self, connection: HTTPConnection) -> socket.socket:
        """A socket to the first checked address that answers."""
        self.opened_connections += 1
        try:
            addresses = self._resolve(connection.host, connection.port)
        except socket.gaierror as error:
            raise NameResolutionError(connection.host, connection, error) from error
        failure: OSError | None = None
        for address in addresses:
            try:
                return create_connection(
                    (address, connection.port),
                    connection.timeout,
                    source_address=connection.source_address,
                    socket_options=connection.socket_options,
                )
            except OSError as error:
                failure = error
        if isinstance(failure, TimeoutError):
            raise ConnectTimeoutError(connection, f"no connection to {connection.host} in time") from failure
        raise NewConnectionError(connection, f"no connection to {connection.host}: {failure}") from failure
