"""Competences in schema.org's words."""

from collections.abc import Iterable
from typing import Any

from cms.competences.matrix import Matrix
from cms.competences.models import Descriptor


def term_set(matrix: Matrix, url: str) -> dict[str, Any]:
    """A framework as a DefinedTermSet with its competences as terms."""
    return {
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "url": url,
        "name": str(matrix.framework),
        "description": matrix.framework.summary or "",
        "hasDefinedTerm": [
            {"@type": "DefinedTerm", "termCode": row.competence.slug, "name": str(row.competence)}
            for row in matrix.rows
        ],
    }


def alignments(descriptors: Iterable[Descriptor]) -> list[dict[str, Any]]:
    """What a course or lesson teaches, as AlignmentObjects."""
    return [
        {
            "@type": "AlignmentObject",
            "alignmentType": "teaches",
            "educationalFramework": str(one.competence.framework),
            "targetName": f"{one.competence} – {one.level}",
        }
        for one in descriptors
    ]
