"""People: residents by phone and one-time code, staff by password and TOTP, and who holds a ward's key.

Staff: `staff` (accounts), `enrolment`, `sign_in` (sessions), `ward_keys` (grants). Residents: `commands`, `queries`.
"""
