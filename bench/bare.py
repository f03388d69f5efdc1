"""The other side: what Flask alone can do on the same server."""

import json
import os
from pathlib import Path

import psycopg_pool
from flask import Flask, Response, jsonify, request

app = Flask(__name__)
_ready = json.loads(Path(os.environ["BENCH_LIST"]).read_text()) if "BENCH_LIST" in os.environ else []
_pool: list[psycopg_pool.ConnectionPool] = []


@app.get("/json")
def json_view() -> Response:
    """A small ready answer."""
    return jsonify({"status": "ok"})


@app.get("/list")
def list_view() -> Response:
    """A list that is ready in memory (the file BENCH_LIST), serialised anew for each answer."""
    return jsonify(_ready)


@app.post("/insert")
def insert_view() -> tuple[Response, int]:
    """One INSERT and COMMIT of what was sent, through psycopg."""
    text = request.get_json()["text"]
    with _connections().connection() as connection:
        connection.execute("INSERT INTO bare_notes (text) VALUES (%s)", (text,))
    return jsonify({"status": "ok"}), 201


def _connections() -> psycopg_pool.ConnectionPool:
    if not _pool:
        address = os.environ["BINHYEN_DATABASE_URL"].replace("postgresql+psycopg", "postgresql")
        _pool.append(psycopg_pool.ConnectionPool(address, min_size=2, max_size=8, open=True))
    return _pool[0]
