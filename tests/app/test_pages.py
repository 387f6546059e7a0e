"""The pages as the server renders them."""

import html
import json
import re

import pytest
from fastapi.testclient import TestClient

from engine.gallery import GALLERY

PAGES = ("/graphs", "/graphs/apples-and-oranges", "/training", "/training/1", "/nosuch")
BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"}


def test_home_leads_to_the_graphs(client: TestClient) -> None:
    answer = client.get("/", follow_redirects=False)
    assert answer.status_code == 307
    assert answer.headers["location"] == "/graphs"


@pytest.mark.parametrize("address", PAGES)
def test_page_has_no_inline_script_or_style(client: TestClient, address: str) -> None:
    text = client.get(address, headers=BROWSER).text
    assert "<style" not in text
    assert not re.search(r"<[^>]+\s(style|on\w+)=", text)
    scripts = re.findall(r"<script([^>]*)>([^<]*)</script>", text)
    assert scripts
    assert all("src=" in attributes or 'type="application/json"' in attributes for attributes, _ in scripts)


@pytest.mark.parametrize("address", PAGES)
def test_every_file_a_page_names_is_there(client: TestClient, address: str) -> None:
    for name in re.findall(r'(?:src|href)="(/static/[^"]+)"', client.get(address, headers=BROWSER).text):
        assert client.get(name).status_code == 200, name


@pytest.mark.parametrize(
    ("cookie", "accepted", "language"),
    [
        ("", "", "en"),
        ("", "ja-JP,ja;q=0.9,en;q=0.8", "ja"),
        ("", "fr, zh-TW;q=0.5, en;q=0.2", "zh"),
        ("", "fr;q=1, en;q=nonsense, ja;q=0", "en"),
        ("zh", "ja", "zh"),
        ("xx", "ja", "ja"),
    ],
)
def test_language_is_the_readers(client: TestClient, cookie: str, accepted: str, language: str) -> None:
    answer = client.get("/graphs", headers={"accept-language": accepted, "cookie": f"language={cookie}"})
    assert answer.headers["content-language"] == language
    assert f'<html lang="{language}"' in answer.text


def test_words_of_the_page_are_sent_with_it(client: TestClient) -> None:
    text = client.get("/graphs", headers={"accept-language": "ja"}).text
    inline = re.search(r'<script type="application/json" id="messages">(.*?)</script>', text)
    assert inline is not None
    assert json.loads(inline[1]) == client.get("/locale/ja.json").json()


def test_catalogue_is_kept_by_its_version(client: TestClient) -> None:
    address = re.search(r"/locale/zh\.json\?v=\w+", client.get("/graphs").text)
    assert address is not None
    assert "immutable" in client.get(address[0]).headers["cache-control"]
    assert client.get("/locale/zh.json?v=old").headers["cache-control"] == "no-cache"
    assert client.get("/locale/xx.json").status_code == 404


def test_graph_of_the_gallery_is_read_before_any_script_has_come(client: TestClient) -> None:
    text = client.get("/graphs/apples-and-oranges", headers={"accept-language": "ja"}).text
    entry = next(entry for entry in GALLERY if entry.slug == "apples-and-oranges")
    (field,) = re.findall(r"<textarea[^>]*>([^<]*)</textarea>", text)
    assert html.unescape(field) == entry.source.strip()
    assert f">{entry.title['ja']}</h1>" in text
    assert html.escape(entry.description["ja"]) in text


def test_gallery_is_there_before_any_script_has_come(client: TestClient) -> None:
    text = client.get("/graphs/relu", headers={"accept-language": "zh"}).text
    links = re.findall(r'<a href="/graphs/([\w-]+)" [^>]*?( aria-current="page")?>', text)
    assert [slug for slug, _ in links] == [entry.slug for entry in GALLERY]
    assert [slug for slug, current in links if current] == ["relu"]
    for entry in GALLERY:
        assert f">{html.escape(entry.title['zh'])}</span>" in text


def test_page_asks_early_for_what_it_draws(client: TestClient) -> None:
    asked = re.findall(r'rel="preload" href="([^"]+)" as="fetch"', client.get("/graphs/relu").text)
    assert asked == ["/api/ops", "/api/graphs", "/api/graphs/relu"]
    assert all(client.get(address).status_code == 200 for address in asked)
    assert "/api/graphs/" not in client.get("/graphs?own=1").text


@pytest.mark.parametrize(("address", "invited"), [("/training", True), ("/training/1", False), ("/training?x", False)])
def test_training_says_what_to_do_where_no_run_is_named(client: TestClient, address: str, invited: bool) -> None:
    assert ("Press Start" in client.get(address).text) == invited


def test_training_says_nothing_of_start_where_there_are_runs(client: TestClient) -> None:
    run = client.post("/api/runs", json={"iterations": 1, "train_limit": 100}).json()["id"]
    assert "Press Start" not in client.get("/training").text
    client.delete(f"/api/runs/{run}")
    assert "Press Start" in client.get("/training").text


@pytest.mark.parametrize("address", ["/graphs/none-of-these", "/graphs?saved=1", "/graphs?run=1", "/graphs?own=1"])
def test_graph_from_elsewhere_is_not_guessed(client: TestClient, address: str) -> None:
    assert "></textarea>" in client.get(address).text


def test_page_waits_for_one_style_sheet(client: TestClient) -> None:
    for address in PAGES:
        (sheet,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', client.get(address, headers=BROWSER).text)
        assert "--paper:" in client.get(sheet).text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "There is nothing at this address"),
        ("zh", "这个地址上什么也没有"),
        ("ja", "このアドレスには何もありません"),
    ],
)
def test_nothing_is_said_in_the_readers_language(client: TestClient, language: str, words: str) -> None:
    answer = client.get("/nosuch", headers=BROWSER | {"accept-language": language})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-language"] == language
    assert {"accept", "accept-language"} <= set(answer.headers["vary"].split(", "))
    assert f">{words}</h1>" in answer.text
    assert all(f'href="{address}"' in answer.text for address in ("/", "/graphs", "/training"))


def test_address_with_nothing_is_named_and_not_run(client: TestClient) -> None:
    text = client.get("/%3Cscript%3E/%E7%84%A1%FF" + "x" * 2000, headers=BROWSER).text
    assert "<code>/&lt;script&gt;/無" in text
    assert "x" * 1000 not in text


def test_nobody_is_told_that_a_missing_page_is_there(client: TestClient) -> None:
    assert client.head("/nosuch", headers=BROWSER).status_code == 404


def test_graph_page_asks_for_nothing_ahead_that_it_is_drawn_without(client: TestClient) -> None:
    page = client.get("/graphs", headers=BROWSER).text
    ahead = re.findall(r'<link rel="modulepreload" href="[^"]+/js/([^"]+)"', page)
    assert "graph/drawing.js" in ahead
    assert not [name for name in ahead if re.search("workshop|inspector|check/panel|keep/effects", name)]
    assert len(re.findall(r'<script defer src="[^"]+"', page)) == 1


@pytest.mark.parametrize("language", ["en", "zh", "ja"])
def test_graph_page_is_titled_by_its_graph_from_the_beginning(client: TestClient, language: str) -> None:
    headers = BROWSER | {"accept-language": language}
    entry = GALLERY[0]
    page = client.get(f"/graphs/{entry.slug}", headers=headers).text
    assert f"<title>{entry.title[language]} · Backprop Explorer</title>" in page
    saved = client.get(f"/graphs/{entry.slug}?saved=1", headers=headers).text
    assert f"<title>{entry.title[language]}" not in saved
