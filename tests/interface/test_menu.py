"""The menu fits on one line for everybody: what is done daily stands on it, the rest unfolds."""

from lokalnet.interface.menu import MOST_ON_THE_LINE, Item, menu_of


def items(*names: str) -> list[Item]:
    """Names with a plus are buttons."""
    return [Item(f"/{name}/", name.lstrip("+"), current=False, prominent=name.startswith("+")) for name in names]


def names(shown: list[Item]) -> list[str]:
    return [item.label for item in shown]


def test_the_first_entries_and_the_buttons_stand_on_the_line() -> None:
    menu = menu_of(items("day", "overview", "+share", "measures", "week", "reports", "areas"))
    assert names(menu.line) == ["day", "overview", "share", "measures", "week"]
    assert names(menu.more) == ["reports", "areas"]


def test_the_line_is_never_longer_than_it_may_be() -> None:
    many = items("a", "b", "c", "+d", "e", "f", "+g", "h", "i")
    menu = menu_of(many)
    assert len(menu.line) + 1 == MOST_ON_THE_LINE
    assert sorted(names(menu.line + menu.more)) == sorted(names(many))


def test_where_all_fit_nothing_unfolds() -> None:
    assert menu_of(items("day", "texts", "log")).more == []
    assert len(menu_of(items("a", "b", "+c", "d", "e", "f")).line) == MOST_ON_THE_LINE


def test_a_phone_keeps_the_day_and_the_button_and_unfolds_the_rest() -> None:
    menu = menu_of(items("day", "overview", "+share", "measures", "week", "reports", "areas"))
    assert names(menu.kept) == ["day", "share"]
    assert names(menu.narrow) == ["overview", "measures", "week", "reports", "areas"]


def test_with_two_buttons_the_day_unfolds_too() -> None:
    menu = menu_of(items("day", "overview", "+share", "+worry", "week"))
    assert names(menu.kept) == ["share", "worry"] and names(menu.narrow) == ["day", "overview", "week"]


def test_a_menu_of_nothing_is_nothing() -> None:
    menu = menu_of([])
    assert (menu.line, menu.more, menu.kept, menu.narrow) == ([], [], [], [])
