"""Somebody looks for something: by typing, by keyboard, on a phone, and without JavaScript."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_teacher import tab_to

WORDS = {"en": ("pat", "patent"), "zh-hans": ("专", "专利"), "ar": ("برا", "براءة")}


@pytest.mark.parametrize("language", WORDS)
def test_completions_appear_while_typing_and_lead_there(page: Page, complaints: list[str], language: str) -> None:
    page.goto(f"/{language}/search/")
    page.locator("#search-query").press_sequentially(WORDS[language][0])
    first = page.locator("#completions a").first
    expect(first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#search-query")).to_be_focused()
    expect(page.locator("#completions a")).to_have_count(0)
    page.locator("#search-query").press_sequentially(WORDS[language][1][len(WORDS[language][0]) :])
    expect(first).to_be_visible()
    page.keyboard.press("ArrowDown")
    address = first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


@pytest.mark.parametrize("language", WORDS)
def test_it_works_without_javascript(browser: Browser, site: str, language: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"/{language}/")
    page.click(".find-link a")
    page.fill("#search-query", WORDS[language][1])
    page.click(".search-box button")
    before = page.locator(".result").count()
    assert before > 3
    page.click(".filter-box summary")
    page.click(".facets a[href*='kind=lesson']")
    assert 0 < page.locator(".result").count() < before
    page.click(".result h3 a >> nth=0")
    assert f"/{language}/lessons/" in page.url
    page.go_back()
    page.click("a.tag[href^='?q=']")
    expect(page.locator(".result")).to_have_count(before)
    context.close()


def test_it_works_by_keyboard_from_any_page(page: Page, site: str, complaints: list[str]) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/en/topics/")
    tab_to(page, ".find input")
    page.keyboard.type("patnet")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=patnet")
    expect(page.locator(".notice")).to_contain_text("These are the results for “patent”")
    tab_to(page, ".facets a[href*='stage=university']")
    page.keyboard.press("Enter")
    page.wait_for_url("**stage=university")


def test_a_search_leads_to_the_article_of_a_law(page: Page, site: str, complaints: list[str]) -> None:
    page.goto("/zh-hans/search/?q=考拉权 登记")
    page.click(".result h3 a")
    page.wait_for_url("**#article-3")
    expect(page.locator("#article-3")).to_be_in_viewport()
    assert page.locator("#article-3").evaluate("element => element.matches(':target')")
