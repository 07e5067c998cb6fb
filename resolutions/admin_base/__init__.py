"""What the doors for editors share: only `resolutions.admin` and `votes.admin` use it."""
