"""Which coders there are: the rule coder, and those that installed packages offer as entry points.

A package offers one with an entry point in the group `dateline.coders`: the coder's name, and the class or function
that makes it. The name of the rule coder cannot be taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from pipeline.errors import ConfigurationError
from pipeline.events.coders.protocol import Coder

GROUP = "dateline.coders"
DEFAULT_CODER = "rules"
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Offer:
    """A coder that can be chosen, not loaded yet. `package` is None for our own."""

    name: str
    package: str | None
    entry_point: EntryPoint | None


def available_coders() -> list[Offer]:
    """The coders that can be chosen, ours first, then by name.

    Raises:
        ConfigurationError: two packages offer coders of one name, or one offers a name that is ours.
    """
    offers = {DEFAULT_CODER: Offer(DEFAULT_CODER, None, None)}
    for entry_point in sorted(entry_points(group=GROUP), key=lambda e: (e.name, e.value)):
        package = entry_point.dist.name if entry_point.dist is not None else "a package without a name"
        known = offers.get(entry_point.name)
        if known is not None and known.entry_point is not None and known.entry_point == entry_point:
            continue  # the same package found twice on the path
        if known is not None:
            owner = known.package or "Dateline itself"
            raise ConfigurationError(
                f"{package} offers a coder '{entry_point.name}', which is the name of one of {owner}; uninstall one"
            )
        offers[entry_point.name] = Offer(entry_point.name, package, entry_point)
    return list(offers.values())


@cache
def find_coder(name: str) -> Coder:
    """The coder of that name, made once a process.

    Raises:
        ConfigurationError: there is none of that name, it cannot be loaded, or what is loaded is no coder.
    """
    offers = {offer.name: offer for offer in available_coders()}
    if name not in offers:
        raise ConfigurationError(f"there is no coder '{name}'; there are: {', '.join(offers)} (docs/coders.md)")
    offer = offers[name]
    if offer.entry_point is None:
        from pipeline.events.coders.rules import RuleCoder  # noqa: PLC0415  a second for its weights

        return RuleCoder()
    where = f"coder '{name}' of {offer.package} ({offer.entry_point.value})"
    try:
        coder = offer.entry_point.load()()
    except Exception as error:
        raise ConfigurationError(f"{where} cannot be loaded: {type(error).__name__}: {error}") from error
    return _proved(coder, name, where)


def _proved(coder: object, name: str, where: str) -> Coder:
    if not isinstance(coder, Coder):
        raise ConfigurationError(f"{where} is no coder: it needs name, version, languages and code (docs/coders.md)")
    if coder.name != name or not _NAME.fullmatch(name):
        raise ConfigurationError(
            f"{where} calls itself '{coder.name}': expected the name of its entry point, in lower-case letters, "
            "digits and hyphens"
        )
    if not isinstance(coder.version, str) or not coder.version:
        raise ConfigurationError(f"{where} has no version")
    languages: object = coder.languages
    if not isinstance(languages, frozenset | set) or not all(isinstance(code, str) for code in languages):
        raise ConfigurationError(f"{where}: expected a set of language codes, got {coder.languages!r}")
    return coder
