"""Rows that count because nobody changes them."""

from typing import Any

from django.db import models

from courses.records.models import AppendOnlyError


class GrantedOnce(models.Model):
    """A row that is added and never changed afterwards."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(f"A {self._meta.verbose_name} is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError(f"A {self._meta.verbose_name} is never deleted.")
