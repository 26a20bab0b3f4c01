"""The engine stands alone: it needs no Django and no database."""

import subprocess
import sys


def test_no_module_of_the_engine_brings_django_or_a_database_along() -> None:
    said = subprocess.run([sys.executable, "-c", (
        "import importlib, pkgutil, sys, lokalnet.analysis as engine\n"
        "for found in pkgutil.walk_packages(engine.__path__, engine.__name__ + '.'):\n"
        "    importlib.import_module(found.name)\n"
        "heavy = {'django', 'psycopg', 'pandas', 'distributed'}\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & heavy))\n"
        "print(sorted(name for name in sys.modules if name.startswith('lokalnet.') and '.analysis' not in name))")],
        capture_output=True, text=True, check=True).stdout.split("\n")
    assert said[:2] == ["[]", "[]"]
