"""The panel for staff: server-rendered, keyboard-first, at /admin."""
