"""What `formcheck serve` leaves goes with everything else; what is somebody else's stays."""

from __future__ import annotations

from pathlib import Path

from formcheck.history.store import forget


def test_recordings_and_certificates_are_forgotten_and_other_files_stay(tmp_path: Path) -> None:
    ours = (
        f"recordings/{'a' * 16}/film",
        f"recordings/{'a' * 16}/analysis.report/index.html",
        "serve/ca-key.pem",
    )
    theirs = ("recordings/holiday/film", "serve/notes.txt")
    for name in (*ours, *theirs):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    assert forget(tmp_path) == sorted(tmp_path / name for name in ours)
    assert sorted(p for p in tmp_path.rglob("*") if p.is_file()) == [tmp_path / n for n in theirs]
    assert not (tmp_path / "recordings" / ("a" * 16)).exists()


def test_a_folder_with_nothing_else_goes_too(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    (folder / "serve").mkdir(parents=True)
    (folder / "serve" / "ca.pem").write_text("x")
    forget(folder)
    assert not folder.exists()
