"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

from unga_portal import data, views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("resolutions.urls")),
    path("", include("votes.urls")),
    path("about/", views.about, name="about"),
    path("data/", data.data, name="data"),
    path("data/packs/<str:name>/<path:file>", data.pack_file, name="pack-file"),
    path("health/", views.health, name="health"),
    path("admin/", admin.site.urls),
]
handler400 = "unga_portal.views.bad_request"
handler404 = "unga_portal.views.page_not_found"
handler500 = "unga_portal.views.server_error"
