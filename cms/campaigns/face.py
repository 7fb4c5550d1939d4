"""What a campaign, or its local edition, shows on pages, posters and cards, in one language."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cms.campaigns.phases import Period, Phase


@dataclass(frozen=True)
class Face:
    title: str
    theme: str
    slogan: str
    summary: str
    period: Period
    texts: dict[str, str]
    design: str
    picture: Any
    partners: list[Any]
    story: Any
    outcome: Any
    action: tuple[str, str, str]
    hashtag: str = ""
    region: str = ""

    def phases_on(self, day: date) -> list[Phase]:
        return self.period.phases(day, self.texts)

    @property
    def action_label(self) -> str:
        return self.action[0]

    @property
    def action_text(self) -> str:
        return self.action[1]

    @property
    def action_address(self) -> str:
        return self.action[2]
