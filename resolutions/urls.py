"""The addresses of texts, sessions and the timeline."""

from django.urls import path

from resolutions import views
from votes.opendata.serving import three_forms

urlpatterns = [
    *three_forms("resolutions/", views.resolution_list, name="resolutions"),
    path("resolutions/<path:symbol>/changes/", views.resolution_changes, name="resolution-changes"),
    *three_forms("resolutions/<path:symbol>/", views.resolution, name="resolution"),
    *three_forms("sessions/", views.session_list, name="sessions"),
    *three_forms("sessions/<str:code>/", views.session, name="session"),
    *three_forms("subjects/<str:key>/", views.subject, name="subject"),
    *three_forms("timeline/", views.timeline, name="timeline"),
]
