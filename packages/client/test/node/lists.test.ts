import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { QontoPay, QontoPayError } from "../../src/index.ts";
import { answer, refuse, ScriptedServer, type Step } from "../setup/scripted-server.ts";

let server: ScriptedServer;
const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
beforeEach(() => {
  unhandled.length = 0;
  process.on("unhandledRejection", note);
});
afterEach(async () => {
  process.off("unhandledRejection", note);
  await server.close();
});

/** Starts a server that answers with these steps, and returns a client for it. */
async function clientOf(...steps: readonly Step[]): Promise<QontoPay> {
  server = await ScriptedServer.start(...steps);
  return new QontoPay({ secretKey: "sk_sandbox_shop_local_only", endpoint: server.url, maxRetries: 0 });
}

function page(has_more: boolean, ...ids: readonly string[]): Step {
  return answer(200, { data: ids.map((id) => ({ id })), has_more });
}

async function idsOf(items: AsyncIterable<{ readonly id: string }>): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { id } of items) ids.push(id);
  return ids;
}

function addresses(): readonly (string | undefined)[] {
  return server.requests.map(({ url }) => url);
}

/** Node reports unhandled rejections before the next macrotask. */
async function unhandledSoFar(): Promise<readonly unknown[]> {
  await new Promise((resolve) => setImmediate(resolve));
  return unhandled;
}

describe("a list", () => {
  it("sends no request before it is awaited or iterated", async () => {
    const { checkouts, paymentLinks } = await clientOf(page(false));
    void checkouts.list();
    void paymentLinks.list();
    await checkouts.get("co_1");
    expect(addresses()).toEqual(["/v1/checkouts/co_1"]);
  });

  it("continues after a short page where the Worker stopped to search", async () => {
    const none = answer(200, { data: [], has_more: true, next_after: "e" });
    const some = answer(200, { data: [{ id: "d" }], has_more: true, next_after: "c" });
    const { checkouts } = await clientOf(none, some, page(false, "a"));
    expect(await idsOf(checkouts.list({ reference: "donation" }))).toEqual(["d", "a"]);
    expect(addresses()).toEqual(
      ["", "&after=e", "&after=c"].map((after) => `/v1/checkouts?reference=donation${after}`),
    );
  });

  it("is a page if awaited, and requests it only once, even if awaited several times", async () => {
    const { checkouts } = await clientOf(page(true, "c", "b"), page(false, "a"));
    const list = checkouts.list({ limit: 2 });
    const found = { data: [{ id: "c" }, { id: "b" }], has_more: true };
    expect(await Promise.all([list, list])).toEqual([found, found]);
    expect(await list).toEqual(found);
    expect(addresses()).toEqual(["/v1/checkouts?limit=2"]);
  });

  it("is every item if iterated, page by page from `after` on", async () => {
    const { events } = await clientOf(page(true, "b", "c"), page(true, "d"), page(false, "e"));
    expect(await idsOf(events.list({ after: "a", limit: 2 }))).toEqual(["b", "c", "d", "e"]);
    expect(addresses()).toEqual([
      "/v1/events?after=a&limit=2",
      "/v1/events?after=c&limit=2",
      "/v1/events?after=d&limit=2",
    ]);
  });

  it("does not request its first page again to be iterated after it was awaited", async () => {
    const { products } = await clientOf(page(true, "a"), page(false, "b"));
    const list = products.list();
    expect((await list).has_more).toBe(true);
    expect(await idsOf(list)).toEqual(["a", "b"]);
    expect(addresses()).toEqual(["/v1/products", "/v1/products?after=a"]);
  });

  it("does not request its first page again to be awaited while it is iterated", async () => {
    const { keys } = await clientOf(page(false, "a", "b"));
    const list = keys.list();
    for await (const { id } of list) expect((await list).data).toContainEqual({ id });
    expect(addresses()).toEqual(["/v1/keys"]);
  });

  it("requests no page that the loop does not reach", async () => {
    const { checkouts } = await clientOf(page(true, "b", "a"));
    for await (const { id } of checkouts.list()) if (id === "a") break;
    expect(addresses()).toEqual(["/v1/checkouts"]);
  });

  it("ends at an empty page, even if `has_more` is true", async () => {
    const { checkouts } = await clientOf(page(true));
    expect(await idsOf(checkouts.list())).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  it("keeps its query when the caller changes the object", async () => {
    const { checkouts } = await clientOf(page(false));
    const query = { reference: "ORDER-1", metadata: { order: "1" } };
    const list = checkouts.list(query);
    query.reference = "ORDER-2";
    query.metadata.order = "2";
    await list;
    expect(addresses().map((path = "") => decodeURIComponent(path))).toEqual([
      "/v1/checkouts?reference=ORDER-1&metadata[order]=1",
    ]);
  });

  it("has the methods of a promise", async () => {
    const { checkouts } = await clientOf(page(false, "a"));
    const list = checkouts.list();
    let isEnded = false;
    const { data } = await Promise.resolve(list.finally(() => (isEnded = true)).catch(() => ({ data: [] })));
    expect([data, isEnded, Object.prototype.toString.call(list)]).toEqual([
      [{ id: "a" }],
      true,
      "[object ListPromise]",
    ]);
  });
});

describe("a list that fails", () => {
  it("rejects each caller that awaits or iterates it, with one request and nothing unhandled", async () => {
    const { checkouts } = await clientOf(refuse(401, "invalid_key"));
    const list = checkouts.list();
    await expect(idsOf(list)).rejects.toMatchObject({ code: "invalid_key" });
    await expect(list).rejects.toBeInstanceOf(QontoPayError);
    expect(await list.catch(({ code }: QontoPayError) => code)).toBe("invalid_key");
    expect(server.requests).toHaveLength(1);
    expect(await unhandledSoFar()).toEqual([]);
  });

  it("leaves nothing unhandled if only iterated, on its first page or a later one", async () => {
    const { checkouts } = await clientOf(page(true, "a"), refuse(500, "internal_error"));
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { id } of checkouts.list()) seen.push(id);
    })();
    await expect(reading).rejects.toMatchObject({ code: "internal_error" });
    await expect(idsOf(checkouts.list())).rejects.toMatchObject({ code: "internal_error" });
    expect(seen).toEqual(["a"]);
    expect(await unhandledSoFar()).toEqual([]);
  });

  it("rejects nothing if it is never used, even with an invalid id", async () => {
    const { webhookEndpoints } = await clientOf(page(false));
    const list = webhookEndpoints.deliveries("");
    expect(await unhandledSoFar()).toEqual([]);
    await expect(list).rejects.toThrow(TypeError);
    expect(server.requests).toEqual([]);
  });
});

describe("a list of payment links", () => {
  const links = answer(200, {
    payment_links: [{ id: "a", status: "open" }],
    meta: { next_page: null, total_count: 1 },
  });

  it("is a page in Qonto's order if awaited, and requests it once", async () => {
    const { paymentLinks } = await clientOf(links);
    const list = paymentLinks.list({ sort_by: "amount:desc", page: 2 });
    expect(await Promise.all([list, list])).toMatchObject([{ meta: { total_count: 1 } }, { payment_links: [{}] }]);
    expect(addresses()).toEqual(["/v1/payment_links?sort_by=amount%3Adesc&page=2"]);
  });

  it("requests only the pages of all links if iterated", async () => {
    const { paymentLinks } = await clientOf(links);
    expect(await idsOf(paymentLinks.list({ status: ["open"], per_page: 100 }))).toEqual(["a"]);
    expect(addresses()).toEqual(["/v1/payment_links?sort_by=expiration_date%3Aasc&page=1&per_page=100"]);
  });

  it.each([{ sort_by: "amount:asc" }, { page: 2 }])("can't be iterated with %j", async (query) => {
    const { paymentLinks } = await clientOf(links);
    await expect(idsOf(paymentLinks.list(query as object))).rejects.toThrow(/`page` or `sort_by` is one page/);
    expect(server.requests).toEqual([]);
  });
});
