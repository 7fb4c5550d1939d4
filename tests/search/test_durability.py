"""Safe under load: killed writers, readers beside a writer, damaged files, and what /healthz says of them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from modelsearch.backends import get_search_backend
from modelsearch.index import get_indexed_models
from wagtail.models import Page

from cms.search import indexing
from cms.search.engine.errors import IndexBusy
from cms.search.engine.storage import writing
from cms.search.models import PendingChange
from cms.search.tasks import write_pending_changes
from curriculum.plans.models import LessonPlanPage
from tests.search.conftest import index_path, kept


@pytest.mark.parametrize("scenario", ["kills", "readers", "writers"])
def test_processes_that_write_read_and_die_leave_a_whole_index(scenario: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.search.crashes", scenario],
        env=os.environ | {"SEARCH_TEST_FOLDER": str(tmp_path)},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]


def remove(path: Path) -> None:
    shutil.rmtree(path)


def cut_short(path: Path) -> None:
    os.truncate(next(path.glob("index-*/*.seg")), 100)


def flip_a_bit(path: Path) -> None:
    file = next(path.glob("index-*/*.seg"))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def lose_a_file(path: Path) -> None:
    next(path.glob("index-*/*.toc")).unlink()


def scribble(path: Path) -> None:
    (path / "current").write_text("{nonsense")


DAMAGES = [remove, cut_short, flip_a_bit, lose_a_file, scribble]


@pytest.mark.django_db
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_reported_the_site_serves_and_a_rebuild_mends_it(
    damage: Any, index: Path, client: Client
) -> None:
    assert client.get("/healthz").status_code == 200
    damage(index)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["checks"] == {"database": "ok", "search": "IndexUnavailable"}
    for path in ("/en/", "/en/search/?q=patent", "/en/search/completions/?q=pat", "/en/lessons/"):
        assert client.get(path).status_code == 200
    call_command("rebuild_modelsearch_index", verbosity=0)
    assert client.get("/healthz").status_code == 200
    assert (
        'href="/en/lessons/university/ip-in-two-credits/finding-and-keeping/keep-it-or-patent-it/"'
        in client.get("/en/search/?q=patent").content.decode()
    )


@pytest.mark.django_db
def test_without_an_index_the_page_says_that_search_is_out_of_order(index: Path, client: Client) -> None:
    remove(index)
    content = client.get("/en/search/?q=patent").content.decode()
    assert "Search is out of order at the moment" in content
    assert "Where to begin" in content


@pytest.mark.django_db(transaction=False)
def test_the_next_write_makes_a_lost_index_anew(index: Path, lesson: LessonPlanPage) -> None:
    remove(index)
    assert LessonPlanPage.objects.all().search("pencil").count() == 0
    get_search_backend().write_pending()
    assert lesson in LessonPlanPage.objects.all().search("pencil")


@pytest.mark.django_db
def test_what_is_saved_waits_in_the_queue_of_its_own_transaction(index: Path, lesson: LessonPlanPage) -> None:
    lesson.title = "A quokka with an inventor"
    lesson.save()
    assert get_search_backend().queue() == {"waiting": 1, "failed": 0}
    assert LessonPlanPage.objects.all().search("quokka").count() == 0
    get_search_backend().write_pending()
    assert get_search_backend().queue() == {"waiting": 0, "failed": 0}
    assert list(LessonPlanPage.objects.all().search("quokka")) == [lesson]


@pytest.mark.django_db(transaction=False)
def test_saving_again_and_again_is_one_commit(
    index: Path,
    lesson: LessonPlanPage,
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    commits: list[str] = []
    publish = indexing.BatchWriter.publish

    def counted(writer: indexing.BatchWriter) -> None:
        commits.append(writer.folder)
        publish(writer)

    monkeypatch.setattr(indexing.BatchWriter, "publish", counted)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        for number in range(5):
            lesson.title = f"A wombat of generation {number}"
            lesson.save()
    assert len(callbacks) >= 5
    assert len(commits) == 1
    assert LessonPlanPage.objects.all().search("wombat 4").count() == 1
    assert LessonPlanPage.objects.all().search("wombat 3").count() == 0


@pytest.mark.django_db
def test_deleting_takes_a_page_out(index: Path, lesson: LessonPlanPage) -> None:
    Page.objects.get(pk=lesson.pk).delete()
    get_search_backend().write_pending()
    assert LessonPlanPage.objects.all().search("pencil").count() == 0
    assert get_search_backend().queue()["waiting"] == 0


@pytest.mark.django_db
def test_a_rebuild_is_searched_only_when_it_is_whole_and_takes_in_what_was_saved_meanwhile(
    index: Path, lesson: LessonPlanPage
) -> None:
    backend = get_search_backend()
    rebuild = indexing.Rebuild(backend.path, backend.index_name, backend.vocabulary)
    rebuild.start()
    assert LessonPlanPage.objects.all().search("pencil").count() > 0, "the old index answers"
    for model in get_indexed_models():
        rebuild.add(model.get_indexed_objects())
    lesson.title = "A potoroo with an inventor"
    lesson.save()
    backend.write_pending()  # finds the rebuild writing and leaves
    assert LessonPlanPage.objects.all().search("potoroo").count() == 0
    rebuild.finish()
    assert LessonPlanPage.objects.all().search("potoroo").count() == 1
    assert backend.queue() == {"waiting": 0, "failed": 0}
    assert len(list(index.glob("index-*"))) == 1, "the old one is gone"


@pytest.mark.django_db
def test_a_copy_of_the_index_that_is_put_back_is_searched_as_it_was(lesson: LessonPlanPage) -> None:
    with kept(index_path()):
        lesson.delete()
        get_search_backend().write_pending()
        assert LessonPlanPage.objects.autocomplete("penc").count() == 0
    assert get_search_backend().autocomplete("penc", LessonPlanPage).count() == 1


@pytest.mark.django_db
def test_a_request_never_waits_for_whoever_writes(index: Path, lesson: LessonPlanPage, client: Client) -> None:
    with writing(index):
        lesson.title = "A numbat with an inventor"
        lesson.save()
        write_pending_changes.call(str(index), index.name, None)  # finds the lock taken and leaves
        assert client.get("/en/search/?q=patent").status_code == 200
        with pytest.raises(IndexBusy), writing(index):
            pass
    assert PendingChange.objects.count() == 1
    get_search_backend().write_pending()
    assert LessonPlanPage.objects.all().search("numbat").count() == 1


@pytest.mark.django_db
def test_what_cannot_be_indexed_does_not_stop_the_rest(
    index: Path, lesson: LessonPlanPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = LessonPlanPage.objects.exclude(pk=lesson.pk).filter(locale__language_code="en").first()
    make_document = indexing.make_document

    def picky(obj: Any, *args: Any) -> Any:
        if obj.pk == other.pk:
            raise ValueError("a broken page")
        return make_document(obj, *args)

    monkeypatch.setattr(indexing, "make_document", picky)
    other.save()
    lesson.title = "A bilby with an inventor"
    lesson.save()
    get_search_backend().write_pending()
    assert LessonPlanPage.objects.all().search("bilby").count() == 1
    assert get_search_backend().queue() == {"waiting": 0, "failed": 1}


@pytest.mark.django_db
def test_a_change_of_a_model_that_is_gone_is_dropped(index: Path) -> None:
    PendingChange.objects.create(index=index.name, model="gone.Model", object_id="1")
    get_search_backend().write_pending()
    assert get_search_backend().queue() == {"waiting": 0, "failed": 0}


@pytest.mark.django_db
def test_the_command_says_what_waits(index: Path, lesson: LessonPlanPage, capsys: pytest.CaptureFixture[str]) -> None:
    lesson.save()
    call_command("write_search_changes")
    assert "0 waiting, 0 failed" in capsys.readouterr().out
