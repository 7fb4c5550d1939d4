"""What this room stores about people."""

from cms.personal_data import KEEP, Kind

KINDS = (
    # Erasing takes the name and the address away; the account without them stays for what leads to it.
    Kind("accounts.User", ("pk",), on_erasure=KEEP),
    Kind("account.EmailAddress", ("user",)),
    Kind("wagtailusers.UserProfile", ("user",)),
    Kind("wagtailcore.PageSubscription", ("user",)),
    Kind("wagtailadmin.EditingSession", ("user",)),
    Kind("wagtailadmin.FormState", ("user",)),
)
