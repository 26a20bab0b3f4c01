"""What every refusal of something entered says."""


class BrokenRule(ValueError):
    """Names the field and the rule, in the reader's words; each capability has a name of its own for it."""

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(rule)
        self.field, self.rule = field, rule
