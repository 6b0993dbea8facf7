"""A 64-bit number for each word of a text, found for all its words at once.

The number of a word is a polynomial over its characters (Karp and Rabin, "Efficient randomized pattern-matching
algorithms", 1987) modulo 2**64, each character well mixed first and the sum once more; whether a word came in a text
in ASCII or in any other script makes no difference. Of all words at once it comes from the running sum over the text,
so that no word is ever made into a string (measured 2026-11-30: a quarter of the time that splitting into words and
hashing each of them takes).
"""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt

from pipeline.dedupe.shingles import folded_text, needs_scripts, words_in

Hashes = npt.NDArray[np.uint64]
Truths = npt.NDArray[np.bool_]

_BASIC_PLANE = 0x10000
# Odd, so that its powers have inverses, and 5 modulo 8, so that they repeat as late as they can.
_BASE = 0x5851F42D4C957F2D
_INVERSE = pow(_BASE, -1, 2**64)
# Powers are kept for texts of this length: hardly any is longer.
_KEPT_POWERS = 20_000


def word_hashes_of(text: str) -> Hashes:
    """The hash of each word of a text, in order: of each that `words_of` gives, equal for equal words."""
    folded = folded_text(text)
    if folded.isascii():
        points = np.frombuffer(folded.encode("ascii"), dtype=np.uint8)
        return _hashes(_ascii_numbers()[points], _basic_plane()[points])
    if needs_scripts(folded):
        joined = _code_points(" ".join(words_in(folded)))
        return _hashes(_mixed(joined), joined != ord(" "))
    wide = _code_points(folded)
    return _hashes(_mixed(wide), _are_of_words(wide))


def _code_points(text: str) -> Hashes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)


def _are_of_words(points: Hashes) -> Truths:
    r"""Which characters are of words: what `\w` matches."""
    found = _basic_plane()[np.minimum(points, np.uint64(_BASIC_PLANE - 1))]
    for place in np.flatnonzero(points >= _BASIC_PLANE).tolist():
        found[place] = chr(int(points[place])).isalnum()
    return found


@functools.cache
def _basic_plane() -> Truths:
    return np.array([character.isalnum() or character == "_" for character in map(chr, range(_BASIC_PLANE))])


@functools.cache
def _ascii_numbers() -> Hashes:
    return _mixed(np.arange(128, dtype=np.uint64))


def _hashes(numbers: Hashes, are_of_words: Truths) -> Hashes:
    """The hash of each run of characters of words."""
    bounds = np.zeros(len(numbers) + 2, dtype=np.bool_)
    bounds[1:-1] = are_of_words
    edges = np.flatnonzero(bounds[1:] != bounds[:-1])
    starts, ends = edges[::2], edges[1::2]
    powers, inverses = _powers(len(numbers))
    sums = np.zeros(len(numbers) + 1, dtype=np.uint64)
    np.cumsum(numbers * powers, out=sums[1:])
    return _mixed((sums[ends] - sums[starts]) * inverses[starts])


def _powers(length: int) -> tuple[Hashes, Hashes]:
    """The powers of the base from the 0th on, and their inverses."""
    if length > _KEPT_POWERS:
        return _powers_of(_BASE, length), _powers_of(_INVERSE, length)
    powers, inverses = _kept_powers()
    return powers[:length], inverses


@functools.cache
def _kept_powers() -> tuple[Hashes, Hashes]:
    return _powers_of(_BASE, _KEPT_POWERS), _powers_of(_INVERSE, _KEPT_POWERS)


def _powers_of(base: int, length: int) -> Hashes:
    factors = np.full(length, base, dtype=np.uint64)
    factors[0] = 1
    return np.cumprod(factors)


def _mixed(numbers: Hashes) -> Hashes:
    """Spreads numbers over 64 bits: the steps of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom
    number generators", 2014)."""
    mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return mixed
