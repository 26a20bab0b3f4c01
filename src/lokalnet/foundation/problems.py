"""Errors of the API: one shape, naming field and rule (after RFC 9457)."""

from ninja import Schema


class FieldProblem(Schema):
    field: str
    rule: str


class ProblemSchema(Schema):
    title: str
    errors: list[FieldProblem]


class Problem(Exception):
    """An answer with a status, a field and a rule."""

    def __init__(self, status: int, field: str, rule: str) -> None:
        super().__init__(rule)
        self.status, self.field, self.rule = status, field, rule
