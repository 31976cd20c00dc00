from pathlib import Path

import pytest

from askretail_ingest.catalog import CatalogRow, read_catalog, read_sidecar
from askretail_ingest.errors import BadSetting


def test_rows_are_found_by_file_name(tmp_path: Path) -> None:
    (tmp_path / "catalog.csv").write_text(
        "\ufefffile,companies,period,type,publisher,source_url,published,title\n"
        "a.pdf,Amazon; Walmart,2022,10k,PYMNTS,http://x,2024-02-03,Two rivals\n"
        "b.pdf,Nike,2024Q2,10q\n",
        encoding="utf-8",
    )
    assert read_catalog(tmp_path) == {
        "a.pdf": CatalogRow(
            ("Amazon", "Walmart"), "2022", "10k", "PYMNTS", "http://x", "2024-02-03", "Two rivals"
        ),
        "b.pdf": CatalogRow(("Nike",), "2024Q2", "10q"),
    }


def test_a_folder_without_catalog_has_no_rows(tmp_path: Path) -> None:
    assert read_catalog(tmp_path) == {}


def test_a_catalog_without_its_key_column_is_refused(tmp_path: Path) -> None:
    (tmp_path / "catalog.csv").write_text("name,type\na.pdf,10k\n")
    with pytest.raises(BadSetting, match="no column 'file'"):
        read_catalog(tmp_path)


def test_a_sidecar_describes_the_file_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    (tmp_path / "a.pdf.meta.toml").write_text(
        'title = "T"\ncompanies = ["Gap", "Target"]\ntype = "brief"\ndate = 2024-02-03\n'
    )
    assert read_sidecar(path) == CatalogRow(
        ("Gap", "Target"), type="brief", published="2024-02-03", title="T"
    )
    assert read_sidecar(tmp_path / "b.pdf") is None


@pytest.mark.parametrize("data", ["title = ", "title = " + "[" * 5000])
def test_a_sidecar_that_is_no_toml_is_refused_however_deep_it_goes(
    tmp_path: Path, data: str
) -> None:
    (tmp_path / "a.pdf.meta.toml").write_text(data)
    with pytest.raises(BadSetting, match=r"a\.pdf\.meta\.toml: not valid TOML"):
        read_sidecar(tmp_path / "a.pdf")


def test_a_catalog_with_a_cell_that_never_ends_is_refused(tmp_path: Path) -> None:
    (tmp_path / "catalog.csv").write_text('file,title\na.pdf,"' + "open\n" * 40_000)
    with pytest.raises(BadSetting, match=r"catalog\.csv: not a table .*; save it again as CSV"):
        read_catalog(tmp_path)
