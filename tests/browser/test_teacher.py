"""A teacher finds Thursday's lesson and takes it along."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pdf import check_accessible_pdf

LANGUAGES = ["en", "zh-hans", "ar"]


def find_and_take(page: Page, language: str) -> bytes:
    page.goto(f"/{language}/")
    page.click("a[href$='?stage=secondary']")  # step 1: from the home page to the stage
    page.click(".card a[href*='may-i-use-this-picture']")  # step 2: to the lesson
    with page.expect_download() as download:  # step 3: take it
        page.click("a[href$='lesson-plan.pdf']")
    return Path(download.value.path()).read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_steps_from_the_home_page_to_the_pdf(page: Page, complaints: list[str], language: str) -> None:
    check_accessible_pdf(find_and_take(page, language), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_works_without_javascript(browser: Browser, site: str, language: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site, viewport={"width": 360, "height": 740})
    page = context.new_page()
    check_accessible_pdf(find_and_take(page, language), language)
    page.goto(f"/{language}/lessons/")
    page.click("summary")
    page.select_option("select[name=topic]", "copyright")
    page.select_option("select[name=stage]", "primary")
    page.click("form.filters button")
    expect(page.locator(".cards .card")).to_have_count(1)
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_works_by_keyboard(page: Page, site: str, language: str) -> None:
    page.goto(f"/{language}/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "a[href$='?stage=secondary']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lessons/?stage=secondary")
    tab_to(page, ".card a[href*='may-i-use-this-picture']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/may-i-use-this-picture/")
    tab_to(page, "a[href$='lesson-plan.pdf']")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")


def tab_to(page: Page, selector: str, limit: int = 60, key: str = "Tab") -> None:
    for _press in range(limit):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached with the Tab key")


def test_a_phone_shows_no_sideways_scroll(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": 320, "height": 640})
    page = context.new_page()
    for language in ("en", "zh-hans", "fr", "es", "ru", "ar"):
        for path in ("", "lessons/", "lessons/keep-it-or-patent-it/", "campaigns/world-ip-day/", "courses/", "topics/"):
            page.goto(f"/{language}/{path}")
            overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert overflow <= 0, (language, path, overflow)
    context.close()
