"""A gathering that was killed, and one that runs again: nothing is lost, asked or archived twice."""

from __future__ import annotations

import errno
from collections import Counter

import pytest

from pipeline.gather.archive import CaptureWriter
from pipeline.gather.attempts import read_earlier_attempts
from pipeline.gather.ledger import open_ledger


@pytest.fixture
def four_pages(site):
    for path in ("/a", "/b", "/c", "/d"):
        site.page(path, f"The story of {path}.")
    site.rss("/a", "/b", "/c", "/d")


def was_killed(gathering, site):
    """The pass was killed before it came to write the ledger: its WARC files are all there is."""
    for file in gathering.settings.ledger_file.parent.glob("ledger.sqlite*"):
        file.unlink()
    with open_ledger(gathering.settings) as ledger:
        ledger.begin_pass(gathering.run_id, "gazette")
    site.asked.clear()


def flip(gathering, offset, count=20):
    """Damage the pass's WARC file."""
    (path,) = gathering.warc_files()
    data = bytearray(path.read_bytes())
    for index in range(offset, offset + count):
        data[index] ^= 0xFF
    path.write_bytes(data)


def archived_urls(gathering):
    earlier = read_earlier_attempts(gathering.settings.captures_folder, gathering.run_id, "gazette")
    return sorted(fetch.url for fetch in earlier.all_fetches)


def test_a_finished_gathering_that_runs_again_asks_for_nothing_and_says_the_same(gathering, site, four_pages):
    first_counts = gathering.gather().counts
    first = (gathering.fetches(), gathering.visits())
    site.asked.clear()
    assert gathering.gather().counts == first_counts
    assert (gathering.fetches(), gathering.visits()) == first
    assert site.asked == []
    assert len(gathering.warc_files()) == 1


def test_a_gathering_killed_at_its_very_end_asks_for_nothing_and_says_the_same(gathering, site, four_pages):
    first_counts = gathering.gather().counts
    first = (gathering.fetches(), gathering.visits())
    was_killed(gathering, site)
    assert gathering.gather().counts == first_counts
    assert (gathering.fetches(), gathering.visits()) == first
    assert site.paths() == []


def test_a_full_disk_loses_nothing_archived_and_the_next_attempt_does_the_rest(
    gathering, site, four_pages, monkeypatch
):
    real, written = CaptureWriter.write, []

    def write(writer, response, *arguments, **options):
        if len(written) == 3:  # the feed and two pages
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(response.url)
        return real(writer, response, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(CaptureWriter, "write", write)
        with pytest.raises(OSError, match="No space left"):
            gathering.gather()
    assert gathering.fetches() == {}
    site.asked.clear()
    result = gathering.gather()
    assert result.counts["captured"] == result.counts["links"] == 4
    assert site.paths() == ["/c", "/d"]
    assert len(gathering.warc_files()) == 2
    places = {(f.warc_file, f.warc_offset) for f in gathering.fetches().values()}
    assert len(places) == 4


@pytest.mark.parametrize("cut", ["its head", "its middle", "the request record behind it"])
def test_a_truncated_file_costs_its_last_record_only(gathering, site, four_pages, cut):
    gathering.gather()
    last = gathering.fetches()["/d"]
    (path,) = gathering.warc_files()
    end = {"its head": last.warc_offset + 5, "its middle": last.warc_offset + 300}.get(cut, path.stat().st_size - 5)
    with path.open("r+b") as file:
        file.truncate(end)
    was_killed(gathering, site)
    gathering.gather()
    assert site.paths() == ([] if cut == "the request record behind it" else ["/d"])
    fetches = gathering.fetches()
    assert [fetch.status for fetch in fetches.values()] == ["captured"] * 4
    assert archived_urls(gathering) == sorted(fetch.url for fetch in fetches.values())


def test_damage_in_the_middle_costs_that_record_only(gathering, site, four_pages):
    gathering.gather()
    flip(gathering, gathering.fetches()["/b"].warc_offset + 40)
    was_killed(gathering, site)
    gathering.gather()
    assert site.paths() == ["/b"]
    assert len(gathering.fetches()) == 4


def test_links_that_failed_are_asked_again_by_the_next_attempt_of_a_killed_pass(gathering, site, four_pages):
    site.answer("/c", status=500)
    gathering.gather()
    was_killed(gathering, site)
    site.page("/c")
    gathering.gather()
    assert site.paths() == ["/c"]
    assert gathering.fetches()["/c"].status == "captured"


def test_what_an_earlier_attempt_captured_stays_a_link_of_the_pass(gathering, site, four_pages):
    """The feed was read, its record was lost with the tail, and now it offers something else."""
    gathering.gather()
    with open_ledger(gathering.settings) as ledger:
        row = ledger.connection.execute("SELECT warc_offset FROM captures WHERE url LIKE '%rss.xml'").fetchone()
    flip(gathering, row["warc_offset"] + 40)
    was_killed(gathering, site)
    site.rss("/e")
    site.page("/e")
    gathering.gather()
    assert site.paths() == ["/rss.xml", "/e"]
    assert sorted(gathering.fetches()) == ["/a", "/b", "/c", "/d", "/e"]


def test_another_run_takes_over_what_a_killed_pass_archived_and_reads_its_feed_again(gathering, site, four_pages):
    gathering.politeness = "{delay_seconds: 0, max_links: 2}"
    gathering.gather()
    was_killed(gathering, site)
    gathering.politeness = "{delay_seconds: 0}"
    gathering.run_id = "run-2"
    gathering.gather(revisit=False)
    assert site.paths() == ["/rss.xml", "/c", "/d"]
    with open_ledger(gathering.settings) as ledger:
        rows = [*ledger.fetches.of_pass("run-1", "gazette"), *ledger.fetches.of_pass("run-2", "gazette")]
        visits = [*ledger.visits.of_pass("run-1", "gazette"), *ledger.visits.of_pass("run-2", "gazette")]
        assert [visit.new_link_count for visit in visits] == [2, 2]  # each new link is new once
        assert ledger.open_passes() == []
    assert Counter(row.status for row in rows) == {"captured": 4}


def test_a_lost_ledger_is_made_again_from_the_warc_files(gathering, site, four_pages):
    from pipeline.gather.adoption import rebuild_ledger

    gathering.gather()
    before = gathering.fetches()
    entries = {fetch.capture_id for fetch in before.values()}
    was_killed(gathering, site)
    for file in gathering.settings.ledger_file.parent.glob("ledger.sqlite*"):
        file.unlink()
    with open_ledger(gathering.settings) as ledger:
        assert rebuild_ledger(gathering.settings, ledger) == 5  # the feed and four pages
        assert ledger.known_captures(entries) == entries
    assert gathering.fetches() == before
    gathering.run_id = "run-2"
    gathering.gather(revisit=False)
    assert site.paths() == ["/rss.xml"]
