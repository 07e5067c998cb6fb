"""Errors in the form that was asked for: a picture, a page in a frame, JSON or XML."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse

from votes.embed.headers import View


class Refused(Exception):
    """An answer other than 200, 400 and 404, in words; `context` is what a page tells besides."""

    def __init__(
        self, status: int, sentence: str, headers: Mapping[str, str] | None = None, **context: Any
    ) -> None:
        super().__init__(sentence)
        self.status = status
        self.headers = dict(headers or {})
        self.context = context


Answer = Callable[[HttpRequest, int, str], HttpResponse]


def refusing_as(answer: Answer) -> Callable[[View], View]:
    """Return a decorator by which a view's refusals are told by `answer`."""

    def decorator(view: View) -> View:
        @wraps(view)
        def careful(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except Http404 as error:
                return answer(request, 404, str(error))
            except BadRequest as error:
                return answer(request, 400, str(error))
            except Refused as error:
                response = answer(request, error.status, str(error))
                for name, value in error.headers.items():
                    response[name] = value
                return response

        return careful

    return decorator
