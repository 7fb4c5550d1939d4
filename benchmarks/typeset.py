"""A lesson plan as PDF beside the limit: Typst alone setting the same text without our template."""

import typst

from benchmarks.site import measure, prepare, table


def main() -> None:
    prepare()
    from django.core.cache import caches
    from django.utils.translation import override

    from cms.typeset.fonts import system_fonts
    from curriculum.packs.booklets import Pair, single
    from curriculum.packs.content import content_of
    from curriculum.packs.pdf import Edition, booklet_pdf
    from curriculum.plans.models import LessonPlanPage

    for language, font in (("en", "Noto Sans"), ("zh-hans", "Noto Sans CJK SC"), ("ar", "Noto Naskh Arabic")):
        lesson = LessonPlanPage.objects.get(slug="keep-it-or-patent-it", locale__language_code=language)
        texts = [lesson.title, lesson.summary, lesson.assessment, lesson.answer_key]
        texts += [str(step.value[part]) for step in lesson.steps for part in ("title", "teacher", "students")]
        body = "\n\n".join(texts).replace("\\", "").replace("#", "").replace("@", "").replace("$", "")
        source = f'#set document(title: "x")\n#set text(font: "{font}", lang: "{language[:2]}")\n{body}'.encode()

        def bare(source: bytes = source) -> object:
            return typst.compile(source, format="pdf", pdf_standards="ua-1", font_paths=system_fonts())

        def ours(lesson: LessonPlanPage = lesson) -> object:
            caches["documents"].clear()
            return booklet_pdf(single(Pair(content_of(lesson))), Edition.TEACHER)

        def cached(lesson: LessonPlanPage = lesson) -> object:
            return booklet_pdf(single(Pair(content_of(lesson))), Edition.TEACHER)

        with override(language):
            limit = measure(bare)
            rows = [("limit: Typst alone, plain text", limit), ("ours, made anew with worksheets", measure(ours))]
            rows.append(("ours, from the cache", measure(cached)))
        table(f"Lesson plan as tagged PDF, {language}", rows, limit)


if __name__ == "__main__":
    main()
