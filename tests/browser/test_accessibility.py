"""axe on every page kind, in six languages, light and dark, wide and narrow: no violation."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PUBLIC = [
    "",
    "about/",
    "campaigns/",
    "campaigns/world-ip-day/",
    "campaigns/national-ip-publicity-week/",
    "campaigns/national-ip-publicity-week/guangdong/",
    "campaigns/national-ip-publicity-week/i-name-the-maker/",
    "campaigns/national-ip-publicity-week/three-questions/",
    "campaigns/national-ip-publicity-week/draw-a-maker/",
    "events/",
    "events/evening-with-makers/",
    "take-part/",
    "take-part/makers-mark/",
    "newsroom/",
    "newsroom/programme-of-the-week/",
    "alerts/",
    "alerts/invoices-from-nowhere/",
    "subscriptions/press/",
    "lessons/",
    "lessons/?stage=primary&topic=patents",
    "lessons/?stage=university&subject=music",
    "lessons/?grade=99",
    "lessons/primary/",
    "lessons/university/ip-in-two-credits/",
    "lessons/university/ip-in-two-credits/finding-and-keeping/",
    "lessons/university/ip-in-two-credits/finding-and-keeping/keep-it-or-patent-it/",
    "collections/",
    "collections/shared/nonsense/",
    "courses/",
    "courses/ip-for-leading-cadres/",
    "topics/",
    "topics/patents/",
    "guides/",
    "guides/search-before-research/",
    "opportunities/",
    "opportunities/lakeside-fellowship/",
    "subscriptions/exchange/",
    "institutions-abroad/",
    "associations/",
    "degrees/",
    "degrees/ip-law/",
    "degrees/compare/?degree=ip-law",
    "register/",
    "register/check/",
    "register/check/?number=1&name=x",
    "register/qualifications/",
    "register/qualifications/patent-agent/",
    "competences/",
    "competences/ip-specialist/",
    "training-bases/",
    "training-bases/demo-harbour-workshop/",
    "people/",
    "people/pools/",
    "people/pools/examiners/",
    "partners/",
    "feeds/",
    "search/",
    "search/?q=patent",
    "search/?q=xylophonist",
    "laws/",
    "certificates/",
    "certificates/?code=ABCD",
    "accounts/login/",
    "accounts/signup/",
    "accounts/password/reset/",
    "no-such-page/",
]
VIEWS = [("light", 1280), ("dark", 320)]


def violations(page: Page, within: str = "html") -> list[str]:
    page.evaluate(AXE)
    result: dict[str, Any] = page.evaluate(
        "([tags, within]) => axe.run(within, {runOnly: {type: 'tag', values: tags}})", [TAGS, within]
    )
    return [f"{item['id']}: {node['html'][:160]}" for item in result["violations"] for node in item["nodes"]]


@pytest.mark.parametrize("language", ["en", "zh-hans", "fr", "es", "ru", "ar"])
@pytest.mark.parametrize(("scheme", "width"), VIEWS)
def test_public_pages(browser: Browser, site: str, language: str, scheme: Any, width: int) -> None:
    context = browser.new_context(base_url=site, color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    found = {}
    for path in PUBLIC:
        page.goto(f"/{language}/{path}")
        if faults := violations(page):
            found[path] = faults
    context.close()
    assert found == {}


@pytest.mark.parametrize(("scheme", "width"), VIEWS)
@pytest.mark.parametrize("language", ["en", "zh-hans", "ar"])
def test_a_professionals_pages(
    browser: Browser, site: str, sign_in: Callable[[Page, str], None], language: str, scheme: Any, width: int
) -> None:
    context = browser.new_context(base_url=site, color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    sign_in(page, "coordinator")
    page.goto(f"/{language}/people/")
    profile = str(page.locator(".result a").first.get_attribute("href"))
    found = {}
    for path in (
        profile,
        f"{profile}write/",
        f"{profile}nominate/",
        f"/{language}/people/me/",
        f"/{language}/people/me/claims/",
        f"/{language}/people/confirmations/",
        f"/{language}/people/pools/examiners/review/",
        f"/{language}/plan/whole/",
    ):
        page.goto(path)
        if faults := violations(page):
            found[path] = faults
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    context.close()
    assert found == {}


@pytest.mark.parametrize(("scheme", "width"), VIEWS)
@pytest.mark.parametrize("language", ["en", "zh-hans", "ar"])
def test_the_pages_of_the_register_and_of_competences(
    browser: Browser, site: str, sign_in: Callable[[Page, str], None], language: str, scheme: Any, width: int
) -> None:
    found = {}
    for who, start, paths in (
        (
            "learner",
            "register/",
            (
                "register/mine/",
                "register/qualifications/patent-agent/practice/",
                "training/competences/",
                "training/competences/ip-specialist/",
                "training/competences/ip-specialist/evidence/",
            ),
        ),
        ("coordinator", "", ("register/practice/", "training/competences/recognition/")),
        ("admin", "register/keeper/", ("register/keeper/add/", "register/keeper/results/", "register/keeper/")),
    ):
        context = browser.new_context(base_url=site, color_scheme=scheme, viewport={"width": width, "height": 800})
        page = context.new_page()
        sign_in(page, who)
        linked = []
        if start:
            page.goto(f"/{language}/{start}")
            hrefs = page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
            linked = [href for href in hrefs if href.count("-") >= 4]  # those of one entry, application, objection
            assert linked
        for path in [*(f"/{language}/{path}" for path in paths), *dict.fromkeys(linked)]:
            page.goto(path)
            if faults := violations(page):
                found[path] = faults
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        context.close()
    assert found == {}


def linked_from(page: Page, path: str, part: str) -> str:
    """The address of the first link on a page that holds ``part``."""
    page.goto(path)
    return str(page.locator(f"a[href*='{part}']").first.get_attribute("href"))


@pytest.mark.parametrize(("scheme", "width"), VIEWS)
@pytest.mark.parametrize("language", ["en", "zh-hans", "ar"])
def test_what_a_teacher_does_with_a_lesson(
    browser: Browser, site: str, sign_in: Callable[[Page, str], None], language: str, scheme: Any, width: int
) -> None:
    context = browser.new_context(base_url=site, color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    programme = f"/{language}/lessons/primary/ideas-and-inventors/"
    lesson = f"{programme}songs-and-places/tea-from-the-hill/"
    paths = [linked_from(page, programme, "/packs/programme/")]
    paths += [linked_from(page, lesson, part) for part in ("/packs/lesson/", "/collections/add/", "/feedback/lessons/")]
    report = linked_from(page, lesson, "/teaching/lessons/")
    found = {}
    for path in paths:
        page.goto(path)
        found[path] = violations(page)
    page.goto(linked_from(page, lesson, "/collections/add/"))
    with page.expect_navigation():  # axe measures what the style sheets make of the page
        page.click("main form button[type=submit]")
    found["collection"] = violations(page)
    sign_in(page, "editor")
    for path in (report, f"/{language}/teaching/", f"/{language}/teaching/popularisation/", f"/{language}/feedback/"):
        page.goto(path)
        found[path] = violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    context.close()
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize(("scheme", "width"), VIEWS)
def test_a_law_and_what_is_found_in_it(browser: Browser, site: str, scheme: Any, width: int) -> None:
    context = browser.new_context(base_url=site, color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    for path in ("/zh-hans/laws/印章保护法/", "/zh-hans/search/?q=考拉权", "/en/search/?q=考拉权&language=zh-hans"):
        page.goto(path)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto("/en/search/")
    page.locator("#search-query").press_sequentially("pat")
    page.locator("#completions a").first.wait_for()
    assert violations(page, ".search-box") == []  # the open list lies above what follows, as it should
    context.close()


@pytest.mark.parametrize(("scheme", "width"), VIEWS)
@pytest.mark.parametrize("language", ["en", "zh-hans", "ar"])
def test_the_learners_and_coordinators_pages(
    browser: Browser, site: str, sign_in: Callable[[Page, str], None], language: str, scheme: Any, width: int
) -> None:
    context = browser.new_context(base_url=site, color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    sign_in(page, "learner")
    page.goto(f"/{language}/courses/ip-for-leading-cadres/")
    page.click("form[action*='/enrol/'] button")
    enrolment = page.url.rstrip("/").rsplit("/", 1)[0]
    found: dict[str, list[str]] = {}

    def look(address: str) -> None:
        page.goto(address)
        if faults := violations(page):
            found[address] = faults

    for address in (
        f"{enrolment}/1/",
        f"{enrolment}/2/",
        f"{enrolment}/4/",
        f"/{language}/learn/",
        f"/{language}/account/",
    ):
        look(address)
    page.goto(f"{enrolment}/4/")
    page.click("form[action$='/begin/'] button")
    for address in (f"{enrolment}/4/question/1/", f"{enrolment}/4/question/3/", f"{enrolment}/4/hand-in/"):
        look(address)
    for address in (f"{enrolment}/notes/", f"{enrolment}/offline/"):
        look(address)
    page.goto(f"/{language}/courses/everything/")
    page.click("form[action*='/enrol/'] button")
    everything = page.url.rstrip("/").rsplit("/", 1)[0]
    page.goto(f"{everything}/2/")
    page.click("form[action$='/begin/'] button")
    for number in range(1, 8):
        look(f"{everything}/{number}/")
        look(f"{everything}/2/question/{number}/")
    page.goto(f"{everything}/2/hand-in/")
    page.click("form[data-hand-in] button")
    page.wait_for_url("**/result/")
    look(f"{everything}/2/result/")
    context.clear_cookies()
    sign_in(page, "coordinator")
    for address in (f"/{language}/reports/", f"/{language}/reports/courses/ip-for-leading-cadres/"):
        look(address)
    context.close()
    assert found == {}
