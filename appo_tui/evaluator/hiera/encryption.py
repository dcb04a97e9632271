"""Values that hiera-eyaml encrypted.

Manual: https://github.com/voxpupuli/hiera-eyaml
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from appo_tui.evaluator.values import Unknown, Value

_BLOCK = re.compile(r"ENC\[(?:(\w+),)?([^\]]*)\]")


def decrypted(value: Value, options: Mapping[str, Value], root: Path) -> Value:
    """``value`` with what is encrypted in it in the clear; unknown where the keys aren't at hand.

    Args:
        value: data.
        options: those of the hierarchy's level, which name the keys.
        root: the directory that the keys' paths are relative to.
    """
    if isinstance(value, str):
        return _decrypted_text(value, options, root) if "ENC[" in value else value
    if isinstance(value, tuple):
        return tuple(decrypted(item, options, root) for item in value)
    if isinstance(value, dict):
        return {key: decrypted(item, options, root) for key, item in value.items()}
    return value


def _decrypted_text(text: str, options: Mapping[str, Value], root: Path) -> Value:
    parts: list[str] = []
    end = 0
    for match in _BLOCK.finditer(text):
        clear = _block(match[1] or "PKCS7", re.sub(r"\s", "", match[2]), options, root)
        if isinstance(clear, Unknown):
            return clear
        parts += [text[end : match.start()], clear]
        end = match.end()
    return "".join(parts) + text[end:]


def _block(scheme: str, encoded: str, options: Mapping[str, Value], root: Path) -> str | Unknown:
    if scheme != "PKCS7":
        return Unknown(f"it is encrypted with {scheme}, which only the node's own run can decrypt")
    key, certificate = key_paths(options, root)
    if not key.is_file() or not certificate.is_file():
        return Unknown("it is encrypted with eyaml, and the keys are not here")
    return _opened(encoded, key, certificate, key.stat().st_mtime_ns, certificate.stat().st_mtime_ns)


def key_paths(options: Mapping[str, Value], root: Path) -> tuple[Path, Path]:
    """Where the private and the public key of a level are, or would be."""
    return _key_path(options, "private", root), _key_path(options, "public", root)


def _key_path(options: Mapping[str, Value], kind: str, root: Path) -> Path:
    given = options.get(f"pkcs7_{kind}_key")
    path = Path(str(given)) if given is not None else Path("keys") / f"{kind}_key.pkcs7.pem"
    return path if path.is_absolute() else root / path


@lru_cache(maxsize=4096)
def _opened(encoded: str, key: Path, certificate: Path, *_changed: int) -> str | Unknown:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key, pkcs7  # slow to import
    from cryptography.x509 import load_pem_x509_certificate

    try:
        private = load_pem_private_key(key.read_bytes(), password=None)
        if not isinstance(private, RSAPrivateKey):
            return Unknown(f"{key} is not an RSA key")
        public = load_pem_x509_certificate(certificate.read_bytes())
        return pkcs7.pkcs7_decrypt_der(base64.b64decode(encoded), public, private, []).decode()
    except (ValueError, OSError, UnicodeDecodeError) as error:
        return Unknown(f"it is encrypted with eyaml and {key.name} does not open it: {error}")
