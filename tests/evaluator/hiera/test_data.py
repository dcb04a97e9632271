"""Where data comes from, and what cannot be told from files alone."""

from __future__ import annotations

import base64
import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from appo_tui.evaluator.hiera import Hiera, HieraError, read_layer
from appo_tui.evaluator.values import Unknown, Value


def written(root: Path, files: Mapping[str, str]) -> Path:
    """The files below ``root``, and the hiera.yaml among them."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root / "hiera.yaml"


def hiera_of(root: Path, files: Mapping[str, str]) -> Hiera:
    return Hiera(read_layer(written(root, files)), {})


def no_variables(_name: str) -> Value:
    return None


HIERARCHY = """\
version: 5
hierarchy:
  - {name: Node, path: "%{facts.role}.yaml"}
  - {name: Common, path: common.yaml}
"""


def role(name: str) -> Value:
    return {"role": "web"} if name == "facts" else None


def test_every_value_knows_the_line_of_its_key(tmp_path: Path) -> None:
    files = {
        "hiera.yaml": HIERARCHY,
        "data/web.yaml": "---\n\na:\n  x: 1\nb: 2\n",
        "data/common.yaml": "c: 3\na:\n  y: 2\n",
    }
    result = hiera_of(tmp_path, files).lookup("a", role, merge="hash")
    assert result.value == {"y": 2, "x": 1}
    assert [str(source.place) for source in result.sources] == [
        f"{tmp_path}/data/web.yaml:3",
        f"{tmp_path}/data/common.yaml:2",
    ]
    assert [source.level for source in result.sources] == ["Node", "Common"]


def test_json_knows_its_lines_too(tmp_path: Path) -> None:
    layer = "version: 5\nhierarchy:\n  - {name: J, path: a.json, data_hash: json_data}\n"
    files = {"hiera.yaml": layer, "data/a.json": '{\n  "a": 1,\n  "b": [2, null]\n}\n'}
    result = hiera_of(tmp_path, files).lookup("b", no_variables)
    assert (result.value, str(result.place)) == ((2, None), f"{tmp_path}/data/a.json:3")


def test_a_path_that_hangs_on_an_unknown_fact_makes_what_it_may_have_unknown(tmp_path: Path) -> None:
    files = {"hiera.yaml": HIERARCHY, "data/common.yaml": "a: 1\n"}
    unknown = Unknown("the fact role is not known yet")
    result = hiera_of(tmp_path, files).lookup("a", lambda _name: unknown)
    assert result.found
    assert result.value == unknown


def test_a_value_found_above_an_unknown_level_is_known(tmp_path: Path) -> None:
    layer = (
        "version: 5\nhierarchy:\n  - {name: A, path: a.yaml}\n  - {name: Vault, lookup_key: vault_lookup}\n"
    )
    hiera = hiera_of(tmp_path, {"hiera.yaml": layer, "data/a.yaml": "a: 1\n"})
    assert hiera.lookup("a", no_variables).value == 1
    other = hiera.lookup("b", no_variables).value
    assert isinstance(other, Unknown)
    assert other.reason == "the level 'Vault' of hiera.yaml asks vault_lookup, which is not run here"
    assert isinstance(hiera.lookup("a", no_variables, merge="unique").value, Unknown)


def test_a_missing_key_is_not_found(tmp_path: Path) -> None:
    result = hiera_of(tmp_path, {"hiera.yaml": HIERARCHY}).lookup("a", no_variables)
    assert not result.found
    assert result.place is None


def test_version_4_is_read(tmp_path: Path) -> None:
    layer = (
        "version: 4\ndatadir: d\nhierarchy:\n"
        "  - {name: common, backend: yaml}\n  - {name: x, backend: json}\n"
    )
    files = {"hiera.yaml": layer, "d/common.yaml": "a: 1\n", "d/x.json": '{"b": 2}'}
    hiera = hiera_of(tmp_path, files)
    assert (hiera.lookup("a", no_variables).value, hiera.lookup("b", no_variables).value) == (1, 2)


def test_version_3_counts_as_the_global_layer_and_nowhere_else(tmp_path: Path) -> None:
    layer = (
        "---\n:backends: [yaml, json]\n:hierarchy:\n  - '%{role}'\n  - common\n"
        f":yaml:\n  :datadir: {tmp_path}/hieradata\n:json:\n  :datadir: {tmp_path}/hieradata\n"
    )
    files = {
        "hiera.yaml": layer,
        "hieradata/web.yaml": "a: web\n",
        "hieradata/common.yaml": "a: common\n",
        "hieradata/common.json": '{"j": 1}',
    }
    read = read_layer(written(tmp_path, files))

    def variables(name: str) -> Value:
        return "web" if name == "role" else None

    as_global = Hiera(None, {}, read)
    assert as_global.lookup("a", variables).value == "web"
    assert as_global.lookup("j", variables).value == 1
    assert not Hiera(read, {}).lookup("a", variables).found


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"hiera.yaml": HIERARCHY, "data/common.yaml": "a: [\n"}, "Unable to parse"),
        ({"hiera.yaml": "version: 9\n"}, "does not support hiera.yaml version 9"),
        (
            {"hiera.yaml": "version: 5\nhierarchy:\n  - {name: A, path: a, glob: b}\n"},
            "Only one of path, paths, glob, globs, uri, uris, or mapped_paths",
        ),
    ],
)
def test_what_cannot_be_used_names_its_file(tmp_path: Path, files: dict[str, str], message: str) -> None:
    with pytest.raises(HieraError, match=message) as caught:
        hiera_of(tmp_path, files).lookup("a", no_variables)
    assert str(tmp_path) in f"{caught.value} {caught.value.file}"


def test_a_data_file_that_is_no_hash_has_no_keys(tmp_path: Path) -> None:
    hiera = hiera_of(tmp_path, {"hiera.yaml": HIERARCHY, "data/common.yaml": "- a\n"})
    assert not hiera.lookup("a", no_variables).found


EYAML = """\
version: 5
hierarchy:
  - name: Secrets
    lookup_key: eyaml_lookup_key
    path: secrets.yaml
    options:
      pkcs7_private_key: keys/private_key.pkcs7.pem
      pkcs7_public_key: keys/public_key.pkcs7.pem
"""


def key_pair() -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "eyaml")])
    start = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=20_000))
        .sign(key, hashes.SHA256())
    )
    return key, certificate


def encrypted(text: str, certificate: x509.Certificate) -> str:
    envelope = (
        pkcs7.PKCS7EnvelopeBuilder()
        .set_data(text.encode())
        .set_content_encryption_algorithm(_aes256())
        .add_recipient(certificate)
        .encrypt(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])
    )
    return f"ENC[PKCS7,{base64.b64encode(envelope).decode()}]"


def _aes256() -> type:
    from cryptography.hazmat.primitives.ciphers.algorithms import AES256

    return AES256


def test_an_encrypted_value_is_read_when_the_keys_are_there(tmp_path: Path) -> None:
    key, certificate = key_pair()
    secret = encrypted("hunter2", certificate)
    hiera = hiera_of(
        tmp_path,
        {
            "hiera.yaml": EYAML,
            "data/secrets.yaml": f"password: {secret}\nurl: 'db:{secret}@x'\nplain: a\n",
            "keys/private_key.pkcs7.pem": key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            ).decode(),
            "keys/public_key.pkcs7.pem": certificate.public_bytes(serialization.Encoding.PEM).decode(),
        },
    )
    assert hiera.lookup("password", no_variables).value == "hunter2"
    assert hiera.lookup("url", no_variables).value == "db:hunter2@x"
    assert hiera.lookup("plain", no_variables).value == "a"


def test_an_encrypted_value_is_unknown_without_the_keys(tmp_path: Path) -> None:
    files = {"hiera.yaml": EYAML, "data/secrets.yaml": "a: ENC[PKCS7,AAAA]\nb: ENC[GPG,AAAA]\n"}
    hiera = hiera_of(tmp_path, files)
    assert hiera.lookup("a", no_variables).value == Unknown(
        "it is encrypted with eyaml, and the keys are not here"
    )
    gpg = hiera.lookup("b", no_variables).value
    assert isinstance(gpg, Unknown)
    assert "GPG" in gpg.reason
