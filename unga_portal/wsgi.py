"""The WSGI application that gunicorn serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils import translation

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unga_portal.settings")

django = get_wsgi_application()

from unga_portal.cache.front import with_cache  # noqa: E402  # asks for models, so for Django

# Where no language was ever chosen, Django finds that out by an exception for each word of a page.
translation.activate(settings.LANGUAGE_CODE)
application = with_cache(django)
