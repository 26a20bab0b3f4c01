"""Links in mail begin where members find the service; a wrong setting stops the start with its name."""

import pytest

from lokalnet.project.configuration import address


@pytest.mark.parametrize(("url", "said"), [
    ("https://lokalnet.example", "https://lokalnet.example"), ("https://lokalnet.example/", "https://lokalnet.example"),
    ("http://127.0.0.1:8111", "http://127.0.0.1:8111"), ("", "https://en.example")])
def test_what_is_set_or_the_first_host(url: str, said: str) -> None:
    assert address(url, ["en.example", "to.example"], scheme="https") == said


@pytest.mark.parametrize("url", ["lokalnet.example", "ftp://lokalnet.example", "https://", "https://a.example/under",
                                 "https://a.example?x=1"])
def test_what_is_no_address_stops_the_start(url: str) -> None:
    with pytest.raises(SystemExit, match="LOKALNET_ADDRESS"):
        address(url, ["en.example"], scheme="https")
