import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { OPERATIONS } from "../support/requests/operations.ts";
import { exampleRequest, type KnownThings, knownThings } from "../support/requests/example-request.ts";
import { fetchWorker } from "../support/fetch-worker.ts";
import { answerAsServer, callAsServer, openServerCheckout } from "../support/server.ts";
import { type ErrorAnswer, errorOf, openShop } from "../support/shop.ts";

/**
 * Only the API is strict: browsers and mail programs add parameters to pages, and Qonto may add fields to its webhooks.
 */
const cases = Object.entries(OPERATIONS)
  .filter(([route]) => route.includes(" /v1/"))
  .flatMap(([route, operation]) =>
    Object.keys(operation.request?.examples ?? { "": null }).map((name) => ({ route, operation, name })),
  );

describe("an unknown part of a request is rejected by its name, and nothing happens", () => {
  let known: KnownThings;
  beforeAll(async () => {
    await openShop();
    known = await knownThings();
  });

  async function refusalOf(request: Request): Promise<Partial<ErrorAnswer["error"]> & { readonly status: number }> {
    const response = await fetchWorker(request);
    const { error } = response.status === 204 ? {} : await response.json<Partial<ErrorAnswer>>();
    return { ...error, status: response.status };
  }

  /** A short list of the allowed names follows. */
  const notKnown = (noun: string) =>
    new RegExp(`^Unknown ${noun} surprise\\.( Allowed here: [a-z_, ]+\\.| None is allowed here\\.)?$`);
  const expected = { status: 422, code: "invalid_request", param: "surprise" };

  it.each(cases)("a query parameter: $route $name", async ({ route, operation, name }) => {
    const good = await exampleRequest(route, operation, known, name);
    const url = new URL(good.url);
    url.searchParams.set("surprise", "1");
    const refusal = await refusalOf(new Request(url, good));
    expect(refusal).toMatchObject({ ...expected, message: expect.stringMatching(notKnown("query parameter")) });
  });

  const bodyless = cases.filter(({ route, operation }) => !route.startsWith("GET") && operation.request === undefined);

  it.each(bodyless)("a body: $route", async ({ route, operation, name }) => {
    const { url, method, headers } = await exampleRequest(route, operation, known, name);
    const refusal = await refusalOf(new Request(url, { method, headers, body: '{"surprise":1}' }));
    expect(refusal).toMatchObject({ ...expected, message: expect.stringMatching(notKnown("field")) });
  });
});

describe("an operation without a body", () => {
  beforeEach(openShop);

  it("accepts a body without fields", async () => {
    const { id } = await openServerCheckout();
    expect(await answerAsServer("POST", `checkouts/${id}/cancel`, { body: {} })).toMatchObject({ status: "canceled" });
  });

  it("rejects a body that is not JSON", async () => {
    const { id } = await openServerCheckout();
    const refused = await callAsServer("POST", `checkouts/${id}/cancel`, { text: "cancel" });
    expect((await errorOf(refused)).code).toBe("invalid_json");
  });
});

describe("a repeated query parameter", () => {
  beforeEach(openShop);

  it.each(["products?limit=1&limit=2", "checkouts?reference=A&reference=B", "payment_links?page=1&page=1"])(
    "is rejected, because the intended value is unknown: %s",
    async (path) => {
      const refused = await callAsServer("GET", path);
      expect(await errorOf(refused)).toMatchObject({ code: "invalid_request", param: /[?](\w+)/.exec(path)?.[1] });
    },
  );

  it("is accepted for a list, in each of the three ways to write one", async () => {
    for (const query of ["status=open,paid", "status[]=open&status[]=paid", "status[0]=open&status[1]=paid"]) {
      expect((await callAsServer("GET", `checkouts?${query}`)).status).toBe(200);
      expect((await callAsServer("GET", `payment_links?${query}`)).status).toBe(200);
    }
  });
});
