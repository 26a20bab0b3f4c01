"""A form that is taken: the act is done, or the form says why not and keeps what was typed."""

from collections.abc import Callable

from django import forms

from lokalnet.foundation.rules import BrokenRule, Outdated


def taken(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether the form was right and the act was done; else the form says what is wrong."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except BrokenRule as problem:
        form.add_error(problem.field, str(problem))
    except Outdated as problem:
        form.add_error(None, str(problem))
        form.data = dict(form.data.items()) | {"edition": str(problem.edition)}  # sent from what stands the next time
    return not form.errors


def edition_of(form: forms.Form) -> int:
    """What the form was opened on; 0 where nothing stood."""
    return form.cleaned_data["edition"] or 0
