import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { OPERATIONS } from "../support/operations.ts";
import { exampleRequest, type KnownThings, knownThings } from "../support/example-request.ts";
import { fetchWorker } from "../support/fetch-worker.ts";
import { answerAsServer, callAsServer, openServerCheckout } from "../support/server.ts";
import { type ErrorAnswer, errorOf, openShop } from "../support/shop.ts";

/** Pages take what browsers and mail programs add to an address, and Qonto may add to its webhooks at any time. */
const cases = Object.entries(OPERATIONS)
  .filter(([route]) => route.includes(" /v1/"))
  .flatMap(([route, operation]) =>
    Object.keys(operation.request?.examples ?? { "": null }).map((name) => ({ route, operation, name })),
  );

describe("what an operation does not take is refused by its name, and nothing happens", () => {
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

  /** A short list of what is known follows. */
  const notKnown = (noun: string) => new RegExp(`^The ${noun} surprise is not known(: [a-z_, ]+)?\\.$`);
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

describe("where no body is taken", () => {
  beforeEach(openShop);

  it("one without a field is, since it says nothing", async () => {
    const { id } = await openServerCheckout();
    expect(await answerAsServer("POST", `checkouts/${id}/cancel`, { body: {} })).toMatchObject({ status: "canceled" });
  });

  it("what is no JSON is refused", async () => {
    const { id } = await openServerCheckout();
    const refused = await callAsServer("POST", `checkouts/${id}/cancel`, { text: "cancel" });
    expect((await errorOf(refused)).code).toBe("invalid_json");
  });
});

describe("a query parameter that comes twice", () => {
  beforeEach(openShop);

  it.each(["products?limit=1&limit=2", "checkouts?reference=A&reference=B", "payment_links?page=1&page=1"])(
    "is refused, since nobody can tell which one was meant: %s",
    async (path) => {
      const refused = await callAsServer("GET", path);
      expect(await errorOf(refused)).toMatchObject({ code: "invalid_request", param: /[?](\w+)/.exec(path)?.[1] });
    },
  );

  it("is fine for a list, in each of the three ways to write one", async () => {
    for (const query of ["status=open,paid", "status[]=open&status[]=paid", "status[0]=open&status[1]=paid"]) {
      expect((await callAsServer("GET", `checkouts?${query}`)).status).toBe(200);
      expect((await callAsServer("GET", `payment_links?${query}`)).status).toBe(200);
    }
  });
});
