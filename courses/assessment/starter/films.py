"""Draws the two films of the starter courses: silent pictures without words, captions tell the story.

Run ``python courses/assessment/starter/films.py`` after a change; it needs Pillow and ffmpeg. The films
are kept in the repository, because a reader's machine has no ffmpeg.
"""

import subprocess
from collections.abc import Callable
from math import cos, pi, sin
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent
WIDTH, HEIGHT, SCALE = 640, 360, 2
FRAMES_PER_SECOND, SECONDS_PER_SCENE = 10, 5
PAPER, INK, SEAL, INDIGO, JADE, LINE = "#fbf8f2", "#1c1e21", "#b3321e", "#1f3a6e", "#2b6b57", "#ddd7ca"

Draw = ImageDraw.ImageDraw
Scene = Callable[[Draw, float], None]


def _points(*values: float) -> list[float]:
    return [value * SCALE for value in values]


def box(draw: Draw, x: float, y: float, w: float, h: float, fill: str = "#ffffff", line: str = INK) -> None:
    draw.rectangle(_points(x, y, x + w, y + h), fill=fill, outline=line, width=3 * SCALE)


def disc(draw: Draw, x: float, y: float, r: float, fill: str | None = None, line: str = INK) -> None:
    draw.ellipse(_points(x - r, y - r, x + r, y + r), fill=fill, outline=line, width=3 * SCALE)


def stroke(draw: Draw, *points: float, fill: str = INK, width: float = 3) -> None:
    draw.line(_points(*points), fill=fill, width=round(width * SCALE), joint="curve")


def sheet(draw: Draw, x: float, y: float, w: float = 110, h: float = 150) -> None:
    box(draw, x, y, w, h)
    for row in range(min(5, int((h - 28) // 22))):
        stroke(draw, x + 18, y + 28 + 22 * row, x + w - 18, y + 28 + 22 * row, fill=LINE, width=4)


def person(draw: Draw, x: float, y: float, colour: str = INDIGO) -> None:
    disc(draw, x, y, 18, colour, colour)
    draw.pieslice(_points(x - 34, y + 24, x + 34, y + 104), 180, 360, fill=colour)


def tick(draw: Draw, x: float, y: float) -> None:
    stroke(draw, x, y + 12, x + 11, y + 24, x + 32, y - 6, fill=JADE, width=6)


def seal(draw: Draw, x: float, y: float, r: float) -> None:
    disc(draw, x, y, r, SEAL, SEAL)
    for petal in range(16):
        angle = 2 * pi * petal / 16
        disc(draw, x + r * cos(angle), y + r * sin(angle), r / 5, SEAL, SEAL)
    disc(draw, x, y, r * 0.7, None, "#ffffff")


def scales(draw: Draw, lean: float) -> None:
    stroke(draw, 320, 90, 320, 290)
    stroke(draw, 260, 290, 380, 290)
    stroke(draw, 190, 120 - lean, 450, 120 + lean)
    for x, y in ((190, 120 - lean), (450, 120 + lean)):
        stroke(draw, x, y, x - 45, y + 90, x + 45, y + 90, x, y, width=2)
        draw.pieslice(_points(x - 45, y + 62, x + 45, y + 118), 0, 180, fill=INDIGO)


def lamp(draw: Draw, t: float) -> None:
    glow = "#f0bd6a" if t > 0.3 else "#ffffff"
    disc(draw, 320, 150, 60, glow)
    box(draw, 296, 208, 48, 40, LINE)
    for ray in range(12 if t > 0.3 else 0):
        if ray == 3:  # the foot of the lamp is there
            continue
        angle = 2 * pi * ray / 12
        stroke(
            draw,
            320 + 78 * cos(angle),
            150 + 78 * sin(angle),
            320 + (84 + 26 * t) * cos(angle),
            150 + (84 + 26 * t) * sin(angle),
            fill="#8a5300",
        )


def search(draw: Draw, t: float) -> None:
    for column in range(4):
        sheet(draw, 70 + 130 * column, 100)
    x = 120 + 380 * t
    disc(draw, x, 170, 52, None, SEAL)
    stroke(draw, x + 37, 207, x + 80, 250, fill=SEAL, width=8)


def filed(draw: Draw, t: float) -> None:
    sheet(draw, 240, 70, 160, 220)
    y = 60 + min(t * 2, 1) * 130
    box(draw, 285, y - 50, 70, 50, INDIGO, INDIGO)
    if t > 0.5:
        box(draw, 285, 190, 70, 40, "#ffffff", SEAL)
        stroke(draw, 297, 210, 343, 210, fill=SEAL, width=6)


def published(draw: Draw, t: float) -> None:
    half = 30 + 110 * min(t * 1.5, 1)
    box(draw, 320 - half, 90, half, 180)
    box(draw, 320, 90, half, 180)
    for row in range(6):
        stroke(draw, 320 - half + 14, 115 + 25 * row, 306, 115 + 25 * row, fill=LINE, width=4)
        stroke(draw, 334, 115 + 25 * row, 320 + half - 14, 115 + 25 * row, fill=LINE, width=4)


def examined(draw: Draw, t: float) -> None:
    for row in range(3):
        box(draw, 210, 80 + 75 * row, 46, 46)
        stroke(draw, 280, 103 + 75 * row, 430, 103 + 75 * row, fill=LINE, width=8)
        if t > 0.2 + 0.25 * row:
            tick(draw, 217, 95 + 75 * row)


def granted(draw: Draw, t: float) -> None:
    sheet(draw, 220, 60, 200, 240)
    if t > 0.25:
        seal(draw, 370, 240, 44)


def fees(draw: Draw, t: float) -> None:
    for coin in range(7):
        fall = min(max(t * 8 - coin, 0), 1)
        if fall > 0:
            disc(draw, 320, 60 + fall * (220 - 22 * coin), 46, "#f0bd6a", "#8a5300")


def open_to_all(draw: Draw, t: float) -> None:
    gap = 150 * t
    lamp(draw, 1)
    for post in range(10):
        side = -1 if post < 5 else 1
        x = 110 + 46 * post + side * gap
        stroke(draw, x, 110, x, 310, fill=INDIGO, width=8)


def recipe(draw: Draw, t: float) -> None:
    stroke(draw, 290, 80, 290, 150, 220, 280, 420, 280, 350, 150, 350, 80)
    level = 280 - 90 * t
    spread = (280 - level) * 70 / 130
    draw.polygon(_points(226, 276, 414, 276, 414 - spread, level, 226 + spread, level), fill=JADE)


def folder(draw: Draw, t: float) -> None:
    draw.polygon(_points(200, 260, 200, 120, 270, 120, 290, 140, 440, 140, 440, 260), fill="#f0bd6a", outline=INK)
    sheet(draw, 265, 90, 110, 120)
    for hand, angle in enumerate((150, 30, 200, -20)):
        reach = 230 - 90 * min(max(t * 2 - hand * 0.25, 0), 1)
        x, y = 320 + reach * cos(angle * pi / 180), 190 - reach * sin(angle * pi / 180) * 0.7
        disc(draw, x, y, 16, SEAL, SEAL)


def leaving(draw: Draw, t: float) -> None:
    box(draw, 420, 60, 110, 240, "#ffffff")
    x = 150 + 330 * t
    person(draw, x, 150)
    sheet(draw, x + 20, 190, 44, 60)


def asked(draw: Draw, t: float) -> None:
    scales(draw, 12 * sin(4 * pi * t))


def nothing(draw: Draw, t: float) -> None:
    scales(draw, 34 * min(t * 2, 1))
    stroke(draw, 150, 60, 190, 100, fill=SEAL, width=7)
    stroke(draw, 190, 60, 150, 100, fill=SEAL, width=7)


def names(draw: Draw, t: float) -> None:
    sheet(draw, 400, 70, 140, 220)
    for row in range(3):
        if t > 0.2 * row:
            person(draw, 120 + 95 * row, 130, JADE)


def signed(draw: Draw, t: float) -> None:
    for page in range(3):
        sheet(draw, 170 + 105 * page, 90, 95, 180)
        if t > 0.25 * page:
            box(draw, 182 + 105 * page, 100, 70, 16, SEAL, SEAL)
    end = 180 + 260 * t
    points = [value for x in range(180, round(end), 6) for value in (x, 300 + 10 * sin(x / 9))]
    if len(points) >= 4:
        stroke(draw, *points, fill=INDIGO, width=4)


def won(draw: Draw, t: float) -> None:
    scales(draw, -30 * min(t * 2, 1))
    tick(draw, 170, 60)


FILMS: dict[str, list[Scene]] = {
    "life-of-a-patent.mp4": [lamp, search, filed, published, examined, granted, fees, open_to_all],
    "how-a-secret-is-lost.mp4": [recipe, folder, leaving, asked, nothing, names, signed, won],
}


def frame(scene: Scene, t: float) -> bytes:
    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), PAPER)
    scene(ImageDraw.Draw(image), t)
    return image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).tobytes()


def film(name: str, scenes: list[Scene]) -> None:
    command = ["ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}"]
    command += ["-r", str(FRAMES_PER_SECOND), "-i", "-", "-c:v", "libx264", "-preset", "veryslow", "-crf", "30"]
    command += ["-pix_fmt", "yuv420p", "-movflags", "+faststart", "-map_metadata", "-1", str(FOLDER / name)]
    count = FRAMES_PER_SECOND * SECONDS_PER_SCENE
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        assert encoder.stdin is not None
        for scene in scenes:
            for number in range(count):
                encoder.stdin.write(frame(scene, number / count))
        encoder.stdin.close()


if __name__ == "__main__":
    for film_name, film_scenes in FILMS.items():
        film(film_name, film_scenes)
