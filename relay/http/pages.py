"""Pages: Jinja2 templates with the texts of the reader's language."""

from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from protocol import VERSION, catalogue
from relay.http.drawing import drawn
from relay.http.language import language_of


class Pages:
    """The templates in `folder`, for one organisation."""

    def __init__(self, folder: Path, organisation: str) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
        )
        self._templates.filters["drawn"] = drawn
        self._organisation = organisation
        self._catalogues = {one: catalogue.load(one) for one in catalogue.LANGUAGES}

    def texts(self, request: web.Request) -> catalogue.Catalogue:
        """The texts in the language the request asks for."""
        return self._catalogues[language_of(request.headers.get("Accept-Language", ""))]

    def render(
        self,
        request: web.Request,
        template: str,
        /,
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
        **fields: object,
    ) -> web.Response:
        """The page of `template` in the reader's language, with what its template adds.

        A `look` (`relay.http.portal_look.Look`) among the fields is that of a portal, whose name
        then stands for the organisation's.
        """
        texts = self.texts(request)
        known = {"organisation": self._organisation, "look": None, "version": VERSION}
        html = self._templates.get_template(f"{template}.html").render(
            known | {"t": texts, "language": texts.language} | fields
        )
        response = web.Response(
            text=html, status=status, headers=headers, content_type="text/html", charset="utf-8"
        )
        response.headers["Content-Language"] = texts.language
        response.headers["Vary"] = "Accept-Language"
        return response


def see_other(path: str) -> web.Response:
    """303: go on there with a GET."""
    return web.Response(status=303, headers={"Location": path})
