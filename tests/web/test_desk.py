"""What the pages of one person stand on."""

from pathlib import Path

from outgrow.web.desk import Desk


def test_what_was_kept_of_other_data_is_gone_when_they_are_opened_anew(tmp_path: Path) -> None:
    desk = Desk(str(tmp_path))
    with desk.workspace() as before:
        desk.kept["audit"] = before
    with desk.workspace() as again:
        assert desk.kept == {"audit": before}
        assert again.memory is before.memory
    desk.reopen()
    with desk.workspace() as other:
        assert desk.kept == {}
        assert other.memory is not before.memory
    desk.close()
