"""The register in a real browser: a client checks an agent, a candidate goes their way, a mistake is put right."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_teacher import tab_to

LANGUAGES = ["en", "zh-hans", "ar"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_client_checks_an_agent_by_keyboard_without_a_script(browser: Browser, site: str, language: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"/{language}/register/check/")
    tab_to(page, "[name=number]")
    page.keyboard.type("a 1")
    page.keyboard.press("Tab")
    page.keyboard.type("HARBOUR  patents")
    page.keyboard.press("Enter")
    expect(page.locator(".notice.good")).to_contain_text("Harbour Patents")
    page.fill("[name=name]", "Somebody Else")
    page.click("main form button[type=submit]")
    expect(page.locator(".notice.bad")).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value("Somebody Else")
    context.close()


def test_evidence_is_handed_in_and_recognised_without_a_script(
    browser: Browser, site: str, sign_in: Callable[[Page, str], None], tmp_path: Path
) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site, viewport={"width": 360, "height": 740})
    page = context.new_page()
    sign_in(page, "learner")
    page.goto("/en/training/competences/ip-specialist/")
    expect(page.locator("h2").first).to_have_text("What is missing for Assistant specialist")
    page.locator("main .needs a", has_text="Hand in evidence").first.click()
    expect(page.locator("[name=descriptor] option[selected]")).to_contain_text("Searching and analysing")
    page.fill("[name=title]", "A novelty search")
    page.fill("[name=done_on]", "2026-01-15")
    page.fill("[name=text]", "Forty documents, two of them near.")
    proof = tmp_path / "search.pdf"
    proof.write_bytes(b"%PDF-1.7\n%%EOF")
    page.set_input_files("[name=proof]", proof)
    page.click("main form button[type=submit]")
    expect(page.locator(".needs .state.upcoming")).to_have_text("Waits for a decision")
    context.clear_cookies()
    sign_in(page, "coordinator")
    page.goto("/en/training/competences/recognition/")
    row = page.locator(".result", has_text="A novelty search")
    row.locator("[value=recognised]").check()
    row.locator("button[type=submit]").click()
    expect(page.locator("main .results")).not_to_contain_text("A novelty search")
    context.clear_cookies()
    sign_in(page, "learner")
    page.goto("/en/training/competences/ip-specialist/")
    expect(page.locator("tbody tr").first).to_contain_text("A novelty search")
    context.close()


def test_an_objection_is_upheld_by_somebody_who_did_not_enter_the_record(
    browser: Browser, site: str, sign_in: Callable[[Page, str], None]
) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site)
    page = context.new_page()
    page.goto("/en/register/?q=44-021")
    page.click(".result a")
    entry = page.url
    expect(page.locator("main")).to_contain_text("An objection is being examined")
    sign_in(page, "admin")  # who entered it
    page.goto("/en/register/keeper/")
    page.locator("a", has_text="Fined for late filing").click()
    page.check("[name=decision][value=yes]")
    page.click("main form button[type=submit]")
    expect(page.locator(".notice.bad")).to_contain_text("neither entered the record nor objects")
    expect(page.locator("[name=decision][value=yes]")).to_be_checked()
    page.goto(entry)
    expect(page.locator("main")).to_contain_text("Fined for late filing")
    context.close()
