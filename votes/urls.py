"""The addresses of member states and single votes."""

from django.urls import path

from votes import views
from votes.opendata.serving import three_forms

urlpatterns = [
    *three_forms("states/", views.state_list, name="states"),
    *three_forms("states/<str:code>/", views.state, name="state"),
    *three_forms("votes/", views.vote_list, name="votes"),
    *three_forms("votes/<str:key>/", views.vote, name="vote"),
    path("votes/<str:key>/changes/", views.vote_changes, name="vote-changes"),
    path("votes/<str:key>/positions/<int:number>/", views.earlier_positions, name="vote-positions"),
]
