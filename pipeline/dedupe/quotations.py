"""Which words of a text are quoted: two reports that quote one speech share its words, and neither is a copy."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pipeline.dedupe.shingles import QUOTATION_MARKS, SENTENCE_MARKS, tokens_of


def quoted_words(text: str) -> npt.NDArray[np.bool_]:
    """Of each word of a text (`words_of`), whether it stands in quotation marks.

    Any double mark ends what another one began: languages differ in which of them they begin with. Single ones are
    apostrophes as well and do not count. A quotation ends with its line: where it goes on over paragraphs, each of
    them begins with a mark.
    """
    quoted = []
    is_inside = False
    for found in tokens_of(text):
        if found in QUOTATION_MARKS:
            is_inside = not is_inside
        elif found == "\n":
            is_inside = False
        elif found not in SENTENCE_MARKS:
            quoted.append(is_inside)
    return np.array(quoted, dtype=np.bool_)
