"""What can go wrong between us and a server, each with the one status it ends in.

no DNS answer, connection refused, host or network unreachable, TLS failure   unreachable
connect, read or total limit                                                  timed_out
closed or reset before the end, malformed headers or chunks, wrong length,
content encoding that does not decode                                         broken_response
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import requests
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    MaxRetryError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
)

from pipeline.statuses import FetchStatus


class RequestFailedError(Exception):
    """There is no usable response; `status` says how it ended.

    `at_connect` is true where no connection came about: the host is down, not just this one page.
    """

    def __init__(self, status: FetchStatus, error: str, *, at_connect: bool = False) -> None:
        self.status = status
        self.at_connect = at_connect
        super().__init__(error)


@contextmanager
def named_failures(deadline: threading.Event) -> Iterator[None]:
    """Turns what requests and urllib3 raise into RequestFailedError.

    `deadline` is set when the total time was over. Then whatever happened, and a body that seems to have ended
    well, is the consequence of our shutting the socket.
    """
    try:
        yield
    except (requests.exceptions.RequestException, HTTPError) as error:
        if deadline.is_set():
            raise _total_time_over() from error
        raise _named(error) from error
    if deadline.is_set():
        raise _total_time_over()


def closed_while_idle(error: requests.exceptions.ConnectionError) -> bool:
    """Whether the connection broke before any byte of a response came."""
    return isinstance(_reason(error), ProtocolError)


def _total_time_over() -> RequestFailedError:
    return RequestFailedError(FetchStatus.TIMED_OUT, "the whole response took longer than total_timeout_seconds")


def _named(error: Exception) -> RequestFailedError:
    reason = _reason(error)
    # urllib3 puts the connection's or pool's name before its words; which host it was stands in the row already.
    text = re.sub(r"^\w+\(host=.*?port=.*?\): ", "", str(reason)) or type(reason).__name__
    if isinstance(error, requests.exceptions.SSLError):
        return RequestFailedError(FetchStatus.UNREACHABLE, f"TLS failure: {text}", at_connect=True)
    if isinstance(reason, NewConnectionError):  # NameResolutionError is one of these
        return RequestFailedError(FetchStatus.UNREACHABLE, text, at_connect=True)
    if isinstance(reason, ConnectTimeoutError):
        return RequestFailedError(FetchStatus.TIMED_OUT, f"connecting: {text}", at_connect=True)
    if isinstance(reason, ReadTimeoutError):
        return RequestFailedError(FetchStatus.TIMED_OUT, f"reading: {text}")
    if isinstance(reason, requests.exceptions.InvalidURL):
        return RequestFailedError(FetchStatus.UNSAFE_ADDRESS, f"no URL that can be asked for: {reason}")
    return RequestFailedError(FetchStatus.BROKEN_RESPONSE, text)


def _reason(error: Exception) -> object:
    """The error inside the wrappings of requests and of urllib3's retries."""
    inner: object = error
    if isinstance(error, requests.exceptions.RequestException) and error.args:
        inner = error.args[0]
    if isinstance(inner, MaxRetryError):
        inner = inner.reason
    return inner if isinstance(inner, Exception) else error
