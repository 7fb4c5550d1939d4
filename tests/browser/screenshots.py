"""Draws every page kind at three widths, in three languages, light and dark: `make screenshots`."""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS, ROOT, start_site

PAGES = {
    "home": "",
    "campaigns": "campaigns/",
    "campaign": "campaigns/world-ip-day/",
    "lessons": "lessons/",
    "programme": "lessons/primary/ideas-and-inventors/",
    "lesson": "lessons/primary/ideas-and-inventors/songs-and-places/whose-song-is-it/",
    "courses": "courses/",
    "course": "courses/ip-for-leading-cadres/",
    "topics": "topics/",
    "search": "search/?q=patent",
    "laws": "laws/",
    "about": "about/",
    "verify": "certificates/",
    "sign-in": "accounts/login/",
    "not-found": "nothing-here/",
}
FOLDER = ROOT / "var" / "screenshots"


def draw(browser: Browser, base: str, scheme: str, width: int, language: str) -> None:
    context = browser.new_context(base_url=base, color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    for name, path in PAGES.items():
        page.goto(f"/{language}/{path}")
        page.screenshot(path=FOLDER / f"{name}-{language}-{width}-{scheme}.png", full_page=True)
    context.close()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        processes, base = start_site(Path(folder))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for language in ("en", "zh-hans", "ar"):
            for width in (360, 768, 1280):
                draw(browser, base, "light", width, language)
            draw(browser, base, "dark", 1280, language)
        browser.close()
        for process in processes:
            process.terminate()
            process.wait(20)
    print(f"Screenshots are in {FOLDER}")


if __name__ == "__main__":
    main()
