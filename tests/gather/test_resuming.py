"""A gathering that was killed, and one that runs again: nothing is lost, asked or archived twice."""

from __future__ import annotations

import errno
import os

import pytest

from pipeline.gather.attempts import read_earlier_attempts


@pytest.fixture
def four_pages(site):
    for path in ("/a", "/b", "/c", "/d"):
        site.page(path, f"The story of {path}.")
    site.rss("/a", "/b", "/c", "/d")


def archived_urls(gathering):
    earlier = read_earlier_attempts(gathering.settings.captures_folder, gathering.run_id, "gazette")
    return sorted(earlier.fetches)


def test_a_finished_gathering_that_runs_again_asks_for_nothing_and_says_the_same(gathering, site, four_pages):
    first_counts = gathering.gather().counts
    first = (gathering.fetches(), gathering.visits())
    site.asked.clear()
    assert gathering.gather().counts == first_counts
    assert (gathering.fetches(), gathering.visits()) == first
    assert site.asked == []
    assert len(gathering.warc_files()) == 1


def kill_after(monkeypatch, captures):
    """The disk is full after so many captures have been synced."""
    real, synced = os.fsync, []

    def fsync(descriptor):
        if len(synced) >= captures:
            raise OSError(errno.ENOSPC, "No space left on device")
        synced.append(descriptor)
        real(descriptor)

    monkeypatch.setattr("pipeline.gather.archive.os.fsync", fsync)


def test_a_full_disk_loses_nothing_archived_and_the_next_attempt_does_the_rest(
    gathering, site, four_pages, monkeypatch
):
    with monkeypatch.context() as patch:
        kill_after(patch, 3)  # the feed and two pages
        with pytest.raises(OSError, match="No space left"):
            gathering.gather()
    assert not gathering.run.stage_file("gather", "gazette.fetches").exists()
    site.asked.clear()
    result = gathering.gather()
    assert result.counts["captured"] == result.counts["links"] == 4
    assert site.paths()[-1] == "/d"
    assert {"/a", "/b", "/rss.xml"}.isdisjoint(site.paths())
    assert len(gathering.warc_files()) == 2
    places = {(f.warc_file, f.warc_offset) for f in gathering.fetches().values()}
    assert len(places) == 4


@pytest.mark.parametrize("cut", [5, 300, 700])
def test_a_truncated_file_costs_its_last_record_only(gathering, site, four_pages, cut):
    gathering.gather()
    last = gathering.fetches()["/d"]
    (path,) = gathering.warc_files()
    with path.open("r+b") as file:
        file.truncate(last.warc_offset + cut if cut < 700 else path.stat().st_size - 5)
    site.asked.clear()
    gathering.gather()
    # Cut within the request record that follows it, the response is whole.
    assert site.paths() == ([] if cut == 700 else ["/d"])
    fetches = gathering.fetches()
    assert [fetch.status for fetch in fetches.values()] == ["captured"] * 4
    assert archived_urls(gathering) == sorted(fetch.url for fetch in fetches.values())


def test_damage_in_the_middle_costs_that_record_only(gathering, site, four_pages):
    gathering.gather()
    damaged = gathering.fetches()["/b"]
    (path,) = gathering.warc_files()
    data = bytearray(path.read_bytes())
    for index in range(damaged.warc_offset + 40, damaged.warc_offset + 60):
        data[index] ^= 0xFF
    path.write_bytes(data)
    site.asked.clear()
    gathering.gather()
    assert site.paths() == ["/b"]
    assert len(gathering.fetches()) == 4


def test_links_that_failed_are_asked_again_by_the_next_attempt(gathering, site, four_pages):
    site.answer("/c", status=500)
    gathering.gather()
    site.page("/c")
    site.asked.clear()
    gathering.gather()
    assert site.paths() == ["/c"]
    assert gathering.fetches()["/c"].status == "captured"


def test_what_an_earlier_attempt_captured_stays_a_link_of_the_run(gathering, site, four_pages):
    """The feed was read, its record was lost with the tail, and now it offers something else."""
    gathering.gather()
    captured = gathering.fetches()
    feed_less = {url: fetch for url, fetch in captured.items() if url != "/d"}
    (path,) = gathering.warc_files()
    data = bytearray(path.read_bytes())
    for index in range(330, 350):  # within the feed's record, the first after the warcinfo
        data[index] ^= 0xFF
    path.write_bytes(data)
    site.rss("/e")
    site.page("/e")
    site.asked.clear()
    gathering.gather()
    assert site.paths() == ["/rss.xml", "/e"]
    assert feed_less.keys() < gathering.fetches().keys()
    assert gathering.fetches()["/a"] == captured["/a"]


def test_each_run_has_its_own_archive(gathering, site, four_pages):
    gathering.gather()
    gathering.run_id = "run-2"
    site.asked.clear()
    gathering.gather()
    assert len(site.paths()) == 5
    assert gathering.warc_files()[0].parent.name == "run-2"
