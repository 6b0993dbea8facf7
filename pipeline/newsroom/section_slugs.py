"""How the names of sections stand in addresses."""

from __future__ import annotations

import re
import unicodedata

from pipeline.errors import ConfigurationError

# Section names are Latin or Russian; a Russian one is transliterated, as Russian sites do.
_CYRILLIC = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziiklmnoprstufye", strict=True)),
        "ё": "e",
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ю": "iu",
        "я": "ia",
        "ъ": "",
        "ь": "",
    }
)


def section_slug(section: str) -> str:
    """A section's name as it stands in addresses: Arts & Culture becomes arts-culture.

    Raises:
        ConfigurationError: a name of which nothing is left.
    """
    letters = unicodedata.normalize("NFKD", section.lower().translate(_CYRILLIC)).encode("ascii", "ignore")
    slug = re.sub(r"[^a-z0-9]+", "-", letters.decode()).strip("-")
    if not slug:
        raise ConfigurationError(f"The section name {section!r} gives no address: use Latin or Russian letters.")
    return slug
