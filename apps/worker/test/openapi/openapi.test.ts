import { API_ERRORS } from "@qonto-pay/core/api";
import { beforeEach, describe, expect, it } from "vitest";
import { documentedCodes } from "../../src/openapi/documented-codes.ts";
import { openApiDocument } from "../../src/openapi/document.ts";
import { ROUTES } from "../../src/routes/index.ts";
import { createMerchant, emptyWorker } from "../support/connect.ts";
import { exampleRequest, type KnownThings, knownThings } from "../support/requests/example-request.ts";
import { OPERATIONS } from "../support/requests/operations.ts";
import { fetchWorker } from "../support/fetch-worker.ts";
import { control } from "../support/sandbox.ts";
import { callAsServer } from "../support/server.ts";
import { openShop } from "../support/shop.ts";

const routes = ROUTES.map(({ method, path }) => `${method} ${path}`);
const operations = Object.entries(OPERATIONS);

describe("the OpenAPI document", () => {
  it("describes every route of the router", () => {
    const undescribed = routes.filter((route) => !(route in OPERATIONS));
    expect(undescribed, "Describe these in the file of their group in apps/worker/src/openapi/operations/.").toEqual(
      [],
    );
  });

  it("describes nothing else", () => {
    const gone = Object.keys(OPERATIONS).filter((route) => !routes.includes(route));
    expect(gone, "The router has no such routes: take them out of apps/worker/src/openapi/operations/.").toEqual([]);
    const { paths } = openApiDocument(OPERATIONS);
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`),
    );
    expect(described.toSorted()).toEqual(routes.toSorted());
  });

  it("names every error code at the operations that can answer it, and no other code", () => {
    const met = operations.flatMap(([route, operation]) => documentedCodes(route.split(" ")[0] ?? "", operation));
    // For requests that match no operation: another method.
    const all = new Set<string>([...met, "method_not_allowed"]);
    expect([...all].toSorted(), "Name it in `errors` of the operations that can answer it.").toEqual(
      Object.keys(API_ERRORS).toSorted(),
    );
    const examples = Object.keys(openApiDocument(OPERATIONS).components["examples"] ?? {});
    expect(examples.filter((code) => !(code in API_ERRORS))).toEqual([]);
  });

  it("gives each operation an id and a summary of its own", () => {
    for (const part of ["id", "summary"] as const) {
      const named = operations
        .filter(([, { tag }]) => part === "id" || tag !== "Pages")
        .map(([, { [part]: text }]) => text);
      expect(new Set(named).size).toBe(named.length);
    }
  });
});

/** Routes that need a previous step: a session, a delivered event, a submitted form. They have tests of their own. */
const NEEDS_A_STORY = new Set([
  "GET /connect/:merchant",
  "POST /connect/:merchant",
  "POST /connect/:merchant/consent",
  "POST /connect/:merchant/connection",
  "GET /oauth/callback",
  "POST /pay/:key/:product",
  "POST /v1/webhook_endpoints/:id/deliveries/:delivery/replay",
]);

const examples = operations
  .filter(([route]) => !NEEDS_A_STORY.has(route))
  .flatMap(([route, operation]) =>
    Object.keys(operation.request?.examples ?? { "": null }).map((name) => ({ route, operation, name })),
  );

describe("the documented example", () => {
  let known: KnownThings;
  beforeEach(async () => {
    await openShop();
    known = await knownThings();
  });

  /** There can be one connection and two keys, which exist already. An export is restored into a merchant without data. */
  async function makeRoomFor(route: string, { key }: KnownThings): Promise<void> {
    if (route === "POST /v1/merchants/:merchant/restore") {
      await emptyWorker();
      await createMerchant("demo", []);
    }
    if (route === "POST /v1/connection") await control("PUT", "connection", { status: null });
    if (route === "POST /v1/keys") await callAsServer("DELETE", `keys/${key}`);
  }

  it.each(examples)("of $route is answered as documented: $name", async ({ route, operation, name }) => {
    await makeRoomFor(route, known);
    const response = await fetchWorker(await exampleRequest(route, operation, known, name));
    const [first] = operation.answers;
    const text = await response.text();
    expect(response.status, text).toBe(first.status);
    expect(response.headers.get("X-Request-Id")).toMatch(/^req_/);
    if (first.schema !== undefined) expect(first.schema.parse(JSON.parse(text))).toEqual(JSON.parse(text));
    if (first.status === 303) expect(response.headers.get("Location")).toMatch(/^\//);
  });
});
