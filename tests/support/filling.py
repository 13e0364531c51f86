"""Fill in a form of a page as a browser would, and send it."""

from typing import Any

from werkzeug.test import TestResponse

from tests.support.pages import PageClient, find_form, parse


def submit(
    client: PageClient,
    url: str,
    data: dict[str, Any] | None = None,
    *,
    action: str = "",
    follow: bool = True,
) -> TestResponse:
    """Send the form at ``url``; fields that ``data`` does not mention keep what they hold."""
    form = find_form(parse(client.get(url).text), action)
    target = action or form.get("action") or url
    return client.post(target, data=_values(form) | (data or {}), follow_redirects=follow)


def _values(form: Any) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for control in form.iter():
        name = control.get("name")
        if control.tag in {"input", "textarea", "select"} and name:
            values |= {name: sent} if (sent := _sent(control, values.get(name))) else {}
    return values


def _sent(control: Any, before: Any) -> Any:
    if control.tag == "textarea":
        return (control.text or "").lstrip("\n")
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None]
        return [option.get("value") for option in chosen or options[:1]]
    if control.get("type") in {"checkbox", "radio"}:
        ticked = [control.get("value", "on")] if control.get("checked") is not None else []
        return [*(before or []), *ticked]
    return control.get("value", "")
