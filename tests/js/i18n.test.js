import assert from "node:assert/strict";
import { test } from "node:test";
import { language, localized, message, substitute, t } from "../../static/js/i18n.js";

test("a message without a catalogue is itself", () => {
  assert.equal(t("Graphs"), "Graphs");
  assert.equal(message("Graphs"), "Graphs");
  assert.equal(language(), "en");
});

test("names in braces are replaced, all of them, and unknown ones stay", () => {
  assert.equal(substitute("{a} × {b} = {a}{b}, {c}", { a: 2, b: "$&" }), "2 × $& = 2$&, {c}");
  assert.equal(t("step {n}", { n: 0 }), "step 0");
});

test("a text in several languages is shown in the page's, else in English, else in any", () => {
  assert.equal(localized({ en: "tax", ja: "消費税" }), "tax");
  assert.equal(localized({ ja: "消費税" }), "消費税");
  assert.equal(localized("tax"), "tax");
  assert.equal(localized(undefined), "");
  assert.equal(localized({}), "");
});
