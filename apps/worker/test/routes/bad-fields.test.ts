import { beforeAll, describe, expect, it } from "vitest";
import { fetchWorker } from "../support/fetch-worker.ts";
import { OPERATIONS } from "../support/requests/operations.ts";
import { badBodies } from "../support/requests/bad-bodies.ts";
import { BROKEN_RULES } from "../support/broken-rules.ts";
import { schemaOf } from "../support/requests/document-schema.ts";
import { credentialsFor, exampleRequest, type KnownThings, knownThings } from "../support/requests/example-request.ts";
import { type ErrorAnswer, errorOf, openShop } from "../support/shop.ts";

/** JSON bodies whose fields this project names: forms answer with pages, and a webhook is Qonto's. */
const cases = Object.entries(OPERATIONS).flatMap(([route, operation]) => {
  const { request, caller } = operation;
  if (request === undefined || request.isForm === true || caller === "qonto") return [];
  return Object.keys(request.examples).map((name) => ({ route, operation, request, name }));
});

describe("a bad field is rejected by its name", () => {
  let known: KnownThings;
  beforeAll(async () => {
    await openShop();
    known = await knownThings();
  });

  it.each(cases)("$route, $name", async ({ route, operation, request, name }) => {
    const good = await exampleRequest(route, operation, known, name);
    const example = JSON.parse(await good.clone().text());
    const wrong: unknown[] = [];
    const bodies = badBodies(schemaOf(request), example);
    expect(bodies.length).toBeGreaterThan(3);
    for (const { what, param, body } of bodies) {
      const { method, headers, url } = good;
      const response = await fetchWorker(url, { method, headers, body: JSON.stringify(body) });
      const { error } = await response.json<{ error?: ErrorAnswer["error"] }>();
      const answer = { status: response.status, code: error?.code, param: error?.param };
      const expected = { status: 422, code: "invalid_request", param };
      if (JSON.stringify(answer) !== JSON.stringify(expected)) wrong.push({ what, param, answer });
    }
    expect(wrong).toEqual([]);
  });

  it.each(BROKEN_RULES)("of a rule between fields: $route $param $body", async ({ route, body, param }) => {
    const operation = OPERATIONS[route];
    if (operation === undefined) throw new TypeError(`${route} is not described`);
    const text = JSON.stringify(body);
    const [name = ""] = Object.keys(operation.request?.examples ?? {});
    const { method, url } = await exampleRequest(route, operation, known, name);
    const headers = await credentialsFor(operation, text);
    const response = await fetchWorker(url, { method, headers, body: text });
    expect(await errorOf(response)).toMatchObject({ code: "invalid_request", param });
  });
});
