"""What a page writes into itself while it is used."""

from collections.abc import Callable

from playwright.sync_api import Page

# In the charts plotly writes.
WATCH = """() => {
  window.written = { all: 0, again: {} };
  const text = (nodes) => [...nodes].map((node) => node.outerHTML ?? node.data).join();
  new MutationObserver((changes) => {
    for (const { target, attributeName: name, oldValue, addedNodes, removedNodes } of changes) {
      if (!target.isConnected || target.closest(".chart")) continue;
      written.all += 1;
      const same = name ? target.getAttribute(name) === oldValue : text(removedNodes) === text(addedNodes);
      const place = `${target.closest("[id]")?.id} ${target.nodeName} ${name ?? "text"}`;
      if (same) written.again[place] = (written.again[place] ?? 0) + 1;
    }
  }).observe(document, { subtree: true, attributes: true, childList: true, attributeOldValue: true });
}"""


def written(page: Page, during: Callable[[], None]) -> tuple[int, dict[str, int]]:
    """How often something was written, and by place how often it stood there already, word for word."""
    page.evaluate(WATCH)
    during()
    found = page.evaluate("window.written")
    return found["all"], found["again"]
