"""Uploads: their jobs, and what stays on disk."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from askretail_index.report import IngestReport
from askretail_ingest.errors import BusyLibrary
from askretail_ui.desk import Desk
from askretail_ui.upload import FOLDER, adding, staged
from askretail_ui.work import File, Job, Work

from .fake import FakeEngine


@pytest.fixture
def uploads(tmp_path: Path) -> list[Path]:
    files = {"a/one.txt": "Oakmart opened a shop.\n", "b/two.txt": " "}
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    return [tmp_path / name for name in files]


def run(engine: FakeEngine, uploads: Sequence[Path]) -> Job:
    work = Work()
    work.start(*adding(engine, uploads))  # type: ignore[arg-type]
    *_, (job,) = work.watch()
    return job


def test_an_upload_ends_with_the_fate_of_each_file(tmp_path: Path, uploads: list[Path]) -> None:
    job = run(FakeEngine((), library=tmp_path / "library"), uploads)
    assert (job.title, job.stage) == ("Adding 2 files", "finished")
    assert job.files == (
        File("one.txt", "loaded"),
        File("two.txt", "skipped", "two.txt: no text in it"),
    )


def test_uploaded_files_leave_the_disk(tmp_path: Path, uploads: list[Path]) -> None:
    run(FakeEngine((), library=tmp_path / "library"), uploads)
    assert not any(path.exists() for path in uploads)
    assert not (tmp_path / "library" / FOLDER).exists()


def test_an_error_of_the_ingest_reaches_the_page(tmp_path: Path, uploads: list[Path]) -> None:
    class Busy(FakeEngine):
        def ingest(self, *args: object, **kwargs: object) -> IngestReport:
            raise BusyLibrary("wait")

    job = run(Busy((), library=tmp_path / "library"), uploads)
    assert (job.stage, job.note) == ("failed", "wait")
    assert not (tmp_path / "library" / FOLDER).exists()


def test_a_file_uploaded_again_comes_from_the_same_path(tmp_path: Path) -> None:
    seen = []
    for number in range(2):
        upload = tmp_path / str(number) / "one.txt"
        upload.parent.mkdir()
        upload.write_text(str(number), encoding="utf-8")
        with staged([upload], tmp_path / "library") as files:
            seen.append((files, files[0].read_text(encoding="utf-8")))
    (first, old), (second, new) = seen
    assert first == second == [tmp_path / "library" / "one.txt"]
    assert (old, new) == ("0", "1")


def test_two_files_of_one_name_stay_two_files(tmp_path: Path) -> None:
    uploads = []
    for number in range(2):
        upload = tmp_path / str(number) / "one.txt"
        upload.parent.mkdir()
        upload.write_text(str(number), encoding="utf-8")
        uploads.append(upload)
    with staged(uploads, tmp_path / "library") as files:
        assert [path.read_text(encoding="utf-8") for path in files] == ["0", "1"]
        assert [path.name for path in files] == ["one.txt", "one.txt"]


def test_uploads_never_go_into_the_sample() -> None:
    own = FakeEngine(())
    desk = Desk(FakeEngine(sample=True), lambda: own, lambda: False)
    assert desk.engine(desk.upload_shelf()) is own
    assert desk.engine("served") is desk.served


def test_uploads_go_into_a_library_that_is_not_a_sample() -> None:
    desk = Desk(FakeEngine(), lambda: pytest.fail("opened"), lambda: True)
    assert desk.engine(desk.upload_shelf()) is desk.served
    assert desk.engine("own") is desk.served
    assert not desk.has_choice()


def test_the_own_library_is_opened_once_and_closed_with_the_rest() -> None:
    opened: list[FakeEngine] = []

    def open_own() -> FakeEngine:
        opened.append(FakeEngine(()))
        return opened[-1]

    desk = Desk(FakeEngine(sample=True), open_own, lambda: False)
    assert not desk.has_choice()
    assert desk.engine("own") is desk.engine("own")
    assert desk.has_choice()
    desk.close()
    assert [engine.closed for engine in (desk.served, *opened)] == [True, True]
