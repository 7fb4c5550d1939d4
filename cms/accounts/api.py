"""What other rooms ask of accounts."""

from django.http import HttpRequest

from cms.accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """The signed-in person. Call it behind ``login_required`` only: ``AssertionError`` for anyone else."""
    user = request.user
    assert isinstance(user, User)
    return user
