"""The peers of `make bench-dedupe`: usual ways to find duplicates, each with the contract of `dateline dedupe`.

    python dedupe_peers.py NAME < questions > answers

A question is one JSON line {"id", "headline", "body", "published_at"}; an answer is {"id", "duplicate_of"}, the first
text of its group, or null. Groups are what the links that a peer finds connect.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence

Links = Iterator[tuple[int, int]]
Peer = Callable[[Sequence[str]], Links]

SHINGLE_WORDS = 5


def words_of(text: str) -> list[str]:
    """Its words in lower case."""
    return re.findall(r"\w+", text.lower())


def min_hash(threshold: float) -> Peer:
    """datasketch: MinHash of 128 permutations over 5-word shingles, LSH tuned for a Jaccard similarity."""

    def links(texts: Sequence[str]) -> Links:
        from datasketch import MinHash, MinHashLSH

        index = MinHashLSH(threshold=threshold, num_perm=128)
        for number, text in enumerate(texts):
            words = words_of(text)
            shingles = {" ".join(words[i : i + SHINGLE_WORDS]) for i in range(max(1, len(words) - SHINGLE_WORDS + 1))}
            sketch = MinHash(num_perm=128)
            sketch.update_batch([shingle.encode() for shingle in shingles])
            yield from ((number, other) for other in index.query(sketch))
            index.insert(number, sketch)

    return links


def sim_hash(texts: Sequence[str]) -> Links:
    """simhash, as it comes: 64 bits over pieces of four letters, Hamming distance of 3 at most."""
    from simhash import Simhash, SimhashIndex

    index = SimhashIndex([], k=3)
    for number, text in enumerate(texts):
        sketch = Simhash(text)
        yield from ((number, int(other)) for other in index.get_near_dups(sketch))
        index.add(str(number), sketch)


def text_hash(texts: Sequence[str]) -> Links:
    """Texts with the same words."""
    first: dict[bytes, int] = {}
    for number, text in enumerate(texts):
        key = hashlib.sha256(" ".join(words_of(text)).encode()).digest()
        if (before := first.setdefault(key, number)) != number:
            yield number, before


PEERS: dict[str, Peer] = {
    "MinHash LSH, Jaccard >= .8": min_hash(0.8),
    "MinHash LSH, Jaccard >= .5": min_hash(0.5),
    "SimHash, 64 bit, Hamming <= 3": sim_hash,
    "hash of the words": text_hash,
}


def main() -> None:
    """Answer every line."""
    questions = [json.loads(line) for line in sys.stdin]
    parent = list(range(len(questions)))

    def group_of(number: int) -> int:
        while parent[number] != number:
            parent[number] = number = parent[parent[number]]
        return number

    for one, other in PEERS[sys.argv[1]]([question["body"] or "" for question in questions]):
        first, second = sorted((group_of(one), group_of(other)))
        parent[second] = first
    for number, question in enumerate(questions):
        group = group_of(number)
        original = None if group == number else questions[group]["id"]
        print(json.dumps({"id": question["id"], "duplicate_of": original}))


if __name__ == "__main__":
    main()
