"""Somebody in an enterprise is led to advice: without a script, by keyboard, on paper, and kept only if asked."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_teacher import tab_to

LANGUAGES = ["en", "zh-hans", "ar"]
GUIDE = "guides/trade-secrets/"


def visible_advice(page: Page) -> list[str]:
    return [one.get_attribute("id") or "" for one in page.locator(".guide-advice:visible").all()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_leads_to_advice_without_a_script_and_asks_the_server_nothing(
    browser: Browser, site: str, language: str
) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"/{language}/{GUIDE}")
    asked: list[str] = []
    icon = page.locator("link[rel=icon]").evaluate("link => link.href")  # the browser takes it at a moment of its own
    page.on("request", lambda request: request.url == icon or asked.append(request.url))
    expect(page.locator(".guide-step:visible")).to_have_count(1)
    page.check("input[name=step][value='1']")
    expect(page.locator(".guide-step:visible")).to_have_count(2)
    page.check("input[name=step-1][value='1']")
    assert visible_advice(page) == ["step-1-1"]
    page.check("input[name=step-1][value='3']")
    assert visible_advice(page) == ["step-1-3"]  # another answer, another advice
    page.check("#step-1-3 input[type=checkbox] >> nth=0")
    expect(page.locator("#guide-actions")).to_be_hidden()
    assert asked == []
    page.goto(f"/{language}/guides/")
    page.goto(f"/{language}/{GUIDE}")
    assert visible_advice(page) == []  # nothing was kept
    context.close()


def test_by_keyboard(page: Page, complaints: list[str]) -> None:
    page.goto(f"/en/{GUIDE}")
    tab_to(page, "input[name=step]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert visible_advice(page) == ["step-4"]


def test_paper_shows_the_way_and_nothing_else(page: Page) -> None:
    page.goto(f"/en/{GUIDE}")
    page.check("input[name=step][value='2']")
    page.emulate_media(media="print")
    expect(page.locator(".guide-answer:visible")).to_have_count(1)
    expect(page.locator(".guide-advice:visible")).to_have_count(1)
    expect(page.locator(".site-header")).to_be_hidden()


def test_answers_are_kept_on_the_device_only_if_one_asks(page: Page, complaints: list[str]) -> None:
    page.goto(f"/en/{GUIDE}")
    page.check("input[name=step][value='4']")
    page.reload()
    assert visible_advice(page) == []
    page.check("input[name=step][value='4']")
    page.click("[data-act=keep]")
    page.reload()
    assert visible_advice(page) == ["step-4"]
    page.click("[data-act=forget]")
    page.reload()
    assert visible_advice(page) == []
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('guide:'))") == []
