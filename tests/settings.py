"""The portal's settings under test: nothing comes from the shell but DATABASE_URL."""

import os
import tempfile
from pathlib import Path

os.environ |= {
    "DEBUG": "0",
    "HTTPS": "0",
    "SECRET_KEY": "only-for-tests-" * 5,
    # Nothing is there: a test that needs files brings them.
    "VAR_DIR": str(Path(tempfile.gettempdir()) / "unga-portal-tests-have-no-var"),
    "ALLOWED_HOSTS": "",
    "CSRF_TRUSTED_ORIGINS": "",
    "BEHIND_PROXY": "",
    "HSTS_SECONDS": "",
    "ALLOW_SELF_PUBLISHING": "",
    "LOG_LEVEL": "WARNING",
    "PICTURE_SECONDS": "0",
}

from unga_portal.settings import *  # noqa: F403
from unga_portal.settings import STORAGES

# Static files straight from their folders, so that no test waits for collectstatic.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# To publish takes no time where no other process serves the same database.
DATA_VERSION_LEASE = 0
