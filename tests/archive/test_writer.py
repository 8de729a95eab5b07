"""Files as they are written, and what is made of those that a killed run has left."""

from __future__ import annotations

import fcntl
import gzip
import os
import stat
from typing import TYPE_CHECKING

import pytest

from crawler.archive import members, records, repair
from crawler.archive.reader import captures
from crawler.archive.writer import Writer
from crawler.errors import StorageError
from tests.archive.conftest import exchange, page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Writer]:
    made = Writer(tmp_path / "archive", info={"software": "test"}, size=3000)
    yield made
    if made._file >= 0:
        made.close()


def put(to: Writer, number: int) -> tuple[str, int]:
    return to.append(exchange(f"https://courrier.example/{number}", page(number)).response())[0]


def die(opened: Writer) -> Path:
    """What a kill does: the file stays as it is, its lock is gone."""
    os.close(opened._file)
    opened._file = -1
    return opened.folder / (opened._name + ".open")


def test_a_file_is_private_open_while_written_and_renamed_when_closed(opened: Writer) -> None:
    name, _ = put(opened, 1)
    [file] = opened.folder.iterdir()
    assert file.name == f"{name}.open"
    opened.close()
    [file] = opened.folder.iterdir()
    assert file.name == name
    assert (stat.S_IMODE(file.stat().st_mode), stat.S_IMODE(opened.folder.stat().st_mode)) == (0o600, 0o700)


def test_files_are_rotated_by_size_and_never_appended_to(opened: Writer) -> None:
    places = [put(opened, number) for number in range(8)]
    opened.close()
    names = sorted({name for name, _ in places})
    assert len(names) > 1
    assert sorted(file.name for file in opened.folder.iterdir()) == names
    for name in names:
        assert gzip.decompress((opened.folder / name).read_bytes()).startswith(
            b"WARC/1.1\r\nWARC-Type: warcinfo"
        )
        begins = {capture.offset for capture in captures(opened.folder / name)}
        assert begins == {offset for file, offset in places if file == name}


@pytest.mark.parametrize("cut", [0, 1, 10, 200, 500])
def test_a_killed_runs_file_is_cut_after_its_last_whole_record(opened: Writer, cut: int) -> None:
    put(opened, 1)
    whole = opened._end
    opened._write(records.member(exchange("https://courrier.example/2", page(2)).response()[0])[:cut])
    die(opened)
    assert repair.repair(opened.folder) == {opened._name: cut}
    [file] = opened.folder.iterdir()
    assert (file.name, file.stat().st_size) == (opened._name, whole)
    assert all(isinstance(part, members.Member) for part in members.walk(file))


def test_a_tail_of_zeros_is_cut_off_too(opened: Writer) -> None:
    """What a power cut leaves: the file is as long as it was, and its end was never written."""
    put(opened, 1)
    opened._write(bytes(4096))
    die(opened)
    assert repair.repair(opened.folder) == {opened._name: 4096}


def test_damage_before_whole_records_is_no_kill_and_stays(opened: Writer) -> None:
    _, offset = put(opened, 1)
    put(opened, 2)
    file, size = die(opened), opened._end
    with file.open("r+b") as damaged:
        damaged.seek(offset + 100)
        damaged.write(b"\xff\xff\xff\xff")
    assert repair.repair(opened.folder) == {opened._name: 0}
    assert (opened.folder / opened._name).stat().st_size == size


def test_a_file_without_a_record_is_removed(opened: Writer) -> None:
    opened._name = "hemero-x-00001.warc.gz"
    opened._create()
    die(opened)
    assert repair.repair(opened.folder) == {opened._name: 0}
    assert not list(opened.folder.iterdir())


def test_the_file_of_a_run_that_lives_is_left_alone(opened: Writer) -> None:
    put(opened, 1)
    assert repair.repair(opened.folder) == {}
    name, offset = put(opened, 2)
    assert (opened.folder / f"{name}.open").stat().st_size > offset


def test_a_repair_between_creation_and_lock_harms_nobody(
    opened: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new file is empty and not locked yet: a repair takes it for a dead run's, and removes it."""
    lock = fcntl.flock

    def late(descriptor: int, operation: int) -> None:
        monkeypatch.setattr("crawler.archive.writer.fcntl.flock", lock)
        repair.repair(opened.folder)
        lock(descriptor, operation)

    monkeypatch.setattr("crawler.archive.writer.fcntl.flock", late)
    name, _ = put(opened, 1)
    opened.close()
    assert [file.name for file in opened.folder.iterdir()] == [name]
    assert len(list(captures(opened.folder / name))) == 1


def test_what_a_full_disk_cuts_short_is_taken_back(opened: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    put(opened, 1)
    whole, write = opened._end, os.write

    def full(descriptor: int, data: bytes) -> int:
        if len(data) < 100:
            raise OSError(28, "No space left on device")
        return write(descriptor, data[: len(data) // 2])

    with monkeypatch.context() as patched:
        patched.setattr("crawler.archive.writer.os.write", full)
        with pytest.raises(StorageError, match=r"warc\.gz: No space left on device"):
            put(opened, 2)
    assert (opened.folder / (opened._name + ".open")).stat().st_size == whole
    for call in (lambda: put(opened, 3), opened.sync, opened.close):
        with pytest.raises(StorageError, match="No space left"):
            call()
    assert repair.repair(opened.folder) == {opened._name: 0}
