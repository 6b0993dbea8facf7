"""Structured data: what JSON-LD, microdata or RDFa say of this page's article."""

from pipeline.read.json_ld import read_json_ld
from pipeline.read.microdata import read_microdata
from pipeline.read.structured_article import StatedImage, StructuredArticle

__all__ = ["StatedImage", "StructuredArticle", "read_json_ld", "read_microdata"]
