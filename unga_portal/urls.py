"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

from unga_portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("resolutions.urls")),
    path("", include("votes.urls")),
    path("api/", include("votes.api.urls")),
    path("about/", views.about, name="about"),
    path("health/", views.health, name="health"),
    path("admin/", admin.site.urls),
]
handler400 = "unga_portal.views.bad_request"
handler404 = "unga_portal.views.page_not_found"
handler500 = "unga_portal.views.server_error"
