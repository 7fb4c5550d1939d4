"""Lessons a teacher gathers: without an account by a signed cookie or link, with one for good."""
