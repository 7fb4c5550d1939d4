"""Telling people what is due, their coordinators what is overdue, and mailing it all once a day."""
