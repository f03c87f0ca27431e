"""The examination of an installation."""

from pathlib import Path

import pytest

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
