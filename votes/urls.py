"""The addresses of member states, of single votes, and of what is held of them."""

from django.urls import path

from votes import views

urlpatterns = [
    path("data/ledger/", views.ledger, name="ledger"),
    path("data/imports/<int:number>/", views.import_run, name="import"),
    path("states/", views.state_list, name="states"),
    path("states/<str:code>/", views.state, name="state"),
    path("votes/", views.vote_list, name="votes"),
    path("votes/<str:key>/", views.vote, name="vote"),
    path("votes/<str:key>/changes/", views.vote_changes, name="vote-changes"),
    path("votes/<str:key>/positions/<int:number>/", views.earlier_positions, name="vote-positions"),
]
