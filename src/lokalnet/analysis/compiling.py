"""Compile a kernel: kept on disk between runs, and without Python's lock, so that threads run side by side.

A kernel takes arrays and numbers only, and stands beside a readable numpy version that is its test.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


def compiled(kernel: Kernel) -> Kernel:
    """Division by zero gives inf or nan, as in numpy. Sums stay in the order in which they are written."""
    return cast(Kernel, numba.njit(cache=True, nogil=True, error_model="numpy")(kernel))
