"""The web application, served by granian (``ecoute serve``)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecoute.config.settings.base")
application = get_wsgi_application()
