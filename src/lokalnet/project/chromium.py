"""Find a Chromium for browser tests and screenshots: the machine's own, never one from a browser vendor's CDN.

Playwright's download is not used: what drives our pages is the distribution's package, as its users have it.
"""

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# WebGL without a graphics card, for the map; and no conversation of the browser's own with its maker.
FLAGS = (
    "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    "--disable-quic", "--disable-dev-shm-usage",
)


def find() -> str | None:
    """The program: LOKALNET_CHROMIUM, which has to be right when it is set, else the first of NAMES on PATH."""
    chosen = os.environ.get("LOKALNET_CHROMIUM")
    if chosen:
        return shutil.which(chosen)
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def ensure() -> str | None:
    """The program, installed from the distribution if root may; None when there is none to be had.

    A caller that gets None says `missing()` and counts as incomplete, not as passed.
    """
    found = find()
    if found or os.environ.get("LOKALNET_CHROMIUM") or not _can_install():
        return found
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "-qq", "update"], ["apt-get", "-qq", "install", "-y", "chromium"]):
        if subprocess.run(command, env=environment, capture_output=True).returncode:
            return None
    return find()


def missing() -> str:
    """Why there is no Chromium, and what to do about it."""
    if chosen := os.environ.get("LOKALNET_CHROMIUM"):
        return f"LOKALNET_CHROMIUM: {chosen} is no program"
    return "Chromium is missing: apt-get install chromium, or name one in LOKALNET_CHROMIUM"


def _can_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None
