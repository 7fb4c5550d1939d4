"""All sizes of a kit in six languages, beside the limit (a bare Pillow script) and beside Chromium from HTML.

The limit draws and saves the same sizes with a field of colour, a circle and one line of text, and nothing else:
no fitting, no shaping of several lines, no logos, no QR code, no PDF for the printer, no database.
"""

import io
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from benchmarks.site import measure, prepare, table

RUNS = 3
CHROMIUM = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


def main() -> None:
    prepare()
    from cms.artwork.formats import FORMATS
    from cms.campaigns.kits.content import pages_of, words_of
    from cms.campaigns.kits.drawing import kit_files
    from cms.campaigns.kits.models import KitFile
    from cms.campaigns.models import CampaignPage

    key = CampaignPage.objects.filter(slug="national-ip-publicity-week")[0].translation_key
    pages = pages_of(key)
    words = [words_of(page) for page in pages]
    sizes = list(FORMATS.values())

    def draw(*, again: bool) -> Any:
        if not again:
            KitFile.objects.all().delete()
        return kit_files(pages, None, lambda: None)

    limit = measure(lambda: bare(sizes, words), RUNS)
    rows = [("limit: bare Pillow, flat art, PNG only", limit)]
    for design in ("seal", "night", "mosaic"):
        for page in pages:
            page.__dict__.pop("face", None)
            page.design = design
        rows.append((f"ours, {design}: PNG, and PDF for the printer", measure(lambda: draw(again=False), RUNS)))
    rows.append(("ours, nothing changed", measure(lambda: draw(again=True), RUNS)))
    if browser := shutil.which("chromium"):
        rows.append(
            ("Chromium from HTML, PNG only, one start a file", measure(lambda: chromium(browser, sizes, words), 1))
        )
    count = len(sizes) * len(words)
    table(f"A kit: {len(sizes)} sizes × {len(words)} languages = {count} images", rows, limit, RUNS)


def bare(sizes: list[Any], words: list[Any]) -> None:
    font = ImageFont.truetype("NotoSerifCJK-Bold.ttc", 120, index=2)
    for size in sizes:
        for one in words:
            image = Image.new("RGB", (size.width, size.height), "#fbf8f2")
            draw = ImageDraw.Draw(image)
            draw.rectangle((0, 0, size.width, size.height * 0.47), fill="#b3321e")
            draw.ellipse((size.width * 0.3, 0, size.width, size.width * 0.7), outline="#d8705c", width=9)
            draw.text((size.width * 0.08, size.height * 0.6), one.slogan, font=font, fill="#1c1e21")
            image.save(io.BytesIO(), "PNG", compress_level=1)


def chromium(browser: str, sizes: list[Any], words: list[Any]) -> None:
    with tempfile.TemporaryDirectory(prefix="imprint-artwork-") as name:
        folder = Path(name)
        for size in sizes:
            for one in words:
                (folder / "page.html").write_text(html(one), encoding="utf-8")
                subprocess.run(
                    [
                        browser,
                        *CHROMIUM,
                        f"--user-data-dir={folder / 'profile'}",
                        f"--window-size={size.width},{size.height}",
                        f"--screenshot={folder / 'page.png'}",
                        f"file://{folder / 'page.html'}",
                    ],
                    check=True,
                    capture_output=True,
                )


def html(one: Any) -> str:
    direction = "rtl" if one.is_right_to_left else "ltr"
    return (
        f'<!DOCTYPE html><html lang="{one.language}" dir="{direction}"><meta charset="utf-8"><style>'
        "body{margin:0;background:#fbf8f2;font:700 7vh serif}"
        "div{height:47vh;background:#b3321e}p{margin:8vh 8vw}"
        f"</style><div></div><p>{one.slogan}</p></html>"
    )


if __name__ == "__main__":
    main()
