"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

from unga_portal import data, sitemap, views
from votes.opendata.serving import three_forms

urlpatterns = [
    *three_forms("", views.home, "home"),
    path("", include("resolutions.urls")),
    path("", include("votes.urls")),
    path("", include("votes.embed.urls")),
    path("api/", include("votes.api.urls")),
    *three_forms("about/", views.about, "about"),
    *three_forms("data/", data.data, "data"),
    path("data/packs/newest/<path:file>", data.newest_file, name="newest-file"),
    path("data/packs/<str:name>/<path:file>", data.pack_file, name="pack-file"),
    path("health/", views.health, name="health"),
    path("admin/", admin.site.urls),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-<slug:name>-<int:number>.xml", sitemap.part, name="sitemap-part"),
    path("robots.txt", sitemap.robots, name="robots"),
]
handler400 = "unga_portal.views.bad_request"
handler404 = "unga_portal.views.page_not_found"
handler500 = "unga_portal.views.server_error"
