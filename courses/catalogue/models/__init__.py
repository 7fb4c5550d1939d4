"""What can be learned: courses, their versions, modules and activities; one row each, a column per language."""

from courses.catalogue.models.activities import Activity, Module
from courses.catalogue.models.courses import Course, CourseQuerySet, CourseVersion, Lecturer
from courses.catalogue.models.reviews import Review
from courses.catalogue.models.texts import has_texts

__all__ = ["Activity", "Course", "CourseQuerySet", "CourseVersion", "Lecturer", "Module", "Review", "has_texts"]
