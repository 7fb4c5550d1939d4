"""Certificates as Open Badges 3.0: credentials that anyone can verify without asking us.

``contexts``, ``proofs`` and ``verifying`` know neither Django nor a database: a verifier elsewhere runs them as they
are (``python -m courses.credentials.badges.verifying``).
"""
