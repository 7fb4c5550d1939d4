"""A civil servant signs up, learns, leaves, comes back, passes and holds a certificate."""

from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Page, expect

from courses.assessment import starter
from tests.browser.test_teacher import tab_to
from tests.pdf import check_accessible_pdf

COURSE = "ip-for-leading-cadres"
NAMES = {"en": "Ada Okafor", "zh-hans": "𠮷野㛃", "ar": "نادية عبد الرحمن"}
ITEM = yaml.safe_load((Path(starter.__file__).parent / COURSE / "item.yaml").read_text(encoding="utf-8"))
KEYS = [
    [question["correct"] for question in activity["questions"]]
    for module in ITEM["modules"]
    for activity in module["activities"]
    if activity["kind"] == "quiz"
]


def sign_up_and_enrol(page: Page, language: str, tag: str) -> None:
    page.goto(f"/{language}/courses/{COURSE}/")
    page.click("form[action*='/enrol/'] button")
    page.click("a[href*='/signup/']")
    page.fill("[name=name]", NAMES[language])
    page.fill("[name=email]", f"{tag}-{language}@example.org")
    page.fill("[name=password1]", "correct-horse-battery")
    page.click("main button[type=submit]")
    page.wait_for_url(f"**/courses/{COURSE}/")
    page.click("form[action*='/enrol/'] button")


def do(page: Page, number: int) -> None:
    """One activity that is done by saying so."""
    page.wait_for_url(f"**/{number}/")
    page.click("form[action$='/complete/'] button")


def watch(page: Page) -> None:
    """The film: played, or its transcript read where no script runs."""
    page.wait_for_url("**/2/")
    if page.locator("[data-media-line]").is_visible():
        page.eval_on_selector("video", "film => { film.muted = true; return film.play(); }")
        page.wait_for_timeout(2600)
        page.eval_on_selector("video", "film => film.pause()")
        expect(page.locator("[data-done-sign]")).to_be_visible()
        page.click("[data-onward]")
        return
    page.wait_for_timeout(2100)
    page.click("details:has(form[action$='/complete/']) summary")
    page.click("form[action$='/complete/'] button")


def take_quiz(page: Page, keys: list[list[int]]) -> None:
    page.click("form[action$='/begin/'] button")
    for position, correct in enumerate(keys, start=1):
        page.wait_for_url(f"**/question/{position}/")
        for number in correct:
            page.locator("input[name=option]").nth(number - 1).check()
        page.click("article form button[type=submit]")
    page.wait_for_url("**/hand-in/")
    page.click("article form button[type=submit]")
    page.wait_for_url("**/result/")


def walk(page: Page, context: BrowserContext, language: str, tag: str) -> str:
    """The whole journey; returns the certificate's public address."""
    sign_up_and_enrol(page, language, tag)
    do(page, 1)
    page.wait_for_url("**/2/")
    assert page.locator("video track").count() == 6
    watch(page)
    page.wait_for_url("**/3/")
    page.goto(f"/{language}/")  # leaves …
    page.goto(f"/{language}/learn/")
    page.click(".card h2 a")  # … and comes back where they were
    do(page, 3)
    take_quiz(page, KEYS[0])
    page.click(".actions a.button")
    do(page, 5)
    take_quiz(page, KEYS[1])
    page.click(".actions a.button")
    page.wait_for_url("**/done/")
    expect(page.locator(".holder")).to_have_text(NAMES[language])
    address = page.locator("a[href$='certificate.pdf']").get_attribute("href")
    pdf = context.request.get(address or "").body()
    check_accessible_pdf(pdf, language)
    return str(page.locator(f".actions a[href*='/{language}/certificates/']").last.get_attribute("href"))


@pytest.mark.parametrize("language", NAMES)
def test_from_sign_up_to_a_certificate_anyone_verifies(
    page: Page, context: BrowserContext, browser: Browser, site: str, complaints: list[str], language: str
) -> None:
    address = walk(page, context, language, "script")
    stranger = browser.new_context(base_url=site).new_page()
    stranger.goto(address)
    expect(stranger.locator("main")).to_contain_text(NAMES[language])
    assert f"script-{language}@example.org" not in stranger.content()


@pytest.mark.parametrize("language", NAMES)
def test_it_works_without_javascript(browser: Browser, site: str, language: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site, viewport={"width": 360, "height": 740})
    walk(context.new_page(), context, language, "noscript")
    context.close()


@pytest.mark.parametrize("language", NAMES)
def test_it_works_by_keyboard(page: Page, site: str, language: str) -> None:
    sign_up_and_enrol(page, language, "keyboard")
    for number in (1, 2, 3):
        page.wait_for_url(f"**/{number}/")
        if number == 2:
            tab_to(page, "details:has(form[action$='/complete/']) summary")
            page.keyboard.press("Enter")
            page.wait_for_timeout(3000)
        tab_to(page, "form[action$='/complete/'] button")
        page.keyboard.press("Enter")
    page.wait_for_url("**/4/")
    tab_to(page, "form[action$='/begin/'] button")
    page.keyboard.press("Enter")
    for position, correct in enumerate(KEYS[0], start=1):
        page.wait_for_url(f"**/question/{position}/")
        tab_to(page, "input[name=option]")
        for number in correct:
            choose_by_keyboard(page, number)
        tab_to(page, "article form button[type=submit]")
        page.keyboard.press("Enter")
    page.wait_for_url("**/hand-in/")
    tab_to(page, "article form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/result/")
    expect(page.locator(".lead")).to_contain_text("100")


def choose_by_keyboard(page: Page, number: int) -> None:
    """Chooses the answer with this number; focus is on an answer already."""
    if page.locator("input[type=checkbox]").count():
        while not page.evaluate(
            f"document.activeElement === document.querySelectorAll('input[name=option]')[{number - 1}]"
        ):
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        return
    page.keyboard.press("Space")
    for _step in range(number - 1):
        page.keyboard.press("ArrowDown")
    assert page.locator("input[name=option]").nth(number - 1).is_checked()


def test_an_answer_survives_closing_the_browser(browser: Browser, site: str) -> None:
    first = browser.new_context(base_url=site)
    page = first.new_page()
    sign_up_and_enrol(page, "en", "closing")
    do(page, 1)
    watch(page)
    do(page, 3)
    page.click("form[action$='/begin/'] button")
    page.locator("input[name=option]").nth(1).check()
    page.click("article form button[type=submit]")
    page.wait_for_url("**/question/2/")
    first.close()
    page = browser.new_context(base_url=site).new_page()
    page.goto("/en/accounts/login/")
    page.fill("[name=login]", "closing-en@example.org")
    page.fill("[name=password]", "correct-horse-battery")
    page.click("main button[type=submit]")
    page.click(".card h2 a")
    page.click("form[action$='/begin/'] button")
    page.wait_for_url("**/question/2/")
    page.click(".actions a.quiet")
    expect(page.locator("input[name=option]").nth(1)).to_be_checked()
