"""What a WSGI server serves: `binhyen.wsgi:app`."""

from binhyen.mounts import create_app

app = create_app()
