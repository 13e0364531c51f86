"""Settings, read once from the environment and checked before anything starts."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Self
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

_SHORTEST_SECRET = 32


class BadSetting(Exception):
    """A setting is missing or makes no sense; the message names it."""


class Tls(Enum):
    """Whether a connection to the mail server is encrypted."""

    FROM_START = "from_start"
    ALWAYS = "always"
    """By STARTTLS, or not at all."""
    IF_OFFERED = "if_offered"
    NEVER = "never"


@dataclass(frozen=True, kw_only=True)
class SmtpServer:
    """The mail server that mails are handed to."""

    host: str
    port: int
    tls: Tls
    user: str = ""
    password: str = ""
    ca_file: Path | None = None
    """Who signs its certificate, where that is not one of the authorities known anyway."""

    @classmethod
    def from_url(cls, url: str) -> Self:
        """Read ``smtp://user:word@host:587?tls=always&ca=/path`` or ``smtps://...``.

        Raises
        ------
        BadSetting
            If it makes no sense, or would send a password in the clear.
        """
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query, keep_blank_values=True))
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        secure = parts.scheme == "smtps"
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise BadSetting("TANDEM_SMTP_URL must be like smtp://user:word@host:587 or smtps://")
        if options.keys() - {"tls", "ca"} or (secure and "tls" in options):
            raise BadSetting("TANDEM_SMTP_URL knows ?ca= and, with smtp://, ?tls=")
        tls = Tls.FROM_START if secure else _tls(options.get("tls"), has_password=bool(user))
        return cls(
            host=parts.hostname,
            port=_smtp_port(parts, default=465 if secure else 587 if user else 25),
            tls=tls,
            user=user,
            password=password,
            ca_file=Path(options["ca"]) if options.get("ca") else None,
        )


def _tls(option: str | None, *, has_password: bool) -> Tls:
    """Return how to encrypt; a password never travels in the clear."""
    if option is None:
        return Tls.ALWAYS if has_password else Tls.IF_OFFERED
    if option not in {"always", "if_offered", "never"}:
        raise BadSetting("TANDEM_SMTP_URL: ?tls= is always, if_offered or never")
    if has_password and option != "always":
        raise BadSetting("TANDEM_SMTP_URL has a password: leave ?tls= out, or say ?tls=always")
    return Tls(option)


def _smtp_port(parts: SplitResult, *, default: int) -> int:
    try:
        return parts.port or default
    except ValueError as error:
        raise BadSetting("TANDEM_SMTP_URL: the port is a number up to 65535") from error


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that differs between one deployment and another."""

    secret_key: str
    database_url: str
    instance: Path = Path("instance")
    production: bool = False
    public_base_url: str = "http://127.0.0.1:5000"
    trusted_hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    smtp_url: str | None = None
    mail_from: str = "Tandem <tandem@localhost>"
    lease_seconds: float = 15.0
    testing: bool = False

    @property
    def is_https(self) -> bool:
        """Whether people reach this service over https."""
        return self.public_base_url.startswith("https://")

    @property
    def shows_mail(self) -> bool:
        """Whether mails may be read at ``/dev/mail``: only where none can leave."""
        return not self.production and self.smtp_url is None

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> Self:
        """Read the settings; the embedded default needs none.

        Raises
        ------
        BadSetting
            If one is missing in production, or is not what it should be.
        """
        instance = Path(env.get("TANDEM_INSTANCE", "instance")).resolve()
        production = env.get("TANDEM_ENV", "embedded") == "production"
        base = env.get("TANDEM_PUBLIC_BASE_URL")
        hosts = tuple(filter(None, env.get("TANDEM_TRUSTED_HOSTS", "").split(",")))
        if production and base is None:
            raise BadSetting(
                "TANDEM_PUBLIC_BASE_URL is missing, for example https://tandem.example"
            )
        if production and not hosts:
            raise BadSetting("TANDEM_TRUSTED_HOSTS is missing, for example tandem.example")
        if production and "TANDEM_SMTP_URL" not in env:
            raise BadSetting("TANDEM_SMTP_URL is missing, for example smtp://user:word@host:587")
        return cls(
            secret_key=_secret_key(env, instance, production=production),
            database_url=env.get("TANDEM_DATABASE_URL", f"sqlite:///{instance / 'tandem.sqlite'}"),
            instance=instance,
            production=production,
            public_base_url=_base_url(base or f"http://127.0.0.1:{env.get('TANDEM_PORT', '5000')}"),
            trusted_hosts=hosts or cls.trusted_hosts,
            smtp_url=_smtp_url(env.get("TANDEM_SMTP_URL")),
            mail_from=env.get("TANDEM_MAIL_FROM", cls.mail_from),
            lease_seconds=_seconds(env, "TANDEM_LEASE_SECONDS", cls.lease_seconds),
        )


def _secret_key(env: Mapping[str, str], instance: Path, *, production: bool) -> str:
    given = env.get("TANDEM_SECRET_KEY")
    if given is None and not production:
        return _generated_key(instance / "secret_key")
    if given is None or len(given) < _SHORTEST_SECRET:
        raise BadSetting(f"TANDEM_SECRET_KEY needs at least {_SHORTEST_SECRET} random characters")
    return given


def _generated_key(path: Path) -> str:
    """Return the key kept in ``path``; make one, readable by its owner alone, the first time."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise BadSetting(f"TANDEM_PUBLIC_BASE_URL must be an http(s) address, not {text!r}")
    return text.rstrip("/")


def _smtp_url(text: str | None) -> str | None:
    if text:
        SmtpServer.from_url(text)
    return text or None


def _seconds(env: Mapping[str, str], name: str, default: float) -> float:
    text = env.get(name, str(default))
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise BadSetting(f"{name} must be a number of seconds above 0, not {text!r}")
    return seconds
