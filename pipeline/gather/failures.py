"""What can go wrong between us and a server, each with the one status it ends in.

no DNS answer, connection refused or reset, host or network unreachable,
TLS handshake failed                                                          unreachable
connect, read or total limit                                                  timed_out
closed or reset before the end, malformed headers or chunks, wrong length,
content encoding that does not decode                                         broken_response
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from urllib3.exceptions import HTTPError, ReadTimeoutError

from pipeline.statuses import FetchStatus

MAX_WORDS_CHARACTERS = 300  # servers put whole pages where a status line belongs


class RequestFailedError(Exception):
    """There is no usable response; `status` says how it ended.

    `at_connect` is true where no connection came about: the host is down, not just this one page.
    """

    def __init__(self, status: FetchStatus, error: str, *, at_connect: bool = False) -> None:
        self.status = status
        self.at_connect = at_connect
        super().__init__(in_few_words(error))


def in_few_words(text: str) -> str:
    """A server's words fit for one line of a table: control characters escaped, cut at 300 characters."""
    shown = "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text[:MAX_WORDS_CHARACTERS])
    return shown if len(text) <= MAX_WORDS_CHARACTERS else f"{shown[:MAX_WORDS_CHARACTERS]}..."


def cannot_connect(words: str) -> RequestFailedError:
    """No connection came about."""
    return RequestFailedError(FetchStatus.UNREACHABLE, words, at_connect=True)


def too_slow_to_connect(words: str) -> RequestFailedError:
    """No connection came about in time."""
    return RequestFailedError(FetchStatus.TIMED_OUT, f"connecting: {words} in time", at_connect=True)


def tls_failure(error: ssl.SSLError) -> RequestFailedError:
    """The TLS handshake failed: the certificate, or what the other side speaks."""
    if isinstance(error, ssl.SSLCertVerificationError):
        words = f"the certificate is not to be trusted: {error.verify_message}"
    elif error.reason in {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "HTTP_REQUEST"}:
        words = "the server speaks something else than TLS"
    else:
        words = str(error)
    return RequestFailedError(FetchStatus.UNREACHABLE, f"TLS failure: {words}", at_connect=True)


@contextmanager
def named_failures() -> Iterator[None]:
    """Turns what urllib3 raises into RequestFailedError."""
    try:
        yield
    except ReadTimeoutError as error:
        raise RequestFailedError(FetchStatus.TIMED_OUT, f"reading: {_bare(error)}") from error
    except HTTPError as error:
        raise RequestFailedError(FetchStatus.BROKEN_RESPONSE, _bare(error)) from error


def _bare(error: Exception) -> str:
    # urllib3 puts the connection's or pool's name before its words; which host it was stands in the row already.
    return re.sub(r"^\w+\(host=.*?port=.*?\): ", "", str(error)) or type(error).__name__
