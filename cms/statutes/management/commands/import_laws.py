from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.statutes.importing import BrokenFiles, read_files, save_all
from cms.statutes.models import LawIndexPage


class Command(BaseCommand):
    help = (
        "Imports Chinese statutes written in Markdown (see cms/statutes/markdown.py). All files are read first: "
        "if one is malformed, each fault is named with its line and nothing is imported. Importing again changes "
        "only what changed."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("paths", nargs="+", type=Path, help="Markdown files, or folders of them.")
        parser.add_argument("--locale", default="zh-hans", help="The language whose law library takes them.")
        parser.add_argument("--draft", action="store_true", help="Leave them as drafts for an editor to publish.")
        parser.add_argument("--check", action="store_true", help="Only read the files and say what is wrong.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            laws = read_files(self._files(options["paths"]))
        except BrokenFiles as error:
            raise CommandError(f"Nothing was imported.\n{error}") from None
        if options["check"]:
            for read in laws:
                self.stdout.write(f"good: {read.law.title}, {len(read.law.articles)} articles")
            return
        for title, outcome in save_all(laws, self._library(options["locale"]), not options["draft"]).items():
            self.stdout.write(f"{outcome}: {title}")

    def _files(self, paths: list[Path]) -> list[Path]:
        files: list[Path] = []
        for path in paths:
            if not path.exists():
                raise CommandError(f"There is no file or folder {path}.")
            files += sorted(path.glob("*.md")) if path.is_dir() else [path]
        if not files:
            raise CommandError("There is no Markdown file (*.md) in this folder.")
        return files

    def _library(self, code: str) -> LawIndexPage:
        library = LawIndexPage.objects.filter(locale__language_code=code).order_by("path").first()
        if library is None:
            raise CommandError(
                f"There is no law library in “{code}” yet. Add one below the home page of this language."
            )
        return library
