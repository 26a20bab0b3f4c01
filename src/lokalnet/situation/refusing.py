"""What was entered cannot be taken."""


class BadReport(ValueError):
    """Names the field and the rule."""

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(rule)
        self.field, self.rule = field, rule
