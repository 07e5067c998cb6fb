"""Pictures of single votes, drawn here as SVG and PNG, to stand on other people's pages."""
