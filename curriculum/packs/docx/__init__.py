"""A booklet as a Word document: headings, lists and tables are styles, and every run says its language."""

from curriculum.packs.docx.document import write_docx

__all__ = ["write_docx"]
