"""The addresses of texts, sessions and the timeline."""

from django.urls import path

from resolutions import views

urlpatterns = [
    path("resolutions/", views.resolution_list, name="resolutions"),
    path("resolutions/<path:symbol>/changes/", views.resolution_changes, name="resolution-changes"),
    path("resolutions/<path:symbol>/", views.resolution, name="resolution"),
    path("sessions/", views.session_list, name="sessions"),
    path("sessions/<str:code>/", views.session, name="session"),
    path("subjects/<str:key>/", views.subject, name="subject"),
    path("timeline/", views.timeline, name="timeline"),
]
