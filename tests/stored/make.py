"""Write down what the present code stores: `python -m tests.stored.make 3` makes release_3.json.

Single values stand under `values`, each beside what it must open to. Under `rows` lies a whole small database, made
through the commands of the product, and under `blobs` its photos; `known` holds the secrets that people kept.
"""

import json
import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

SECRETS = {
    "BINHYEN_SECRET_KEY": "stored-secret-key-stored-secret-key-stored",
    "BINHYEN_RECEIPT_PEPPER": "stored-receipt-pepper-stored-receipt-pepper",
}


def main(release: str) -> None:
    """Write release_<release>.json beside this file, unless it is there."""
    file = Path(__file__).with_name(f"release_{release}.json")
    if file.exists():
        sys.exit(f"{file} is there: what a release has stored does not change")
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= SECRETS | {"BINHYEN_DATA_DIR": folder, "BINHYEN_DATABASE_URL": "postgresql+psycopg:///none"}
        from tests.stored import database, values

        with _database():
            stored = {"secrets": SECRETS, "values": values.made(), **database.made()}
    file.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n")


@contextmanager
def _database():
    """A server with an empty, migrated database, thrown away afterwards."""
    from backend import config, db
    from tests import cluster

    server = cluster.start()
    try:
        os.environ["BINHYEN_DATABASE_URL"] = cluster.create_database(server.url("postgres"), "stored", cluster.TEMPLATE)
        config.reset_settings()
        yield
    finally:
        db.dispose()
        cluster.stop(server)


if __name__ == "__main__":
    main(sys.argv[1])
