"""A run to take home: the curves as a table, the whole of it as one page."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from tests.app.runs.drive import SMALL, change, losses, start, until

Finished = tuple[TestClient, str]


def test_the_curves_are_a_table(finished: Finished) -> None:
    client, run = finished
    answer = client.get(f"/api/runs/{run}/metrics.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    head, *rows = answer.text.splitlines()
    assert head == "iteration,loss,epoch,train_accuracy,test_accuracy"
    assert [int(row.split(",")[0]) for row in rows] == list(range(120))
    assert float(rows[7].split(",")[1]) == losses(client, run)["loss"][7]
    assert rows[50].split(",")[2] == "1"


def test_the_report_is_one_page_that_asks_nobody(finished: Finished) -> None:
    client, run = finished
    change(client, run, name="<script>alert(1)</script>")
    text = client.get(f"/api/runs/{run}/report.html").text
    assert text.startswith("<!doctype html>")
    assert "<script>alert(1)" not in text
    assert (
        re.search(r"<(script|link|img)[^>]*(src|href)=", re.sub(r"<script[^>]*>.*?</script>", "", text, flags=re.S))
        is None
    )
    assert text.count('class="plotly-graph-div"') == 4


def test_the_report_is_in_the_readers_language(finished: Finished) -> None:
    client, run = finished
    for headers, tag, words in (
        ({"accept-language": "ja"}, "ja", ("損失", "設定", "学習率", "完了")),
        ({"accept-language": "ja", "cookie": "language=zh"}, "zh", ("损失", "设置", "学习率", "已完成")),
    ):
        text = client.get(f"/api/runs/{run}/report.html", headers=headers).text
        assert f'<html lang="{tag}">' in text
        assert all(word in text for word in words)
        assert "Learning rate" not in text


def state(client: TestClient, run: str, language: str) -> str:
    """What a report says of the run's state."""
    text = client.get(f"/api/runs/{run}/report.html", headers={"accept-language": language}).text
    found = re.search(r"<table><tr><th>[^<]+</th><td>([^<]+)</td>", text)
    assert found is not None
    return unescape(found[1])


def test_where_a_run_diverged_is_told_in_the_readers_language(client: TestClient) -> None:
    rate = {"name": "sgd", "learning_rate": 1e5}
    run = start(client, SMALL | {"hidden": [20, 20], "activation": "leaky_relu", "init": "he", "optimizer": rate})
    document = until(client, run, "diverged")
    node, iteration = (document["diverged"][name] for name in ("node", "iteration"))
    assert state(client, run, "en") == f"diverged: {document['reason']}"
    for language, words in (
        ("zh", ("发散了：", f"第 {iteration} 次迭代时，{node} ", "从 100000 改成 10000")),
        ("ja", ("発散：", f"{iteration} 回目の反復で、{node} ", "100000 から 10000 に")),
    ):
        said = state(client, run, language)
        assert all(word in said for word in words), said
        assert "learning rate" not in said


@pytest.mark.parametrize(
    ("reason", "zh", "ja"),
    [
        ("the server was shut down", "已停止：服务器被关闭了", "停止済み：サーバーが終了しました"),
        ("Error: {beyond} <words>", "已停止：Error: {beyond} <words>", "停止済み：Error: {beyond} <words>"),
        (None, "已停止", "停止済み"),
    ],
)
def test_why_a_run_stopped_is_told_and_an_unknown_reason_stays(
    finished: Finished, monkeypatch: pytest.MonkeyPatch, reason: str | None, zh: str, ja: str
) -> None:
    client, run = finished
    record = client.app.state.launcher.entries[run].run  # type: ignore[attr-defined]
    monkeypatch.setattr(record, "state", "stopped")
    monkeypatch.setattr(record, "reason", reason)
    assert state(client, run, "en") == ("stopped" if reason is None else f"stopped: {reason}")
    assert state(client, run, "zh") == zh
    assert state(client, run, "ja") == ja
