"""What people owe, rosters, reports and evidence in a real browser: readable by everybody, also without scripts."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from courses.evidence import verify as verifier
from tests.browser.test_accessibility import VIEWS, violations

PLAN = "cadres-2026"


@pytest.mark.parametrize(("scheme", "width"), VIEWS)
@pytest.mark.parametrize("language", ["en", "zh-hans", "ar"])
def test_every_page_of_training_is_accessible(
    browser: Browser, site: str, sign_in: Callable[[Page, str], None], language: str, scheme: Any, width: int
) -> None:
    context = browser.new_context(base_url=site, color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    found: dict[str, list[str]] = {}

    def look(address: str) -> None:
        page.goto(f"/{language}/{address}")
        found[address] = violations(page)
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            found[address].append("scrolls sideways")

    sign_in(page, "learner")
    for address in ("training/", "training/transcript/", "training/elsewhere/", "account/privacy/"):
        look(address)
    context.clear_cookies()
    sign_in(page, "coordinator")
    reports = ("", f"plans/{PLAN}/", f"plans/{PLAN}/?by=grade", f"plans/{PLAN}/people/", f"plans/{PLAN}/?by=month")
    reports += (f"plans/{PLAN}/?by=course", f"save/plan/{PLAN}/", "saved/", "courses/ip-for-leading-cadres/")
    for address in (*(f"reports/{part}" for part in reports), "coordinator/elsewhere/", "rosters/", "evidence/"):
        look(address)
    for address in ("training/plans/", "training/plans/new/", "training/plans/cohorts/new/"):
        look(address)
    page.goto(f"/{language}/reports/plans/{PLAN}/people/")
    person = str(page.locator("tbody th a").first.get_attribute("href"))
    look(person.split("/", 2)[2])
    context.clear_cookies()
    sign_in(page, "admin")
    for address in ("administration/", "administration/demo-ministry/new/", "administration/demo-ministry/change/"):
        look(address)
    context.close()
    assert {address: faults for address, faults in found.items() if faults} == {}


def upload(page: Page, name: str, text: str) -> None:
    """A roster through the form, until its preview is there."""
    page.goto("/en/rosters/")
    page.select_option("[name=organisation]", label="Ministry of Trade (demo)")
    page.set_input_files("[name=file]", {"name": name, "mimeType": "text/csv", "buffer": text.encode("gb18030")})
    page.click("main button[type=submit]")
    wait_for(page, ".totals")


def wait_for(page: Page, selector: str) -> None:
    """Until the worker is done: the page says so whenever it is opened again."""
    for _second in range(60):
        if page.locator(selector).count():
            return
        time.sleep(0.5)
        page.reload()
    raise AssertionError(page.content())


def test_a_roster_is_looked_at_applied_and_undone_without_scripts(
    browser: Browser, site: str, sign_in: Callable[[Page, str], None]
) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    sign_in(page, "coordinator")
    rows = [
        "工号,姓名,邮箱,部门,人员类别",
        "701,欧阳明,ouyang@example.org,对外贸易司（演示）,公务员",
        "702,无邮箱,,,公务员",
    ]
    upload(page, "名册.csv", "\n".join(rows))
    expect(page.locator("tbody")).to_contain_text("It is missing.")
    page.click("form[action$='/apply/'] button")
    wait_for(page, "form[action$='/undo/']")
    page.goto("/en/reports/courses/ip-for-leading-cadres/")
    expect(page.locator("tbody")).to_contain_text("欧阳明")
    page.go_back()
    page.click("form[action$='/undo/'] button")
    wait_for(page, ".notice.good")
    page.goto("/en/reports/courses/ip-for-leading-cadres/")
    expect(page.locator("main")).not_to_contain_text("欧阳明")
    context.close()


def test_an_auditor_gets_an_archive_that_verifies(
    page: Page, sign_in: Callable[[Page, str], None], complaints: list[str]
) -> None:
    sign_in(page, "coordinator")
    page.goto("/en/evidence/")
    page.select_option("[name=organisation]", label="Ministry of Trade (demo)")
    page.click("main form button[type=submit]")
    wait_for(page, "a[href$='evidence.zip']")
    key = page.locator("pre").inner_text().split()[-1]
    with page.expect_download() as download:
        page.click("a[href$='evidence.zip']")
    verifier.verify(Path(download.value.path()).read_bytes(), key)


def test_a_learner_sees_what_is_owed_and_why_by_keyboard(
    page: Page, sign_in: Callable[[Page, str], None], complaints: list[str]
) -> None:
    sign_in(page, "learner")
    page.locator("a[href='/en/training/']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/training/")
    expect(page.locator("main")).to_contain_text("because you belong to Department of Foreign Trade (demo)")
    page.locator("a[href='/en/training/transcript/']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/transcript/")
    with page.expect_download() as download:
        page.evaluate("document.querySelector(\"a[href$='transcript.pdf']\").setAttribute('download', '')")
        page.click("a[href$='transcript.pdf']")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")


def test_a_plan_is_made_and_its_report_is_kept_and_taken_along_without_scripts(
    browser: Browser, site: str, sign_in: Callable[[Page, str], None], tmp_path: Path
) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    sign_in(page, "coordinator")
    page.goto("/en/reports/")
    page.click("text=Training plans")
    page.click("text=Make a plan")
    page.get_by_label("Title in English").fill("Patent basics for the department")
    page.get_by_label("Required credit hours").fill("3")
    page.get_by_label("Person’s e-mail address").first.fill("nobody@example.org")
    page.click("main button[type=submit]")
    expect(page.locator("main")).to_contain_text("no learners of the units that you manage: nobody@example.org")
    expect(page.get_by_label("Title in English")).to_have_value("Patent basics for the department")
    page.get_by_label("Person’s e-mail address").first.fill("learner@example.org")
    page.click("main button[type=submit]")
    expect(page.locator(".message, [role=status]").first).to_contain_text("The plan is saved.")
    expect(page.locator("tbody")).to_contain_text("Patent basics for the department")

    page.goto(f"/en/reports/plans/{PLAN}/?by=unit")
    for form, start in (("CSV", b"\xef\xbb\xbf"), ("XLSX", b"PK"), ("PDF", b"%PDF")):
        with page.expect_download() as download:
            page.get_by_role("link", name=form, exact=True).click()
        download.value.save_as(tmp_path / form)
        assert (tmp_path / form).read_bytes().startswith(start)
    page.click("text=Keep, or send regularly")
    page.get_by_label("Send it", exact=True).select_option("weekly")
    page.click("main button[type=submit]")
    expect(page.locator("main")).to_contain_text("every week")
    page.click("text=Send it to me now")
    expect(page.locator("body")).to_contain_text("on its way to coordinator@example.org")
    context.close()


def test_an_administrator_adds_a_unit_and_gives_a_role_by_keyboard(
    browser: Browser, site: str, sign_in: Callable[[Page, str], None]
) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    sign_in(page, "admin")
    page.goto("/en/administration/")
    page.get_by_role("link", name="Add a unit").press("Enter")
    page.get_by_label("Name in English").fill("Office of Brands")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Office of Brands")
    page.locator("summary").last.press("Enter")
    page.get_by_label("E-mail address").fill("teacher@example.org")
    page.get_by_label("E-mail address").press("Enter")
    expect(page.locator("main")).to_contain_text("Amina Haddad · Reporter")
    page.get_by_role("button", name="End the role").press("Enter")
    expect(page.locator("main")).not_to_contain_text("Amina Haddad")
    context.close()
