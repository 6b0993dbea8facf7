"""Which words of a text are quoted: two reports that quote one speech share its words, and neither is a copy."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pipeline.dedupe.tokens import LINE, QUOTATION, Tokens


def quoted_words(tokens: Tokens) -> npt.NDArray[np.bool_]:
    """Of each word of a text (`words_of`), whether it stands in quotation marks.

    Any double mark ends what another one began: languages differ in which of them they begin with. Single ones are
    apostrophes as well and do not count. A quotation ends with its line: where it goes on over paragraphs, each of
    them begins with a mark.
    """
    marks = np.cumsum(tokens.kinds == QUOTATION)
    before_line = np.maximum.accumulate(np.where(tokens.kinds == LINE, marks, 0))
    inside: npt.NDArray[np.bool_] = ((marks - before_line) % 2 == 1)[tokens.are_words]
    return inside
