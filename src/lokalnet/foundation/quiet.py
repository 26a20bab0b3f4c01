"""Keep what people wrote out of the process log: an error names where it happened, never the values.

(Engineering 17: failing rows and parameters hold personal data.)
"""

import logging
import traceback


class NoContent(logging.Filter):
    """Replace an exception's message, which may quote a row, by its kind and its frames."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            frames = "".join(traceback.format_tb(trace))
            record.exc_text = f"{kind.__module__}.{kind.__qualname__}\n{frames}"
            record.exc_info = None
        return True
