import assert from "node:assert/strict";
import { test } from "node:test";
import { call, ProblemError, UnreachableError } from "../../static/js/api.js";

test("a server that says that it stops is one that is away, any other problem is its answer", async (context) => {
  let status = 503;
  context.mock.method(globalThis, "fetch", async () => {
    const headers = { "Content-Type": "application/problem+json" };
    return new Response(JSON.stringify({ title: "Server stops", detail: "it was stopped", status }), {
      status,
      headers,
    });
  });
  await assert.rejects(call("POST", "/api/evaluate"), UnreachableError);
  status = 422;
  await assert.rejects(call("POST", "/api/evaluate"), ProblemError);
});
