"""Signing in: password, code; the first time invitation, password, authenticator, recovery key."""
