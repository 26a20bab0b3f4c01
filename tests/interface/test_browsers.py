"""A browser is told in words, and never by what it says of itself."""

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils import translation

from lokalnet.interface.browsers import in_words
from tests.doors.people import browser

MOZILLA = "Mozilla/5.0"
WINDOWS, MAC = f"{MOZILLA} (Windows NT 10.0; Win64; x64)", f"{MOZILLA} (Macintosh; Intel Mac OS X 10_15_7)"
IPHONE, ANDROID = f"{MOZILLA} (iPhone; CPU iPhone OS 18_1 like Mac OS X)", f"{MOZILLA} (Linux; Android 10; K)"
WEBKIT, GECKO = "AppleWebKit/605.1.15 (KHTML, like Gecko)", "Gecko/20100101"
KHTML = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(("said", "words"), [
    (f"{WINDOWS} {KHTML} Chrome/131.0.0.0 Safari/537.36", "Chrome on Windows"),
    (f"{WINDOWS} {KHTML} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0", "Edge on Windows"),
    (f"{WINDOWS} {KHTML} Chrome/131.0.0.0 Safari/537.36 OPR/115.0.0.0", "Opera on Windows"),
    (f"{MOZILLA} (Windows NT 10.0; Win64; x64; rv:132.0) {GECKO} Firefox/132.0", "Firefox on Windows"),
    (f"{MOZILLA} (X11; Linux x86_64; rv:132.0) {GECKO} Firefox/132.0", "Firefox on Linux"),
    (f"{MOZILLA} (X11; CrOS x86_64 14541.0.0) {KHTML} Chrome/131.0.0.0 Safari/537.36", "Chrome on ChromeOS"),
    (f"{MAC} {WEBKIT} Version/18.1 Safari/605.1.15", "Safari on Mac"),
    (f"{IPHONE} {WEBKIT} Version/18.1 Mobile/15E148 Safari/604.1", "Safari on iPhone"),
    (f"{IPHONE} {WEBKIT} CriOS/131.0 Mobile/15E148 Safari/604.1", "Chrome on iPhone"),
    (f"{IPHONE} {WEBKIT} FxiOS/132.0 Mobile/15E148 Safari/605.1.15", "Firefox on iPhone"),
    (f"{MOZILLA} (iPad; CPU OS 17_7 like Mac OS X) {WEBKIT} Version/17.7 Mobile/15E148 Safari/604.1", "Safari on iPad"),
    (f"{ANDROID} {KHTML} Chrome/131.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
    (f"{ANDROID} {KHTML} SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36", "Samsung Internet on Android"),
    (f"{IPHONE} {WEBKIT} Mobile/15E148", "Another browser on iPhone"),
    ("curl/8.5.0", "Another browser"), ("", "Another browser")])
def test_the_usual_browsers_are_told_apart(said: str, words: str) -> None:
    with translation.override("en"):
        assert in_words(said) == words


def test_my_sessions_show_words_and_not_what_the_browser_says_of_itself(world) -> None:
    client = browser(world.anna)
    said = f"{WINDOWS} {KHTML} Chrome/131.0.0.0 Safari/537.36"
    UserSession.objects.create(user_id=world.anna.user_id, ip="127.0.0.1", user_agent=said,
                               session_key=client.cookies[settings.SESSION_COOKIE_NAME].value)
    page = client.get("/konto/sessioner/").content.decode()
    with translation.override("da"):
        assert in_words(said) in page and "AppleWebKit" not in page
