"""A run to take home: the curves as a table, the whole of it as one page."""

import re

from fastapi.testclient import TestClient

from tests.app.runs.drive import change, losses

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
