"""Create or upgrade the database: as its owner, in a process of its own, so that ours keeps its own login."""

import os
import subprocess
import sys

from lokalnet.project import logins


class MigrationFailed(Exception):
    """A migration did not go through; what it said stands above."""


def migrate() -> None:
    environment = os.environ | {"LOKALNET_LOGIN": logins.OWNER, "DJANGO_SETTINGS_MODULE": "lokalnet.project.settings"}
    done = subprocess.run([sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity", "0"],
                          env=environment)
    if done.returncode:
        raise MigrationFailed("the database could not be migrated")
