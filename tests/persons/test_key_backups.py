"""A backup of the keys brings back what is missing, and never what was erased."""

import stat
from pathlib import Path
from uuid import uuid4

import pytest

from lokalnet.persons import erasures, key_backups, key_rotation, keys, store, versions
from lokalnet.persons.key_backups import KeyBackupError, Restored


@pytest.fixture
def lose(home: Path):
    """The machine is lost; of `keys/` the master keys were kept, and nothing else."""
    def gone(*more: Path) -> None:
        for path in (*home.glob("keys/persons.sqlite3*"), *more):
            path.unlink()
    return gone


def test_keys_come_back_on_another_machine(tmp_path, lose) -> None:
    made = [keys.make(uuid4()) for _ in range(5)]
    assert key_backups.write(tmp_path / "backup") == 5
    lose()
    assert key_backups.read(tmp_path / "backup") == Restored(keys=5, destroyed=0)
    assert [keys.fetch(each.id) for each in made] == made


def test_what_was_destroyed_since_stays_destroyed(tmp_path) -> None:
    kept, erased = keys.make(uuid4()), keys.make(uuid4())
    key_backups.write(tmp_path / "backup")
    keys.destroy(erased.id)
    assert key_backups.read(tmp_path / "backup") == Restored(keys=0, destroyed=1)
    assert keys.fetch(kept.id) == kept and keys.destroyed() == {erased.id}
    with pytest.raises(keys.KeyGone):
        keys.fetch(erased.id)


def test_the_list_beside_the_store_says_it_when_the_store_is_lost(tmp_path, lose) -> None:
    kept, erased = keys.make(uuid4()), keys.make(uuid4())
    key_backups.write(tmp_path / "backup")
    keys.destroy(erased.id)
    lose()
    assert key_backups.read(tmp_path / "backup") == Restored(keys=1, destroyed=1)
    assert keys.destroyed() == {erased.id} and keys.fetch(kept.id) == kept


def test_half_a_line_of_the_list_is_no_entry(home: Path) -> None:
    made = keys.make(uuid4())
    keys.destroy(made.id)
    with erasures.path().open("a") as file:
        file.write('{"key": "1234')
    assert set(erasures.noted()) == {made.id}
    assert stat.S_IMODE(erasures.path().stat().st_mode) == 0o600


def test_what_the_backup_knows_as_destroyed_is_destroyed_here_too(tmp_path, lose) -> None:
    made = keys.make(uuid4())
    key_backups.write(tmp_path / "with the key")
    keys.destroy(made.id)
    key_backups.write(tmp_path / "without it")
    lose(erasures.path())
    key_backups.read(tmp_path / "with the key")
    key_backups.read(tmp_path / "without it")
    with pytest.raises(keys.KeyGone):
        keys.fetch(made.id)


def test_what_was_made_since_stays(tmp_path) -> None:
    key_backups.write(tmp_path / "backup")
    made = keys.make(uuid4())
    assert key_backups.read(tmp_path / "backup") == Restored(keys=0, destroyed=0)
    assert keys.fetch(made.id) == made


def test_older_versions_come_back_beside_newer_ones(tmp_path, home: Path) -> None:
    """For a database that comes back from before a rotation."""
    old = keys.make(uuid4())
    master = (home / "keys" / "persons-master-1.key").read_text()
    key_backups.write(tmp_path / "backup")
    key_rotation.begin()
    key_rotation.finish()
    with pytest.raises(versions.SecretMissing, match="persons-master-1"):
        key_backups.read(tmp_path / "backup")
    assert keys.versions_of(old.id) == [2]
    (home / "keys" / "persons-master-1.key").write_text(master)
    key_backups.read(tmp_path / "backup")
    assert keys.fetch_version(old.id, 1) == old and keys.fetch(old.id).version == 2


def test_a_backup_under_another_master_is_refused_whole(tmp_path, lose, home: Path) -> None:
    made = keys.make(uuid4())
    key_backups.write(tmp_path / "backup")
    lose()
    (home / "keys" / "persons-master-1.key").write_text("00" * 32)
    with pytest.raises(keys.StoreBroken):
        key_backups.read(tmp_path / "backup")
    assert keys.versions_of(made.id) == []


def test_it_is_for_its_owner_and_never_overwrites(tmp_path) -> None:
    keys.make(uuid4())
    key_backups.write(tmp_path / "backup")
    assert stat.S_IMODE((tmp_path / "backup").stat().st_mode) == 0o600
    with pytest.raises(KeyBackupError, match="backup"):
        key_backups.write(tmp_path / "backup")


def test_neither_a_master_key_nor_a_destroyed_key_is_in_it(tmp_path, home: Path) -> None:
    kept, erased = keys.make(uuid4()), keys.make(uuid4())
    (wrapped,), = store.reading().execute("select wrapped from key where id = ?", [str(erased.id)])
    keys.destroy(erased.id)
    key_backups.write(tmp_path / "backup")
    content = (tmp_path / "backup").read_bytes()
    master = (home / "keys" / "persons-master-1.key").read_text().strip()
    assert str(kept.id).encode() in content
    assert all(each not in content for each in (master.encode(), bytes.fromhex(master), kept.secret, wrapped))


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + b"x" * 500])
def test_what_is_no_backup_is_refused(tmp_path, content: bytes) -> None:
    (tmp_path / "note").write_bytes(content)
    with pytest.raises(KeyBackupError, match="not a backup"):
        key_backups.read(tmp_path / "note")
    with pytest.raises(KeyBackupError):
        key_backups.read(tmp_path / "missing")
