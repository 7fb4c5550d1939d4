"""A roster of invented people as XLSX or CSV: ten columns, a tree of units, names in two scripts."""

import csv
import io
import random

import xlsxwriter

HEADER = ["Staff number", "Name", "Email", "Unit", "Post", "Grade", "Audience", "First day", "Language"]
UNITS = 200
FAMILY = "李王张刘陈杨赵黄周吴"
GIVEN = "晓雯思远明华建国丽芳志强"
LATIN = ["Amina Haddad", "Jean-Luc Moreau", "Elena Petrova", "Carlos Ortega", "Ngozi Eze"]


def people(number: int, units: int) -> list[list[str]]:
    draw = random.Random(7)
    return [
        [
            f"{100_000 + place}",
            f"{draw.choice(FAMILY)}{''.join(draw.choices(GIVEN, k=2))}" if place % 2 else draw.choice(LATIN),
            f"person{place}@example.org",
            f"unit-{place % units}",
            draw.choice(["Clerk", "Head of section", "Director"]),
            str(draw.randint(1, 9)),
            draw.choice(["civil-servants", "leading-cadres"]),
            f"20{draw.randint(10, 25)}-0{draw.randint(1, 9)}-1{draw.randint(0, 9)}",
            draw.choice(["en", "zh-hans"]),
        ]
        for place in range(number)
    ]


def as_csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *rows])
    return text.getvalue().encode()


def as_xlsx(rows: list[list[str]]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_numbers": False})
    sheet = book.add_worksheet()
    for number, row in enumerate([HEADER, *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    return file.getvalue()
