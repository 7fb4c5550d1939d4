"""Two hundred people at once for fifty seats: on the embedded database here, on PostgreSQL in tests/services."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from cms.campaigns.events.models import Registration


@pytest.mark.django_db
def test_two_hundred_at_once_get_fifty_seats(tmp_path: Path):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has its own test in tests/services")
    # The test's own database lives in memory: the crowd gets a copy of it as a file. Nothing was written
    # yet, so ending the test's transaction keeps nothing; with it open the copy would wait for ever.
    connection.connection.commit()
    target = sqlite3.connect(tmp_path / "crowd.sqlite3")
    connection.connection.backup(target)
    target.close()
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'crowd.sqlite3'}",
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
    }
    command = [sys.executable, "-m", "tests.campaigns.crowd"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.split() == ["50", "150", "50", "125"]
    assert not Registration.objects.exists()
