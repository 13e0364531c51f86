"""What every answer tells the browser, whatever it is (TRUST C1, C2, C4, C6)."""

import pytest
from werkzeug.exceptions import ImATeapot

from tandem.app import create_app
from tandem.config import Settings
from tandem.web.access import Access, access

BASE = "https://tandem.example"


@pytest.fixture(scope="module")
def public(databases):
    """The app as it runs behind https, with a view that breaks."""
    settings = Settings(
        secret_key="k" * 40,
        database_url=databases.fresh("sqlite"),
        production=True,
        public_base_url="https://tandem.example",
        trusted_hosts=("tandem.example",),
        smtp_url="smtp://localhost:25",
    )
    app = create_app(settings)

    @access(Access.PUBLIC)
    def broken():
        raise ZeroDivisionError

    @access(Access.PUBLIC)
    def teapot():
        raise ImATeapot

    app.add_url_rule("/broken", "broken", broken)
    app.add_url_rule("/teapot", "teapot", teapot)
    app.extensions["tandem.access"].update({"broken": Access.PUBLIC, "teapot": Access.PUBLIC})
    return app


@pytest.fixture
def visitor(public):
    return public.test_client()


def ask(visitor, path, method="GET", **values):
    return visitor.open(path, method=method, base_url=BASE, buffered=True, **values)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/healthz", 200),
        ("GET", "/sign-in", 200),
        ("GET", "/nowhere/home", 404),
        ("POST", "/healthz", 405),
        ("POST", "/sign-out", 400),
        ("GET", "/teapot", 418),
        ("GET", "/broken", 500),
        ("GET", "/static/tandem.css", 200),
        ("GET", "/static/nothing.css", 404),
    ],
)
def test_every_answer_carries_the_headers(visitor, method, path, status):
    answer = ask(visitor, path, method)
    assert answer.status_code == status
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "img-src 'self' data:" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    kept = "max-age" in answer.headers["Cache-Control"]
    assert kept == (path.startswith("/static/") and status == 200)


def test_static_files_by_their_mark_are_kept_for_a_year(visitor):
    page = ask(visitor, "/sign-in").text
    address = page.partition('href="/static/')[2].partition('"')[0].replace("&amp;", "&")
    answer = ask(visitor, f"/static/{address}")
    assert "immutable" in answer.headers["Cache-Control"]


def test_the_session_cookie_is_bound_to_host_and_https(visitor):
    cookie = ask(visitor, "/sign-in").headers["Set-Cookie"]
    assert cookie.startswith("__Host-tandem=")
    for mark in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert mark in cookie
    assert "Domain" not in cookie


def test_the_choice_of_a_language_is_kept_safely(visitor):
    answer = ask(visitor, "/sign-in?lang=en")
    [cookie] = [each for each in answer.headers.getlist("Set-Cookie") if "language" in each]
    for mark in ("Secure", "HttpOnly", "SameSite=Lax"):
        assert mark in cookie
    assert 'lang="en"' in answer.text
    assert 'lang="en"' in ask(visitor, "/sign-in").text
    assert 'lang="de"' in ask(visitor, "/sign-in?lang=de").text


def test_another_host_is_not_answered(visitor):
    assert visitor.get("/healthz", base_url="https://evil.example").status_code == 400


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out"])
def test_a_form_without_its_token_is_refused(visitor, path):
    answer = ask(visitor, path, "POST", data={"email": "a@b.example", "password": "x"})
    assert answer.status_code == 400
    assert "csrf" not in answer.text.lower()


def test_what_cannot_be_decoded_is_refused(visitor):
    assert ask(visitor, "/sign-in?next=%ff").status_code == 400
    assert ask(visitor, "/sign-in?next=%00").status_code == 400
    assert ask(visitor, "/dev/%ff").status_code in {400, 404}
    assert ask(visitor, "/%ff/").status_code == 404
    assert ask(visitor, "/%00/").status_code == 404
    answer = ask(visitor, "/sign-in", "POST", data=b"email=%ff", content_type=
                 "application/x-www-form-urlencoded")  # fmt: skip
    assert answer.status_code == 400


def test_too_much_is_refused(visitor):
    answer = ask(visitor, "/sign-in", "POST", data={"email": "x" * 100_000})
    assert answer.status_code == 413


def test_nothing_of_the_demo_exists_in_production(visitor):
    assert ask(visitor, "/dev/mail/").status_code == 404


def test_styles_are_sent_compressed(visitor):
    answer = ask(visitor, "/static/tandem.css", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) < 20_000
