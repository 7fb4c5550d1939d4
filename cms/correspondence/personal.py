"""What this room stores about people."""

from cms.personal_data import Kind

KINDS = (Kind("correspondence.Subscription", ("email",)),)
