"""Working out what is owed: pure functions over what was read beforehand, so that they can be tried on paper."""
