"""Every door of the service, found by walking the URL resolver: each pattern with each method that it answers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.views.generic.edit import ProcessFormView

UNSAID = ("GET", "POST")  # a view that does not say which methods it takes is tried with both
ASKED = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, order=True)
class Found:
    pattern: str
    method: str


def every_door() -> list[Found]:
    return sorted(set(_walk(get_resolver().url_patterns, "")))


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[Found]:
    for each in patterns:
        pattern = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, pattern)
        else:
            yield from (Found(pattern, method) for method in methods_of(each.callback))


def methods_of(view: Callable[..., Any]) -> tuple[str, ...]:
    """The methods that a view answers: by the API's operations, by its class, by `require_http_methods`."""
    operations = _operations(view)
    if operations:
        return operations
    view_class = getattr(view, "view_class", None)
    if view_class:
        return tuple(method for method in ASKED if method.lower() in view_class.http_method_names
                     and hasattr(view_class, method.lower()) and not _is_post_again(view_class, method))
    named = _required_methods(view)
    return tuple(method for method in ASKED if method in named) if named else UNSAID


def _is_post_again(view_class: Any, method: str) -> bool:
    """Django's form views answer PUT by calling their own `post`."""
    return method == "PUT" and view_class.put is getattr(ProcessFormView, "put", None)


def _operations(view: Callable[..., Any]) -> tuple[str, ...]:
    """django-ninja's view is bound to, or a closure over, the path's view, which knows its operations."""
    held = [getattr(view, "__self__", None), *(cell.cell_contents for cell in getattr(view, "__closure__", None) or ())]
    for path_view in held:
        if isinstance(getattr(path_view, "operations", None), list):
            return tuple(sorted({method for operation in path_view.operations for method in operation.methods}))
    return ()


def _required_methods(view: Any) -> list[str]:
    while view is not None:
        code = getattr(view, "__code__", None)
        if code and "request_method_list" in code.co_freevars:
            held: list[str] = view.__closure__[code.co_freevars.index("request_method_list")].cell_contents
            return held
        view = getattr(view, "__wrapped__", None)
    return []
