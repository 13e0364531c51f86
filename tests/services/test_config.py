"""Settings: none needed to begin with, and production refuses what would be unsafe."""

import pytest

from tandem.config import BadSetting, Settings

PRODUCTION = {
    "TANDEM_ENV": "production",
    "TANDEM_SECRET_KEY": "k" * 32,
    "TANDEM_PUBLIC_BASE_URL": "https://tandem.example/",
    "TANDEM_TRUSTED_HOSTS": "tandem.example,www.tandem.example",
    "TANDEM_SMTP_URL": "smtps://user:word@mail.example:465",
}


def test_the_embedded_default_makes_its_own_key_once(tmp_path):
    first = Settings.from_env({"TANDEM_INSTANCE": str(tmp_path)})
    assert first.secret_key == Settings.from_env({"TANDEM_INSTANCE": str(tmp_path)}).secret_key
    assert len(first.secret_key) >= 32
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
    assert first.database_url == f"sqlite:///{tmp_path / 'tandem.sqlite'}"
    assert first.shows_mail
    assert not first.is_https


def test_production_takes_what_it_is_given(tmp_path):
    settings = Settings.from_env(PRODUCTION | {"TANDEM_INSTANCE": str(tmp_path)})
    assert settings.production
    assert settings.is_https
    assert not settings.shows_mail
    assert settings.public_base_url == "https://tandem.example"
    assert settings.trusted_hosts == ("tandem.example", "www.tandem.example")
    assert not (tmp_path / "secret_key").exists()


@pytest.mark.parametrize("name", sorted(PRODUCTION.keys() - {"TANDEM_ENV"}))
def test_production_refuses_to_start_without(tmp_path, name):
    env = {key: value for key, value in PRODUCTION.items() if key != name}
    with pytest.raises(BadSetting, match=name):
        Settings.from_env(env | {"TANDEM_INSTANCE": str(tmp_path)})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TANDEM_SECRET_KEY", "short"),
        ("TANDEM_PUBLIC_BASE_URL", "tandem.example"),
        ("TANDEM_PUBLIC_BASE_URL", "ftp://tandem.example"),
        ("TANDEM_PUBLIC_BASE_URL", "https://tandem.example?x=1"),
        ("TANDEM_SMTP_URL", "mail.example"),
        ("TANDEM_LEASE_SECONDS", "0"),
        ("TANDEM_LEASE_SECONDS", "nan"),
        ("TANDEM_LEASE_SECONDS", "soon"),
    ],
)
def test_a_setting_that_makes_no_sense_stops_the_start(tmp_path, name, value):
    with pytest.raises(BadSetting, match=name):
        Settings.from_env(PRODUCTION | {"TANDEM_INSTANCE": str(tmp_path), name: value})
