"""Keys are made once, whoever comes first."""

import stat
from concurrent.futures import ThreadPoolExecutor

from lokalnet.foundation.home import secret


def test_many_who_ask_at_once_get_one_whole_key(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("LOKALNET_HOME", str(tmp_path))
    with ThreadPoolExecutor(16) as pool:
        for name in map(str, range(40)):
            keys = set(pool.map(secret, [name] * 16))
            assert len(keys) == 1 and len(keys.pop()) == 32
    made = list((tmp_path / "keys").iterdir())
    assert len(made) == 40 and {stat.S_IMODE(each.stat().st_mode) for each in made} == {0o600}
