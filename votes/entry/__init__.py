"""The way of a vote from what an editor has at hand to a draft that can be published."""
