"""What every refusal of something entered says."""


class BrokenRule(ValueError):
    """Names the field and the rule, in the reader's words; each capability has a name of its own for it."""

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(rule)
        self.field, self.rule = field, rule


class Outdated(ValueError):
    """Changed by somebody since the form was opened: the words say by whom; `edition` is what stands now."""

    def __init__(self, words: str, edition: int) -> None:
        super().__init__(words)
        self.edition = edition
