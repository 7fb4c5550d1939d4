"""One complete programme for each stage of education, with lesson plans and their worksheets."""

from pathlib import Path

from cms.languages.starter import publish
from cms.pages.models import HomePage
from cms.vocabulary.data import Texts, load_terms, read_languages
from curriculum.library.models import LessonLibraryPage
from curriculum.library.starter.programmes import load_programmes
from curriculum.plans.models import ActivityType, Competence, Subject, TeachingStrategy

FOLDER = Path(__file__).parent


def load() -> None:
    load_terms(Subject, FOLDER / "vocabulary" / "subjects.yaml")
    load_terms(Competence, FOLDER / "vocabulary" / "competences.yaml", code=str)
    load_terms(ActivityType, FOLDER / "vocabulary" / "activity_types.yaml")
    load_terms(TeachingStrategy, FOLDER / "vocabulary" / "teaching_strategies.yaml")
    home = HomePage.objects.get(locale__language_code="en", depth=2)
    library = publish(home, LessonLibraryPage, "lessons", read_languages(FOLDER / "index"), _index_fields)
    load_programmes(library)


def _index_fields(texts: Texts) -> dict[str, object]:
    return {"title": texts["title"], "summary": texts["summary"], "show_in_menus": True}
