"""Staff: accounts of the panel, passwords and TOTP, sessions, and who holds a ward's key.

`commands` and `queries` (accounts), `enrolment` and `sign_in`, `throttle` (failed attempts), `ward_keys` (who can open
a ward's tips).
"""
