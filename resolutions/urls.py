"""The addresses of texts, sessions and the timeline."""

from resolutions import views
from votes.opendata.accepting import FEEDS, Form
from votes.opendata.serving import three_forms

urlpatterns = [
    *three_forms("resolutions/", views.resolution_list, "resolutions", *FEEDS),
    *three_forms(
        "resolutions/<path:symbol>/changes/", views.resolution_changes, "resolution-changes"
    ),
    *three_forms("resolutions/<path:symbol>/", views.resolution, "resolution", Form.CALENDAR),
    *three_forms("sessions/", views.session_list, "sessions"),
    *three_forms("sessions/<str:code>/", views.session, "session", *FEEDS),
    *three_forms("subjects/<str:key>/", views.subject, "subject", *FEEDS),
    *three_forms("timeline/", views.timeline, "timeline", *FEEDS, Form.CALENDAR),
]
