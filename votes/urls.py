"""The addresses of member states, of single votes, and of what is held of them."""

from votes import views
from votes.opendata.accepting import FEEDS
from votes.opendata.serving import three_forms

urlpatterns = [
    *three_forms("data/ledger/", views.ledger, "ledger"),
    *three_forms("data/imports/", views.import_list, "imports"),
    *three_forms("data/imports/<int:number>/", views.import_run, "import"),
    *three_forms("states/", views.state_list, "states"),
    *three_forms("states/<str:code>/", views.state, "state", *FEEDS),
    *three_forms("votes/", views.vote_list, "votes", *FEEDS),
    *three_forms("votes/<str:key>/", views.vote, "vote"),
    *three_forms("votes/<str:key>/changes/", views.vote_changes, "vote-changes"),
    *three_forms(
        "votes/<str:key>/positions/<int:number>/", views.earlier_positions, "vote-positions"
    ),
]
