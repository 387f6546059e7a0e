"""Static files: versioned addresses, entity tags, compression, nothing outside the folder."""

import gzip
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.asset import Assets, content


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "js" / "draw").mkdir(parents=True)
    (tmp_path / "js" / "main.js").write_text(
        'import { a } from "./a.js";\nimport {\n  b,\n} from "./draw/b.js";\nconst late = () => import("./late.js");\n'
    )
    (tmp_path / "js" / "a.js").write_text('// import "./not.js" is only spoken of\nexport { b } from "./draw/b.js";\n')
    (tmp_path / "js" / "draw" / "b.js").write_text('import "../a.js";\nexport const b = 1;\n')
    (tmp_path / "js" / "late.js").write_text("export const late = 1;\n")
    return tmp_path


def test_modules_follow_static_imports_alone(folder: Path) -> None:
    assert Assets(folder).modules("js/main.js") == ("js/main.js", "js/a.js", "js/draw/b.js")


def test_version_follows_every_file(folder: Path) -> None:
    assets = Assets(folder)
    before = assets.version()
    assert assets.version() == before
    (folder / "js" / "draw" / "b.js").write_text("export const b = 22;\n")
    assert assets.version() != before


def test_versioned_address_is_kept_for_ever(client: TestClient) -> None:
    version = client.get("/static/v-123/css/base.css")
    plain = client.get("/static/css/base.css")
    assert version.content == plain.content
    assert "immutable" in version.headers["cache-control"]
    assert plain.headers["cache-control"] == "no-cache"


def test_unchanged_file_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/static/css/base.css").headers["etag"]
    again = client.get("/static/css/base.css", headers={"if-none-match": tag})
    assert again.status_code == 304
    assert again.content == b""


def test_text_is_compressed_where_taken(client: TestClient) -> None:
    assert client.get("/static/css/base.css").headers["content-encoding"] == "gzip"
    assert "content-encoding" not in client.get("/static/css/base.css", headers={"accept-encoding": ""}).headers


def test_library_travels_as_small_as_the_reader_takes(client: TestClient) -> None:
    name = "/static/vendor/elk/elk-worker.min.js"
    answers = {each: client.get(name, headers={"accept-encoding": each}) for each in ("gzip, br", "gzip;q=0.5", "x")}
    assert [each.headers.get("content-encoding") for each in answers.values()] == ["br", "gzip", None]
    assert answers["gzip;q=0.5"].content == answers["x"].content
    lengths = [int(each.headers["content-length"]) for each in answers.values()]
    assert lengths == sorted(lengths)
    assert lengths[0] < 400_000


def test_module_is_read_again_when_it_changed(folder: Path) -> None:
    assets = Assets(folder)
    assert "js/late.js" not in assets.modules("js/main.js")
    (folder / "js" / "main.js").write_text('import "./late.js";\n')
    assert assets.modules("js/main.js") == ("js/main.js", "js/late.js")


@pytest.mark.parametrize(
    "name", ["../pyproject.toml", "%2e%2e/pyproject.toml", "vendor/.stamp", "css", "nothing.js", "v-1/../../app/cli.py"]
)
def test_nothing_else_is_sent(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_style_sheets_are_sent_in_a_row(client: TestClient) -> None:
    parts = [client.get(f"/static/css/{name}.css").text for name in ("tokens", "base")]
    answer = client.get("/static/v-1/css/tokens.css,css/base.css")
    assert answer.text == "".join(parts)
    assert answer.headers["content-type"].startswith("text/css")
    assert answer.headers["content-encoding"] == "gzip"


def test_plain_scripts_are_sent_in_a_row(folder: Path) -> None:
    for name, text in (("a", "(() => 1)()"), ("b", "(() => 2)() // the end"), ("c", "(() => 3)()")):
        (folder / f"{name}.js").write_text(text)
    paths = Assets(folder).find("a.js,b.js,c.js")
    _, data, packed = content(paths, (0, 0, 0))
    assert data.decode().split("\n;\n") == ["(() => 1)()", "(() => 2)() // the end", "(() => 3)()"]
    assert gzip.decompress(packed["gzip"]) == data


@pytest.mark.parametrize(
    "names",
    ["css/base.css,js/api.js", "css/base.css,", "favicon.svg,favicon.svg", "css/base.css," * 40 + "css/base.css"],
)
def test_nothing_but_files_of_one_kind_is_sent_in_a_row(client: TestClient, names: str) -> None:
    assert client.get(f"/static/{names}").status_code == 404
