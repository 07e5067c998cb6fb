"""The addresses of pictures, frames and oEmbed."""

from django.urls import path

from votes.embed import oembed, views

PICTURE = "embed/votes/<str:key>/<str:chart>"

urlpatterns = [
    path("embed/votes/<str:key>/", views.frame, name="embed"),
    path(f"{PICTURE}.svg", views.picture, {"form": "svg"}, name="embed-svg"),
    path(f"{PICTURE}.png", views.picture, {"form": "png"}, name="embed-png"),
    path("share/votes/<str:key>.png", views.card, name="share-card"),
    path("share/votes/<str:key>/", views.share, name="share"),
    path("oembed", oembed.oembed, name="oembed"),
]
