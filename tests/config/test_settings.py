from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kotter_journal.config.settings import Settings, read_settings, write_settings


def test_settings_come_back_as_they_were_kept(tmp_path: Path) -> None:
    kept = Settings(theme="dark", text_size=120, geometry="AdnQywAD")
    write_settings(tmp_path / "new" / "settings.toml", kept)
    assert read_settings(tmp_path / "new" / "settings.toml") == kept


def test_without_a_file_there_are_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml") == Settings()


@given(content=st.binary(max_size=200))
def test_no_file_stops_the_start(tmp_path_factory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("s") / "settings.toml"
    path.write_bytes(content)
    assert isinstance(read_settings(path), Settings)


def test_a_value_of_another_type_takes_its_default(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('theme = 5\ntext_size = "big"\ngeometry = "x"\nunknown = 1\n', encoding="utf-8")
    assert read_settings(path) == Settings(geometry="x")
