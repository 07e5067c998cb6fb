"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unga_portal.settings")

django = get_wsgi_application()

from unga_portal.cache.front import with_cache  # noqa: E402  # asks for models, so for Django

application = with_cache(django)
