"""200 sign-ups at once through the real view, 40 threads at a time; then 25 holders cancel at once.

Prints the number of confirmed and waiting people, before and after the cancellations.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import django

PEOPLE, THREADS = 200, 40


def sign_up(number: int) -> int:
    from django.db import connection
    from django.test import Client

    from cms.accounts.humans import PublicForm

    data = {"name": f"Person {number}", "email": f"p{number}@example.org", "started": PublicForm.stamp()}
    try:
        # Each from an address of their own, as people are.
        client = Client(REMOTE_ADDR=f"10.0.{number // 250}.{number % 250 + 1}")
        return client.post(f"/en/events/{KEY}/register/", data).status_code
    finally:
        connection.close()


def give_back(pk: UUID) -> None:
    from django.db import connection

    from cms.campaigns.events.api import cancel
    from cms.campaigns.events.models import Registration

    try:
        cancel(Registration.objects.get(pk=pk))
    finally:
        connection.close()


def states() -> tuple[int, int]:
    from cms.campaigns.events.models import Registration

    found = list(Registration.objects.filter(event_key=KEY).values_list("state", "seat"))
    seats = [seat for state, seat in found if state == "confirmed"]
    assert len(set(seats)) == len(seats)
    assert all(1 <= seat <= 50 for seat in seats)
    count = Counter(state for state, _seat in found)
    return count["confirmed"], count["waiting"]


def main() -> None:
    from cms.accounts import humans
    from cms.campaigns.events.models import Registration

    humans.QUICKEST = 0
    with ThreadPoolExecutor(THREADS) as pool:
        codes = Counter(pool.map(sign_up, range(PEOPLE)))
    assert codes == {302: PEOPLE}, codes
    before = states()
    holders = Registration.objects.filter(event_key=KEY).confirmed().values_list("pk", flat=True)[:25]
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(give_back, holders))
    confirmed, waiting = states()
    print(*before, confirmed, waiting)


if __name__ == "__main__":
    django.setup()
    from tests.campaigns.pages import event

    KEY = event(capacity=50).translation_key
    main()
