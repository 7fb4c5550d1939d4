"""A learner on a weak line: answers wait on the device, are sent once, and a kept course works without a net."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_learner import KEYS, do, sign_up_and_enrol, watch


@pytest.fixture
def complaints() -> None:
    """Without a net the console says so: that is no complaint here."""


def choose(page: Page, number: int) -> None:
    page.locator("input[name=option]").nth(number - 1).check()


def waiting(page: Page) -> int:
    script = "Object.keys(localStorage).filter((key) => key.startsWith('imprint-player:')).length"
    return int(page.evaluate(script))


def until(page: Page, script: str) -> None:
    """Waits until the script says yes. Playwright's own way evaluates strings in the page, which its CSP forbids."""
    for _tenth in range(450):
        if page.evaluate(script):
            return
        page.wait_for_timeout(100)
    raise AssertionError(script)


def to_quiz(page: Page, language: str, tag: str) -> None:
    sign_up_and_enrol(page, language, tag)
    do(page, 1)
    watch(page)
    do(page, 3)
    page.wait_for_url("**/4/")


def test_a_lost_connection_loses_no_answer(page: Page, context: BrowserContext, site: str) -> None:
    to_quiz(page, "en", "lost")
    page.click("form[action$='/begin/'] button")
    page.wait_for_url("**/question/1/")
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    choose(page, KEYS[0][0][0])
    expect(page.locator("[data-state=offline]")).to_be_visible()
    assert waiting(page) >= 1
    context.set_offline(False)
    expect(page.locator("[data-saved] [data-state=saved]")).to_be_visible(timeout=25_000)
    assert not page.evaluate("Object.keys(localStorage).some((key) => key.includes(':form:'))")
    page.reload()
    expect(page.locator("input[name=option]").nth(KEYS[0][0][0] - 1)).to_be_checked()


def test_an_answer_kept_on_the_device_survives_closing_the_page(page: Page, context: BrowserContext, site: str) -> None:
    to_quiz(page, "en", "kept")
    page.click("form[action$='/begin/'] button")
    page.wait_for_url("**/question/1/")
    page.wait_for_load_state("networkidle")
    address = page.url
    context.set_offline(True)
    choose(page, 2)
    expect(page.locator("[data-state=offline]")).to_be_visible()
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect(again.locator("input[name=option]").nth(1)).to_be_checked()
    expect(again.locator("[data-saved] [data-state=saved]")).to_be_visible(timeout=25_000)


def test_two_tabs_do_not_fight(page: Page, context: BrowserContext, site: str) -> None:
    to_quiz(page, "en", "tabs")
    page.click("form[action$='/begin/'] button")
    page.wait_for_url("**/question/1/")
    other = context.new_page()
    other.goto(page.url)
    choose(page, 1)
    expect(other.locator("input[name=option]").nth(0)).to_be_checked()
    choose(other, 3)
    expect(page.locator("input[name=option]").nth(2)).to_be_checked()
    expect(other.locator("[data-saved] [data-state=saved]")).to_be_visible()
    page.reload()
    expect(page.locator("input[name=option]").nth(2)).to_be_checked()


def test_a_kept_course_is_learned_without_a_net_and_counted_once(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": 360, "height": 740})
    page = context.new_page()
    sign_up_and_enrol(page, "zh-hans", "offline")
    page.wait_for_url("**/1/")
    start = page.url
    page.goto(start.replace("/1/", "/offline/"))
    page.click("[data-keep-course] button[type=submit]")
    expect(page.locator("[data-kept-now]")).to_be_visible(timeout=60_000)
    page.goto(start)
    until(page, "navigator.serviceWorker.controller !== null")
    context.set_offline(True)
    page.goto(start)
    page.click("form[action$='/complete/'] button")
    page.wait_for_url("**/2/")
    expect(page.locator("video")).to_be_visible()
    page.goto(start.replace("/1/", "/4/question/1/"))
    for position, correct in enumerate(KEYS[0], start=1):
        page.wait_for_url(f"**/question/{position}/")
        for number in correct:
            choose(page, number)
        page.click("article form button[type=submit]")
    page.wait_for_url("**/hand-in/")
    page.click("article form button[type=submit]")
    expect(page.locator("[data-later]")).to_be_visible()
    assert waiting(page) >= 7  # five answers, handing in, a reading
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    until(page, "!Object.keys(localStorage).some((key) => key.startsWith('imprint-player:'))")
    page.goto(start.replace("/1/", "/4/result/"))
    expect(page.locator(".lead")).to_contain_text("100")
    page.goto(start)
    expect(page.locator("[aria-current=step] .dot.done")).to_have_count(1)
    assert page.locator(".dot.done").count() == 2
    context.close()
