"""Settings, read once from the environment and checked before anything starts."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

_SHORTEST_SECRET = 32


class BadSetting(Exception):
    """A setting is missing or makes no sense; the message names it."""


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
    if text is not None and not text.startswith(("smtp://", "smtps://")):
        raise BadSetting("TANDEM_SMTP_URL must begin with smtp:// or smtps://")
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
