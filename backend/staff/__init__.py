"""Staff: accounts of the panel, passwords and TOTP, sessions, and who holds a ward's key.

`commands` and `queries` (accounts), `enrolment` and `sign_in` (the way in), `throttle` (wrong tries), `ward_keys`
(grants).
"""
