"""Links that are a proof: whoever has one was given it. What it stands for is signed into it."""

from typing import Any

from django.core import signing


def token_for(purpose: str, value: Any) -> str:
    """The token of a value that JSON can hold; the same value always has the same one."""
    return signing.Signer(salt=f"imprint.{purpose}").sign_object(value)


def value_of(purpose: str, token: str) -> Any:
    """What a token stands for; None for one that is forged or was made for another purpose."""
    try:
        return signing.Signer(salt=f"imprint.{purpose}").unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
