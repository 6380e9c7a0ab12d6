"""Settings: what is said where, and the secrets that nobody says."""

import stat
from itertools import count

import pytest

from bot.settings import BadSetting, load_settings


def load(root, environ=None):
    numbers = count(1)
    return load_settings(environ or {}, root=root, draw=lambda: f"drawn-{next(numbers)}")


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path):
    (tmp_path / ".env").write_text("# ours\nNONAME_PORT = '9000'\nNONAME_HOST=0.0.0.0\n")
    settings = load(tmp_path, {"NONAME_PORT": "9100"})
    assert (settings.host, settings.port, settings.rasa_port) == ("0.0.0.0", 9100, 5005)


def test_a_secret_is_drawn_once_and_kept_for_this_account_alone(tmp_path):
    first, second = load(tmp_path), load(tmp_path)
    assert first.pepper == second.pepper, "a pepper that changes makes every stored hash worthless"
    assert len({first.pepper, first.session_key, first.action_token, first.rasa_auth_token}) == 4
    for file in (tmp_path / "var" / "secrets").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, f"{file.name} can be read by others"


def test_a_secret_that_is_given_is_not_written_down(tmp_path):
    assert load(tmp_path, {"NONAME_PEPPER": "given"}).pepper == "given"
    assert not (tmp_path / "var" / "secrets" / "pepper").exists()


def test_settings_do_not_show_their_secrets(tmp_path):
    settings = load(tmp_path, {"NONAME_DATABASE_URL": "postgresql://us:word@host/db"})
    shown = repr(settings)
    assert "drawn" not in shown, "a secret would stand in a log"
    assert "word" not in shown, "a database password would stand in a log"


def test_rasa_and_the_actions_are_reached_on_loopback_wherever_we_listen(tmp_path):
    settings = load(tmp_path, {"NONAME_HOST": "0.0.0.0", "NONAME_PORT": "8080"})
    assert settings.url == "http://127.0.0.1:8080"
    assert settings.rasa_url == "http://127.0.0.1:5005"
    assert settings.action_url == "http://127.0.0.1:8080/rasa/webhook"


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "http"), ("PORT", "0"), ("PORT", "65536"), ("RASA_PORT", "-1"), ("DEMO", "perhaps")],
)
def test_a_value_that_means_nothing_is_refused_by_its_name(tmp_path, name, value):
    with pytest.raises(BadSetting, match=f"NONAME_{name}"):
        load(tmp_path, {f"NONAME_{name}": value})


def test_the_folder_for_what_is_written_may_have_blanks_and_is_private(tmp_path):
    settings = load(tmp_path, {"NONAME_VAR": str(tmp_path / "a b" / "var")})
    assert settings.database_url == f"sqlite:///{tmp_path}/a b/var/noname.db"
    assert stat.S_IMODE(settings.var.stat().st_mode) == 0o700


def test_talks_are_forgotten_after_a_day_and_records_are_kept_unless_it_is_said(tmp_path):
    assert (load(tmp_path).forget_hours, load(tmp_path).keep_days) == (24, None)
    said = load(tmp_path, {"NONAME_FORGET_HOURS": "2", "NONAME_KEEP_DAYS": "365"})
    assert (said.forget_hours, said.keep_days) == (2, 365)


@pytest.mark.parametrize("typed", ["0", "-1", "1.5", "never"])
def test_a_time_that_means_nothing_is_refused(tmp_path, typed):
    for name in ("NONAME_FORGET_HOURS", "NONAME_KEEP_DAYS"):
        with pytest.raises(BadSetting):
            load(tmp_path, {name: typed})


def test_nobody_signs_in_elsewhere_unless_it_is_said(tmp_path):
    settings = load(tmp_path)
    assert (settings.oidc_issuer, settings.oidc_client_secret_file) == ("", None)
    said = {"NONAME_OIDC_ISSUER": "https://id.council.example", "NONAME_OIDC_CLIENT_ID": "noname"}
    settings = load(tmp_path, said)
    assert (settings.oidc_issuer, settings.oidc_client_id, settings.oidc_login_claim) == (*said.values(), "email")


@pytest.mark.parametrize(
    "changed",
    [
        {"OIDC_ISSUER": ""},
        {"OIDC_CLIENT_ID": ""},
        {"OIDC_ISSUER": "http://id.council.example"},
        {"OIDC_ISSUER": "id.council.example"},
        {"OIDC_CLIENT_SECRET_FILE": "not-there"},
    ],
)
def test_half_a_sign_in_elsewhere_or_one_without_https_is_refused(tmp_path, changed):
    said = {"OIDC_ISSUER": "https://id.council.example", "OIDC_CLIENT_ID": "noname"} | changed
    with pytest.raises(BadSetting, match="NONAME_OIDC"):
        load(tmp_path, {f"NONAME_{name}": value for name, value in said.items()})


def with_token(root, **said):
    (root / "token").write_text("123456:secret-token\n")
    return {"NONAME_TELEGRAM_TOKEN_FILE": "token", **{f"NONAME_TELEGRAM_{k}": v for k, v in said.items()}}


def test_there_is_no_telegram_unless_a_token_is_given_and_the_token_is_not_shown(tmp_path):
    assert load(tmp_path).telegram is None
    settings = load(tmp_path, with_token(tmp_path, NAME="@noname_bot"))
    telegram = settings.telegram
    assert (telegram.token, telegram.name, telegram.is_called) == ("123456:secret-token", "noname_bot", False)
    assert telegram.delete_hours == 24
    assert settings.telegram_secret == load(tmp_path).telegram_secret, "drawn once"
    assert "secret-token" not in repr(settings)


def test_updates_are_brought_only_where_the_way_is_encrypted(tmp_path):
    said = with_token(tmp_path, MODE="webhook")
    with pytest.raises(BadSetting, match="TELEGRAM_MODE"):
        load(tmp_path, said)
    assert load(tmp_path, said | {"NONAME_PUBLIC_URL": "https://noname.example"}).telegram.is_called


@pytest.mark.parametrize(
    ("name", "value"),
    [("TOKEN_FILE", "nowhere"), ("MODE", "post"), ("API", "http://api.example"), ("DELETE_HOURS", "48"),
     ("DELETE_HOURS", "0"), ("DELETE_HOURS", "soon"), ("NAME", "https://t.me/noname_bot"), ("NAME", "no name bot")],
)  # fmt: skip
def test_a_bot_that_cannot_be_is_refused_by_the_settings_name(tmp_path, name, value):
    with pytest.raises(BadSetting, match=f"TELEGRAM_{name}") as refused:
        load(tmp_path, with_token(tmp_path, **{name: value}))
    assert "secret-token" not in str(refused.value)


@pytest.mark.parametrize("written", ["", "hello", "123456", "a:secret-token", "123456:secret token"])
def test_a_file_that_holds_no_token_is_refused_and_not_quoted(tmp_path, written):
    said = with_token(tmp_path)
    (tmp_path / "token").write_text(written)
    with pytest.raises(BadSetting, match="TELEGRAM_TOKEN_FILE") as refused:
        load(tmp_path, said)
    assert not written or written not in str(refused.value)
