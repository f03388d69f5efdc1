"""Everything secret goes through here: the only package that touches libsodium.

Nothing is invented: X25519 sealed boxes, XChaCha20-Poly1305, secretstream, Argon2id, HKDF-SHA256 and HMAC-SHA256, each
used for what it was made for. The parts:

- `boxes`: data under a key (tips, dialogue, photos), padded so that sizes tell little;
- `keys`: key pairs of officers and wards, passwords, recovery keys;
- `receipts`: the code that finds and opens one tip;
- `hashes`: what finds a phone number or an address again without showing it;
- `tokens`: what is sealed for a browser session, for the worker, for a setting, for a replayed answer.

`docs/stored-forms.md` lists every form that rests in the database, and says how the server's keys are changed.

No secret appears in a repr, in an exception or in a log line.
"""

from backend.crypto.boxes import SealBroken, new_data_key, open_box, open_stream, seal, seal_stream
from backend.crypto.derive import server_keys
from backend.crypto.hashes import is_current_hash, is_hash_of, keyed_hash, keyed_hashes
from backend.crypto.keys import (
    KeyPair,
    RecoveryKey,
    RecoveryKeyMalformed,
    RecoveryKeyWrong,
    WrongPassword,
    needs_new_wrapping,
    new_keypair,
    new_recovery_key,
    open_sealed,
    open_with_recovery,
    public_half,
    seal_to,
    seal_to_recovery,
    unwrap_private_key,
    wrap_private_key,
)
from backend.crypto.receipts import (
    Receipt,
    ReceiptMalformed,
    new_receipt,
    open_key_with_receipt,
    seal_key_to_receipt,
)
from backend.crypto.tokens import (
    open_for_worker,
    open_from_session,
    open_reply,
    open_setting,
    renewed_setting,
    seal_for_session,
    seal_for_worker,
    seal_reply,
    seal_setting,
    session_token,
    token_hash,
)

__all__ = [
    "KeyPair",
    "Receipt",
    "ReceiptMalformed",
    "RecoveryKey",
    "RecoveryKeyMalformed",
    "RecoveryKeyWrong",
    "SealBroken",
    "WrongPassword",
    "is_current_hash",
    "is_hash_of",
    "keyed_hash",
    "keyed_hashes",
    "needs_new_wrapping",
    "new_data_key",
    "new_keypair",
    "new_receipt",
    "new_recovery_key",
    "open_box",
    "open_for_worker",
    "open_from_session",
    "open_key_with_receipt",
    "open_reply",
    "open_sealed",
    "open_setting",
    "open_stream",
    "open_with_recovery",
    "public_half",
    "renewed_setting",
    "seal",
    "seal_for_session",
    "seal_for_worker",
    "seal_key_to_receipt",
    "seal_reply",
    "seal_setting",
    "seal_stream",
    "seal_to",
    "seal_to_recovery",
    "server_keys",
    "session_token",
    "token_hash",
    "unwrap_private_key",
    "wrap_private_key",
]
