"""The examination of an installation."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from outgrow.store import settings
from outgrow.workflows.examine import examine
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
