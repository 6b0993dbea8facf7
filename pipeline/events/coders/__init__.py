"""Coders: what turns a text into events, behind one interface; which ones there are, and how they compare.

The rule coder of this product is the default. Another one comes as a package with an entry point in the group
`dateline.coders` and is chosen by the setting `DATELINE_CODER`; docs/coders.md shows how. What may not enter: how a
coder finds its events (`pipeline.events.coder` for ours).
"""

from __future__ import annotations

from pipeline.events.coders.protocol import CodedText, Coder, PairCoder, Publication, RememberingCoder
from pipeline.events.coders.registry import available_coders, find_coder

__all__ = ["CodedText", "Coder", "PairCoder", "Publication", "RememberingCoder", "available_coders", "find_coder"]
