"""A source's own rules: which one holds, and what it finds."""

from datetime import date

from pipeline.read.site_rules import read_by_rule, rule_of_day
from pipeline.sources.model import SiteRule

OLD = SiteRule(valid_until=date(2014, 12, 31), headline="#old")
NEW = SiteRule(valid_from=date(2014, 6, 1), headline="#new")
PAGE = """<html><body><span id="new">Grain ships queue</span><p class="who">By A. Reyl</p><p class="who">I. Brook</p>
<div id="text"><p>The ships came <b>on</b> Monday.<div class="share">Print Mail</div>
They<br>left on Tuesday.<br><br>The port is empty.</div></body></html>"""


def test_the_newest_rule_that_holds_on_the_day_wins() -> None:
    assert rule_of_day([OLD, NEW], date(2013, 1, 1)) is OLD
    assert rule_of_day([OLD, NEW], date(2014, 7, 1)) is NEW
    assert rule_of_day([NEW, OLD], date(2014, 7, 1)) is NEW
    assert rule_of_day([OLD], date(2015, 1, 1)) is None


def test_a_rule_reads_its_fields_and_leaves_out_what_it_removes() -> None:
    rule = SiteRule(headline="#new", standfirst=".none", byline=".who", body="#text", remove=(".share",))
    fields = read_by_rule(PAGE, rule)
    assert fields.headline == "Grain ships queue"
    assert fields.standfirst is None
    assert fields.byline == ("By A. Reyl", "I. Brook")
    assert [block.text for block in fields.blocks] == [
        "The ships came on Monday.",
        "They left on Tuesday.",
        "The port is empty.",
    ]
