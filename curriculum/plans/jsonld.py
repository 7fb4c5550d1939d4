"""Lessons and programmes in schema.org's words, for search engines and for the manifest of a pack."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cms.competences.jsonld import alignments
from cms.languages.tags import language_tag
from cms.vocabulary.models import Licence

if TYPE_CHECKING:
    from curriculum.plans.models import LessonPlanPage, ProgrammePage, UnitPage

CONTEXT = "https://schema.org"
PUBLISHER = {"@type": "Organization", "name": "Imprint"}


def learning_resource(lesson: "LessonPlanPage", url: str, language: str) -> dict[str, Any]:
    """A lesson plan as a LearningResource; values are in the lesson's language."""
    return _filled(
        {
            "@context": CONTEXT,
            "@type": "LearningResource",
            "@id": f"urn:uuid:{lesson.translation_key}",
            "url": url,
            "name": lesson.title,
            "description": lesson.summary,
            "inLanguage": language_tag(language),
            "learningResourceType": "lesson plan",
            "educationalLevel": _level(lesson.get_stage_display(), lesson.grades),
            "timeRequired": f"PT{lesson.minutes}M",
            "teaches": [block.value for block in lesson.objectives],
            "about": [str(topic) for topic in lesson.terms["topics"]],
            "keywords": [str(term) for term in lesson.terms["glossary"]],
            "educationalAlignment": [_alignment(block.value) for block in lesson.alignment]
            + [_competence(item) for item in lesson.terms["competences"]]
            + alignments(lesson.developed)
            + [_subject(str(subject)) for subject in lesson.terms["subjects"]],
            "competencyRequired": lesson.prior_knowledge,
            "interactivityType": "mixed",
            "license": licence_uri(lesson.licence),
            "version": lesson.version,
            "dateModified": lesson.last_published_at and lesson.last_published_at.isoformat(),
            "publisher": PUBLISHER,
            "isAccessibleForFree": True,
        }
    )


def course(
    programme: "ProgrammePage",
    url: str,
    lessons: Iterable["LessonPlanPage"],
    hours: float,
    required: Iterable["ProgrammePage"],
    language: str,
) -> dict[str, Any]:
    """A programme as a Course with its lessons as parts."""
    stage = programme.stage_page
    return _filled(
        {
            "@context": CONTEXT,
            "@type": "Course",
            "@id": f"urn:uuid:{programme.translation_key}",
            "url": url,
            "name": programme.title,
            "description": programme.summary,
            "inLanguage": language_tag(language),
            "educationalLevel": _level(stage.get_stage_display() if stage else "", programme.grades),
            "timeRequired": f"PT{round(hours * 60)}M",
            "teaches": [block.value["text"] for block in programme.objectives],
            "coursePrerequisites": [page.title for page in required],
            "numberOfCredits": float(programme.credits) if programme.credits else None,
            "about": [str(subject) for subject in programme.terms["subjects"]],
            "license": licence_uri(programme.licence),
            "provider": PUBLISHER,
            "publisher": PUBLISHER,
            "hasPart": [_part(lesson) for lesson in lessons],
            "isAccessibleForFree": True,
        }
    )


def unit(page: "UnitPage", url: str, lessons: Iterable["LessonPlanPage"], language: str) -> dict[str, Any]:
    """A unit as a LearningResource made of lessons."""
    return _filled(
        {
            "@context": CONTEXT,
            "@type": "LearningResource",
            "@id": f"urn:uuid:{page.translation_key}",
            "url": url,
            "name": page.title,
            "description": page.summary,
            "inLanguage": language_tag(language),
            "learningResourceType": "unit",
            "teaches": [block.value for block in page.objectives],
            "publisher": PUBLISHER,
            "hasPart": [_part(lesson) for lesson in lessons],
            "isAccessibleForFree": True,
        }
    )


def collection(page: Any, url: str, parts: Iterable[Any], language: str) -> dict[str, Any]:
    """A page that leads to courses or lessons, as a CollectionPage."""
    return _filled(
        {
            "@context": CONTEXT,
            "@type": "CollectionPage",
            "url": url,
            "name": page.title,
            "description": page.summary,
            "inLanguage": language_tag(language),
            "publisher": PUBLISHER,
            "hasPart": [{"@type": _type(part), "name": part.title, "url": part.full_url} for part in parts],
        }
    )


def _type(part: Any) -> str:
    return "Course" if part._meta.model_name == "programmepage" else "LearningResource"


def licence_uri(licence: Licence | None) -> str:
    """The address of the licence; where it has none, its SPDX identifier or name."""
    if licence is None:
        return ""
    return licence.url or licence.spdx or str(licence)


def _part(lesson: "LessonPlanPage") -> dict[str, Any]:
    return {
        "@type": "LearningResource",
        "@id": f"urn:uuid:{lesson.translation_key}",
        "name": lesson.title,
        "url": lesson.full_url,
        "timeRequired": f"PT{lesson.minutes}M",
    }


def _level(stage: Any, grades: str) -> list[str]:
    return [str(stage)] + ([grades] if grades else [])


def _alignment(value: Any) -> dict[str, Any]:
    return _filled(
        {
            "@type": "AlignmentObject",
            "alignmentType": "teaches",
            "educationalFramework": value["framework"],
            "targetName": value["code"],
            "targetDescription": value["text"],
            "targetUrl": value["link"],
        }
    )


def _competence(competence: Any) -> dict[str, Any]:
    return {
        "@type": "AlignmentObject",
        "alignmentType": "teaches",
        "educationalFramework": "Imprint",
        "targetName": competence.code,
        "targetDescription": str(competence),
    }


def _subject(name: str) -> dict[str, Any]:
    return {"@type": "AlignmentObject", "alignmentType": "educationalSubject", "targetName": name}


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty: an absent property says nothing, an empty one says there is none."""
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}
