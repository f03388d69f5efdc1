"""Residents: an account by phone and one-time code, its sessions and its home."""
