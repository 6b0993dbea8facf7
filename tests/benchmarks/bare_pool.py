"""The peer: a bare thread pool with requests, told the addresses, which writes each body to a plain file.

No feed is read, no robots.txt asked for, nothing checked, compared, indexed or remembered, and a body is written once
as it is. One `requests.Session` for each thread, with its defaults except `trust_env`: switched off, it does not search
the environment for proxies and passwords anew with every request, which makes the peer faster.

    python bare_pool.py FOLDER PORT THREADS < addresses

An address is `host path`, one a line. All hosts are reached at 127.0.0.1, so each thread keeps one connection for all
of them. Prints one line of JSON.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests
from process_memory import peak_rss_bytes

of_thread = threading.local()


def session() -> requests.Session:
    """This thread's session."""
    if not hasattr(of_thread, "session"):
        of_thread.session = requests.Session()
        of_thread.session.trust_env = False
    opened: requests.Session = of_thread.session
    return opened


def save(folder: Path, port: int, address: str) -> int:
    """Get one page and write its body to a file; returns its bytes."""
    host, _, path = address.partition(" ")
    answer = session().get(f"http://127.0.0.1:{port}{path}", headers={"Host": f"{host}:{port}"}, timeout=(10, 20))
    answer.raise_for_status()
    return (folder / host / path.rpartition("/")[2]).write_bytes(answer.content)


def main() -> None:
    """Save all pages and say how long it took, without the start of the interpreter."""
    folder, port, threads = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    addresses = sys.stdin.read().splitlines()
    began, began_cpu = time.perf_counter(), time.process_time()
    for host in dict.fromkeys(address.partition(" ")[0] for address in addresses):
        (folder / host).mkdir(parents=True)
    with ThreadPoolExecutor(threads) as pool:
        sizes = list(pool.map(lambda address: save(folder, port, address), addresses))
    figures = {
        "pages": len(sizes),
        "bytes": sum(sizes),
        "seconds": time.perf_counter() - began,
        "cpu_seconds": time.process_time() - began_cpu,
        "peak_bytes": peak_rss_bytes(),
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
