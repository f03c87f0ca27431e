"""A page that stands on nothing: one sentence for somebody who was not let in, or where there is no data to open."""

from html import escape

from starlette.responses import HTMLResponse, Response

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>outgrow: a message</title>
<link rel="icon" href="data:,">
</head>
<body><main><h1>outgrow</h1><p>{}</p></main></body>
</html>
"""


def page(sentence: str, status: int) -> Response:
    """Answer with a sentence, which is escaped; it is read without a style sheet, since none would be let through."""
    return HTMLResponse(_PAGE.format(escape(sentence)), status)
