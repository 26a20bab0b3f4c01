"""The series methods: is this week unusual, given the weeks before and the same weeks of earlier years."""
