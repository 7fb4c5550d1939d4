"""An editor publishes a campaign, translators follow, the editor changes it, and readers are told."""

import re
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, TimeoutError, expect

from tests.browser.test_teacher import tab_to

# The admin speaks the editor's language; what is pressed is found by its place, never by its words.
ADMIN_LANGUAGES = {"en": "en-GB", "zh-hans": "zh-CN", "ar": "ar"}
SignIn = Callable[[Page, str], None]


def person(browser: Browser, site: str, sign_in: SignIn, account: str, language: str) -> tuple[BrowserContext, Page]:
    context = browser.new_context(
        base_url=site, locale=ADMIN_LANGUAGES[language], viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    sign_in(page, account)
    return context, page


def listed_page(page: Page, kind: str, title: str) -> int:
    """The id of the page with this title, found in the list of its page type."""
    page.goto(f"/admin/pages/usage/campaigns/{kind}/")
    links = page.locator("main table a[href$='/edit/']").all()
    address = next(link.get_attribute("href") or "" for link in links if link.inner_text().strip() == title)
    return int(re.sub(r"\D", "", address))


def press(page: Page, selector: str) -> None:
    """Presses the last such button and waits for the page it leads to."""
    with page.expect_navigation():
        page.locator(selector).last.click()


def more_actions(page: Page) -> None:
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()


def choose_first_block(page: Page) -> None:
    """Opens the story's choice of blocks and takes the first.

    On a busy machine the calendar of the field before closes late and takes the choice with it: it is opened again.
    """
    options = page.locator("[role=option]")
    for _attempt in range(5):
        page.locator(".c-sf-add-button").first.click()
        try:
            options.first.click(timeout=5_000)
        except TimeoutError:
            continue
        return
    raise AssertionError("The choice of blocks does not open.")


def write_campaign(page: Page, slug: str) -> int:
    """Writes a new campaign and sends it to review; returns its page id."""
    index = listed_page(page, "campaignindexpage", "Campaigns")
    page.goto(f"/admin/pages/add/campaigns/campaignpage/{index}/")
    page.fill("#id_title", f"Campaign {slug}")
    page.fill("#id_theme", "Seeds")
    page.fill("#id_slogan", f"Sow ideas {slug}.")
    page.fill("#id_summary", "A campaign about new plant varieties.")
    for field, day in (("#id_starts_on", "2027-05-01"), ("#id_ends_on", "2027-05-31")):
        page.fill(field, day)
        page.keyboard.press("Escape")
    choose_first_block(page)
    page.locator("[name=story-0-value]").fill("Why seeds")
    more_actions(page)
    page.locator("footer button[name=action-submit]").click()
    page.wait_for_url(f"**/admin/pages/{index}/")
    return listed_page(page, "campaignpage", f"Campaign {slug}")


def approve(page: Page, page_id: int) -> None:
    page.goto(f"/admin/pages/{page_id}/edit/")
    more_actions(page)
    with page.expect_navigation():
        page.locator("footer [data-workflow-action-name=approve]").first.click()


@pytest.mark.parametrize("language", ADMIN_LANGUAGES)
def test_from_a_draft_to_fresh_translations(browser: Browser, site: str, sign_in: SignIn, language: str) -> None:
    slug = {"en": "quince", "zh-hans": "radish", "ar": "saffron"}[language]
    editor_context, editor = person(browser, site, sign_in, "editor", language)
    page_id = write_campaign(editor, slug)
    reader = browser.new_context(base_url=site).new_page()
    address = f"/en/campaigns/campaign-{slug}/"
    assert reader.goto(address).status == 404  # nothing is public before the review

    moderator_context, moderator = person(browser, site, sign_in, "admin", language)
    moderator.goto("/admin/")
    expect(moderator.locator("main")).to_contain_text(f"Campaign {slug}")
    approve(moderator, page_id)
    assert reader.goto(address).status == 200
    moderator_context.close()

    # The editor is offered the translation on the page itself.
    editor.goto(f"/admin/pages/{page_id}/edit/")
    press(editor, f"a[href*='/localize/submit/page/{page_id}/']:visible")
    for box in editor.locator("input[name=locales]").all():
        box.check()
    press(editor, "form button[type=submit], form input[type=submit]")
    assert reader.goto(f"/zh-hans/campaigns/campaign-{slug}/").status == 404
    expect(reader.locator("main")).to_contain_text(f"Campaign {slug}")  # … but is offered in English

    # Chinese by hand, French by PO.
    translator_context, translator = person(browser, site, sign_in, "translator", language)
    links = changes_links(translator, slug)
    assert len(links) == 5
    by_hand(translator, links, f"种下主意{slug}。")
    by_po(translator, slug)
    assert reader.goto(f"/zh-hans/campaigns/campaign-{slug}/").status == 200
    expect(reader.locator("main")).to_contain_text(f"种下主意{slug}。")
    assert reader.goto(f"/fr/campaigns/campaign-{slug}/").status == 200
    expect(reader.locator("main")).to_contain_text(f"Fr: Sow ideas {slug}.")
    expect(reader.locator(".notice")).to_have_count(0)

    # The English changes; the offer to sync comes right after publishing.
    editor.goto(f"/admin/pages/{page_id}/edit/")
    editor.fill("#id_slogan", f"Sow better ideas {slug}.")
    more_actions(editor)
    editor.locator("footer button[name=action-publish]").click()
    editor.wait_for_url(re.compile(r"/admin/pages/\d+/(?!edit)"))
    press(editor, ".messages a[href*='/localize/update/']")
    reader.goto(f"/zh-hans/campaigns/campaign-{slug}/")
    expect(reader.locator(".notice")).to_have_count(1)
    press(editor, "form button[type=submit], form input[type=submit]")

    # The translator sees the changed segment and nothing else.
    translator.goto(changes_links(translator, slug)["zh-hans"])
    expect(translator.locator("textarea[name^=segment-]")).to_have_count(1)
    expect(translator.locator("main")).to_contain_text(f"Sow better ideas {slug}.")
    translator.locator("textarea[name^=segment-]").fill(f"种下好主意{slug}。")
    press(translator, "button[name=publish]")
    reader.reload()
    expect(reader.locator("main")).to_contain_text(f"种下好主意{slug}。")
    expect(reader.locator(".notice")).to_have_count(0)
    for context in (editor_context, translator_context):
        context.close()


def changes_links(translator: Page, slug: str) -> dict[str, str]:
    """The dashboard's links to what waits for translation of one campaign, by language."""
    translator.goto("/admin/")
    found = {}
    for row in translator.locator("tr:has(a[href*='/changes/'])", has_text=f"Campaign {slug}").all():
        link = row.locator("a").first.get_attribute("href") or ""
        text = row.inner_text()
        names = {"zh-hans": "简体中文", "fr": "Français", "es": "Español", "ru": "Русский", "ar": "العربية"}
        code = next((code for code, name in names.items() if name in text), "")
        if "/changes/" in link and code:
            found[code] = link
    return found


def by_hand(translator: Page, links: dict[str, str], slogan: str) -> None:
    translator.goto(links["zh-hans"])
    for section in translator.locator("section.w-panel:has(textarea)").all():
        source = section.locator("h2").inner_text()
        section.locator("textarea").fill(slogan if source.startswith("Sow") else f"译文：{source}")
    press(translator, "button[name=publish]")


def by_po(translator: Page, slug: str) -> None:
    """Downloads the French PO, fills it in and uploads it in the page's translation editor."""
    link = changes_links(translator, slug)["fr"]
    number = re.search(r"/changes/(\d+)/", link)
    assert number
    content = translator.request.get(f"/admin/localize/translate/{number[1]}/pofile/download/").text()
    catalogue = polib.pofile(content)
    for entry in catalogue:
        entry.msgstr = f"Fr: {entry.msgid}"
    translator.goto(link)
    file = {"name": "fr.po", "mimeType": "text/x-gettext-translation", "buffer": str(catalogue).encode()}
    translator.set_input_files("#po-file", file)
    press(translator, "form[action$='/pofile/upload/'] button")
    expect(translator.locator("textarea[name^=segment-]")).to_have_count(0)
    press(translator, "button[name=publish]")


def test_the_waiting_list_is_the_first_thing_an_editor_sees(
    page: Page, sign_in: SignIn, tmp_path: Path, complaints: list[str]
) -> None:
    sign_in(page, "editor")
    page.goto("/admin/")
    expect(page.locator("main")).to_contain_text("What waits for whom")


@pytest.mark.parametrize("language", ADMIN_LANGUAGES)
def test_an_editor_changes_and_sends_by_keyboard(browser: Browser, site: str, sign_in: SignIn, language: str) -> None:
    """Changes a slogan, publishes and sends the change to the translators without touching a mouse."""
    context, page = person(browser, site, sign_in, "editor", language)
    week = listed_page(page, "campaignpage", "National Intellectual Property Publicity Week")
    page.goto(f"/admin/pages/{week}/edit/")
    tab_to(page, "#id_slogan", limit=150)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(f"Respect it by keyboard, {language}.")
    # Backwards, over the menu and around to the actions at the foot: Tab indents inside a list of the story.
    tab_to(page, "footer [data-w-dropdown-target=toggle]", limit=150, key="Shift+Tab")
    page.keyboard.press("Enter")
    tab_to(page, "button[name=action-publish]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, ".messages a[href*='/localize/update/']", limit=150)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "main form button[type=submit], main form input[type=submit]", limit=150)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto("/admin/")
    expect(page.locator("tr:has(a[href*='/changes/'])", has_text="National Intellectual")).to_have_count(5)
    context.close()
