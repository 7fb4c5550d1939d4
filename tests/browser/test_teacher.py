"""A teacher finds Thursday's lesson and takes it along."""

import zipfile
from collections.abc import Callable
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
    page.click("#facets > summary")
    page.check("#topic-copyright")
    page.check("#stage-primary")
    page.click(".no-script-hint button")
    expect(page.locator(".cards .card")).to_have_count(1)
    assert "topic=copyright" in page.url
    page.goto(f"/{language}/lessons/")
    word = {"en": "chair", "zh-hans": "椅子", "ar": "الكرسي"}[language]
    page.fill("#library-q", word)
    page.click(".ask-line button")
    expect(page.locator(".cards .card").first).to_contain_text(
        {"en": "chair", "zh-hans": "椅子", "ar": "الكرسي"}[language]
    )
    context.close()


def test_filters_work_without_a_reload_and_keep_their_place(page: Page, complaints: list[str]) -> None:
    page.goto("/en/lessons/")
    page.evaluate("window.stayed = true")
    page.check("#stage-primary")
    expect(page.locator("#lessons [role=status]")).to_have_text("6 lesson plans")
    page.wait_for_url("**/lessons/?stage=primary")
    assert page.evaluate("document.activeElement.id") == "stage-primary"
    page.locator("#facet-duration > summary").click()
    page.check("#grade-4")
    page.wait_for_url("**/lessons/?stage=primary&grade=4")
    expect(page.locator("#lessons [role=status]")).to_have_text("4 lesson plans")
    expect(page.locator("#facet-duration")).to_have_attribute("open", "")
    page.select_option("#sort", "newest")
    page.wait_for_url("**&sort=newest")
    page.locator(".tags a", has_text="Grade: 4").click()
    expect(page.locator("#lessons [role=status]")).to_have_text("6 lesson plans")
    page.go_back()
    expect(page.locator("#lessons [role=status]")).to_have_text("4 lesson plans")
    assert page.evaluate("window.stayed") is True


def test_a_programme_is_prepared_in_the_background_and_taken(page: Page, complaints: list[str]) -> None:
    page.goto("/en/lessons/primary/ideas-and-inventors/")
    page.click("a[href*='/packs/programme/']")
    page.select_option("[name=second]", "zh-hans")
    page.click("main form button")
    page.wait_for_url("**/packs/prepared/**")
    expect(page.get_by_text("Your file is ready.")).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert "01-pencil-with-an-inventor/bilingual.pdf" in archive.namelist()


def test_a_collection_is_gathered_put_in_order_and_shared_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site, viewport={"width": 360, "height": 740})
    page = context.new_page()
    unit = "/ar/lessons/primary/ideas-and-inventors/songs-and-places/"
    for slug in ("whose-song-is-it", "tea-from-the-hill"):
        page.goto(f"{unit}{slug}/")
        page.click("a[href*='/collections/add/']")
        page.click("main form button")
    titles = page.locator(".lesson-list h2")
    expect(titles).to_have_text(["لمن هذه الأغنية؟", "شاي من التل"])
    page.locator(".lesson-list button[value=down]").first.click()
    expect(titles).to_have_text(["شاي من التل", "لمن هذه الأغنية؟"])
    shared = str(page.locator("a[href*='/collections/shared/']").get_attribute("href"))
    context.close()
    other = browser.new_context(java_script_enabled=False, base_url=site).new_page()
    other.goto(shared)
    expect(other.locator(".lesson-list h2")).to_have_count(2)
    expect(other.locator(".lesson-list button")).to_have_count(0)
    other.context.close()


def test_a_teacher_tells_that_a_lesson_was_taught(
    page: Page, complaints: list[str], sign_in: Callable[[Page, str], None]
) -> None:
    sign_in(page, "teacher")
    page.goto("/en/lessons/primary/ideas-and-inventors/songs-and-places/tea-from-the-hill/")
    page.click("a[href*='/teaching/lessons/']")
    page.fill("[name=class_size]", "27")
    page.fill("[name=school]", "Harbour Middle School (demo)")
    page.click("main form.form button")
    expect(page.get_by_text("Thank you. Your lesson counts.")).to_be_visible()
    expect(page.locator("table")).to_contain_text("Tea from the hill")


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
        lesson = "lessons/university/ip-in-two-credits/finding-and-keeping/keep-it-or-patent-it/"
        paths = ("", "lessons/", "lessons/primary/ideas-and-inventors/", lesson, "courses/", "topics/")
        for path in (*paths, "campaigns/world-ip-day/"):
            page.goto(f"/{language}/{path}")
            overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert overflow <= 0, (language, path, overflow)
    context.close()
