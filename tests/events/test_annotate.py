from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.errors import ConfigurationError
from pipeline.events import lexicon_files
from pipeline.events.annotate import annotate_text, answer_annotate

WHEN = datetime(2013, 11, 15, 1, 13, tzinfo=UTC)
WORDS = st.sampled_from(
    re.findall(
        r"[^ ]+",
        "On last next Tuesday , . \n\n the The 12 2013 March May a five -day years ago President Paris Texas Ann he "
        "Russian police of in will met ' “ 中国 ذهب NATO 's ( 9 a.m. every 1990s",
    )
)


@pytest.mark.usefixtures("parser")
class TestAnyText:
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
    @given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
    @example("")
    @example("\x00\ud7ff\u2028 Tuesday\u00a0night")
    @example("The week of Feb. 30, the 31st of June 2013, 99/99/9999, 0000-00-00, 0001 years ago")
    def test_nothing_raises_and_offsets_match(self, text):
        annotation = annotate_text(text, WHEN)
        for found in (*annotation.dates, *annotation.places, *annotation.actors):
            assert text[found.start : found.end] == found.text != ""

    @pytest.mark.parametrize(
        "text",
        ["On Tuesday police met in Paris. " * 6_250, " " * 200_000, "x" * 200_000, "\n" * 200_000, "“" * 20_000],
        ids=["one line", "spaces", "one word", "line ends", "quotes"],
    )
    def test_of_200_000_characters_only_what_the_cap_allows_is_looked_at(self, text, monkeypatch):
        monkeypatch.setattr("pipeline.events.parser.MAX_PARSED_CHARACTERS", 40_000)
        annotation = annotate_text(text, WHEN)
        ends = [found.end for found in (*annotation.dates, *annotation.places, *annotation.actors)]
        assert max(ends, default=0) <= 40_000


@pytest.mark.usefixtures("parser")
class TestAnswer:
    def test_an_answer_has_the_fields_of_the_contract(self):
        text = "President Ivan Orlov met Thai monks in Riga on Tuesday."
        answer = answer_annotate({"id": "a", "text": text, "published_at": "2013-11-15T01:13:00+08:00"})
        assert answer["status"] == "annotated"
        assert answer["dates"] == [
            {"start": 47, "end": 54, "text": "Tuesday", "value": "2013-11-12", "precision": "day"}
        ]
        assert [place["text"] for place in answer["places"]] == ["Thai", "Riga"]
        assert set(answer["places"][1]) == {
            "start", "end", "text", "name", "latitude", "longitude", "country_code", "geonames_id",
            "region", "region_code",
        }  # fmt: skip
        assert [(a["text"], a["country_code"], a["sector"]) for a in answer["actors"]] == [
            ("President Ivan Orlov", None, "GOV"),
            ("Thai monks", "THA", "REL"),
        ]

    def test_a_question_without_publication_is_answered(self):
        answer = answer_annotate({"id": "a", "text": "They met on Tuesday."})
        assert (answer["status"], answer["dates"][0]["value"]) == ("annotated", None)

    def test_a_bad_instant_is_said_and_the_rest_is_answered(self):
        answer = answer_annotate({"id": "a", "text": "They met in Riga.", "published_at": "yesterday"})
        assert answer["status"] == "bad_input"
        assert "published_at" in answer["error"]
        assert answer["places"][0]["name"] == "Riga"

    def test_a_question_without_text_is_bad_input(self):
        assert answer_annotate({"id": "a"})["status"] == "bad_input"

    def test_a_text_over_the_limit_is_annotated_in_part(self, monkeypatch):
        monkeypatch.setattr("pipeline.events.parser.MAX_PARSED_CHARACTERS", 30)
        answer = answer_annotate({"id": "a", "text": "They met in Riga on Tuesday. They parted in Oslo."})
        assert answer["status"] == "annotated_in_part"
        assert [place["text"] for place in answer["places"]] == ["Riga"]


def test_a_broken_table_says_file_and_line(tmp_path, monkeypatch):
    monkeypatch.setattr(lexicon_files, "LEXICON_FOLDER", tmp_path)
    (tmp_path / "t.tsv").write_text("# comment\na\tb\n1\n1\t2\t3\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"t\.tsv:4: expected at most 2 cells"):
        lexicon_files.read_table("t.tsv")
