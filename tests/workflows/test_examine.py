"""The examination of an installation."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from outgrow.model.evidence import Evidence
from outgrow.store import settings
from outgrow.workflows.examine import examine
from outgrow.workflows.keep_evidence import attach, keep, withdraw
from outgrow.workflows.workspace import open_workspace


@pytest.mark.promise("P10")
@pytest.mark.skipif("os.name == 'nt'", reason="there folders have no such rights")
@pytest.mark.parametrize(("rights", "well"), [(0o700, True), (0o755, False), (0o701, False)])
def test_a_folder_that_others_may_enter_is_told(tmp_path: Path, rights: int, well: bool) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(rights)
    with open_workspace(str(folder)) as workspace:
        (privacy,) = (each for each in examine(workspace) if each.name == "privacy")
    assert privacy.well is well
    assert (str(folder) in privacy.found) is not well


@pytest.mark.parametrize(("said", "well"), [("anna@example.org", True), ("anna", False)])
def test_a_setting_that_cannot_be_used_by_now_is_told(tmp_path: Path, said: str, well: bool) -> None:
    with open_workspace(str(tmp_path)) as workspace, workspace.store.begin() as change:
        settings.put(change, "addresses", said, datetime.now(UTC))
    with open_workspace(str(tmp_path)) as workspace:
        (found,) = (each for each in examine(workspace) if each.name == "settings")
    assert found.well is well
    assert ("'anna' is not" in found.found) is not well


def test_a_file_of_evidence_that_changed_or_is_gone_is_told(tmp_path: Path) -> None:
    def found() -> tuple[bool, str]:
        (check,) = (each for each in examine(workspace) if each.name == "files")
        return check.well, check.found

    with open_workspace(str(tmp_path)) as workspace:
        assert found() == (True, "no files are kept with evidence")
        number = keep(workspace, Evidence(action="Wrote the note", on=workspace.today))
        kept = attach(workspace, number, "note.txt", BytesIO(b"first"))
        assert found() == (True, "1 file of evidence, each as it was kept")
        (tmp_path / "files" / kept.sha256).write_bytes(b"worse")
        assert found() == (False, f"note.txt ({kept.sha256[:12]}) is changed")
        withdraw(workspace, number)
        (tmp_path / "files" / kept.sha256).unlink()
        assert found() == (False, f"note.txt ({kept.sha256[:12]}) is gone"), "undo may ask for it"
