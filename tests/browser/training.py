"""What a person does on the training page, in the words of the tests."""

import re

from playwright.sync_api import Page, expect

# The last iteration that the curve of the run in the address is drawn to, by plotly or by growing in its drawing; at
# first it is the curve of the run that was there before.
POINTS = """((chart) => {
  if (!location.pathname.endsWith(chart.dataset.run)) return 0;
  const whole = chart.layout.uirevision === chart.dataset.run ? (chart.data.at(-1)?.x.at(-1) ?? 0) : 0;
  const path = [...chart.querySelectorAll("path.js-line")].at(-1)?.getAttribute("d") ?? "";
  const { xaxis } = chart._fullLayout;
  const grown = Math.floor(xaxis.p2l(Number(path.match(/([0-9.]+),[0-9.-]+$/)?.[1] ?? 0)));
  return grown > whole + xaxis.p2l(1) ? grown : whole;
})(document.querySelector("#loss-chart"))"""

# How many colours a canvas shows.
INKED = """(id) => {
  const canvas = document.getElementById(id);
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const colours = new Set();
  for (let k = 0; k < data.length; k += 4) colours.add((data[k] << 16) | (data[k + 1] << 8) | data[k + 2]);
  return colours.size;
}"""


def start(page: Page, **settings: str) -> None:
    """Press Start on a run with these settings, and wait until the page is that run's."""
    for label, value in settings.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(value)
    before = page.url
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_url(lambda address: address != before and "/training/" in address)
    run = page.url.rsplit("/", 1)[1]
    # The list and the line of state are painted together; until then they are of the run before.
    expect(page.locator(f'#runs li[data-run="{run}"] a')).to_have_attribute("aria-current", "page")


def number(page: Page, metric: str) -> float:
    """The number in a live metric, once it is one."""
    place = page.locator(f'[data-metric="{metric}"]')
    expect(place).to_have_text(re.compile(r"\d"))
    return float(place.inner_text())


def draw_seven(page: Page) -> None:
    """Draw a 7 with the mouse."""
    pad = page.locator("#pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    x, y = box["x"], box["y"]
    page.mouse.move(x + 70, y + 55)
    page.mouse.down()
    for across, down in ((165, 55), (150, 90), (115, 140), (95, 200)):
        page.mouse.move(x + across, y + down, steps=6)
    page.mouse.up()
