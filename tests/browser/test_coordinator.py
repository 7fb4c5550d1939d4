"""A coordinator sees the own people and takes the list along."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect


def test_the_own_people_and_nobody_else(
    page: Page, sign_in: Callable[[Page, str], None], complaints: list[str]
) -> None:
    sign_in(page, "coordinator")
    page.click("a[href='/en/reports/']")
    page.click("a[href='/en/reports/courses/ip-for-leading-cadres/']")
    expect(page.locator("tbody")).to_contain_text("李晓雯")
    expect(page.locator("main")).not_to_contain_text("Amina Haddad")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "learner@example.org" in text
    assert "teacher@example.org" not in text
