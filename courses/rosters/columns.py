"""What columns are called: in English, in Chinese, and as other spreadsheets of personnel offices call them."""

from dataclasses import dataclass

from cms.tables.reading import Unreadable

NAMES: dict[str, tuple[str, ...]] = {
    "number": (
        "staff number",
        "staff id",
        "employee id",
        "employee number",
        "id",
        "工号",
        "职工号",
        "员工编号",
        "人员编号",
    ),
    "name": ("name", "full name", "姓名", "名字"),
    "email": ("email", "e-mail", "email address", "邮箱", "电子邮箱", "电子邮件", "邮件地址"),
    "unit": ("unit", "organisation", "organization", "department", "部门", "单位", "所属部门", "所属单位", "机构"),
    "post": ("post", "position", "job title", "title", "职务", "岗位"),
    "grade": ("grade", "level", "rank", "职级", "级别"),
    "audience": ("audience", "category", "人员类别", "类别", "人员类型"),
    "starts_on": ("first day", "start date", "joined", "date joined", "入职日期", "开始日期", "任职日期"),
    "language": ("language", "preferred language", "语言", "首选语言"),
}
REQUIRED = ("name", "email")
# As the template for downloading heads its columns.
ENGLISH = {field: names[0].capitalize() for field, names in NAMES.items()}
CHINESE = {field: next(name for name in names if not name.isascii()) for field, names in NAMES.items()}


@dataclass(frozen=True)
class Header:
    """Where each field is, counted from 0, and what the file calls it."""

    places: dict[str, int]
    titles: dict[str, str]


def read_header(row: list[str]) -> Header:
    """Raises ``Unreadable`` where a column that is needed is missing or comes twice."""
    fields = {name: field for field, names in NAMES.items() for name in names}
    places: dict[str, int] = {}
    for place, title in enumerate(row):
        field = fields.get(" ".join(title.strip().lower().replace("_", " ").split()))
        if field is None:
            continue
        if field in places:
            raise Unreadable("column-twice", first=row[places[field]].strip(), second=title.strip())
        places[field] = place
    missing = [field for field in REQUIRED if field not in places]
    if missing:
        names = ", ".join(f"{ENGLISH[field]} / {CHINESE[field]}" for field in missing)
        raise Unreadable("column-missing", columns=names)
    return Header(places, {field: row[place].strip() for field, place in places.items()})
