"""The addresses of member states, of single votes, and of what is held of them."""

from django.urls import path

from votes import views
from votes.opendata.accepting import FEEDS
from votes.opendata.serving import three_forms

urlpatterns = [
    path("data/ledger/", views.ledger, name="ledger"),
    path("data/imports/<int:number>/", views.import_run, name="import"),
    *three_forms("states/", views.state_list, "states"),
    *three_forms("states/<str:code>/", views.state, "state", *FEEDS),
    *three_forms("votes/", views.vote_list, "votes", *FEEDS),
    *three_forms("votes/<str:key>/", views.vote, "vote"),
    *three_forms("votes/<str:key>/changes/", views.vote_changes, "vote-changes"),
    path("votes/<str:key>/positions/<int:number>/", views.earlier_positions, name="vote-positions"),
]
