import { beforeAll, describe, expect, it } from "vitest";
import { openEndpoint } from "../support/shop-server.ts";
import { answerAsServer, callAsServer, openServerCheckout } from "../support/server.ts";
import { errorOf, openShop } from "../support/shop.ts";

interface Page {
  readonly data: readonly { readonly id: string }[];
  readonly has_more: boolean;
}

/** Every list of the Worker's own, with an id that it does not know. */
const LISTS = {
  checkouts: "co_0123456789abcdefghij",
  products: null,
  events: "evt_0123456789abcdefghij",
  keys: "key_0123456789abcdefghij",
  webhook_endpoints: "we_0123456789abcdefghij",
  deliveries: "dlv_0123456789abcdefghij",
} as const;
const names = Object.keys(LISTS) as (keyof typeof LISTS)[];

let endpoint: string;

beforeAll(async () => {
  await openShop();
  ({ id: endpoint } = await openEndpoint("/shop"));
  await openEndpoint("/other");
  await answerAsServer("POST", "keys");
  for (const number of [1, 2, 3]) {
    const { id } = await openServerCheckout({ reference: `ORDER-${number}` });
    await answerAsServer("PATCH", `checkouts/${id}`, { body: { metadata: { order: "yes" } } });
  }
});

function pathOf(name: keyof typeof LISTS): string {
  return name === "deliveries" ? `webhook_endpoints/${endpoint}/deliveries` : name;
}

describe.each(names)("the list of %s", (name) => {
  it("has the shape of every list, and each entry once, page by page", async () => {
    const whole = await answerAsServer<Page>("GET", pathOf(name));
    expect(Object.keys(whole).toSorted()).toEqual(["data", "has_more"]);
    expect(whole.has_more).toBe(false);
    expect(whole.data.length).toBeGreaterThan(1);
    const seen: { readonly id: string }[] = [];
    for (let isMore = true; isMore; ) {
      const after = seen.length === 0 ? "" : `&after=${seen.at(-1)?.id}`;
      const page = await answerAsServer<Page>("GET", `${pathOf(name)}?limit=1${after}`);
      expect(page.data).toHaveLength(1);
      seen.push(...page.data);
      isMore = page.has_more;
    }
    expect(seen.map(({ id }) => id)).toEqual(whole.data.map(({ id }) => id));
  });

  const unknown = LISTS[name];
  it.each<readonly [query: string, param: string]>([
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["limit=ten", "limit"],
    ["after=NOT%20AN%20ID", "after"],
    ["page=2", "page"],
    ...(unknown === null ? [] : [[`after=${unknown}`, "after"] as const]),
  ])("rejects %s like every list", async (query, param) => {
    const response = await callAsServer("GET", `${pathOf(name)}?${query}`);
    expect(response.status).toBe(422);
    expect(await errorOf(response)).toMatchObject({ code: "invalid_request", param });
  });
});
