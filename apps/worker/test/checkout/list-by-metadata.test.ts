import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { Checkouts } from "../../src/storage/checkouts.ts";
import { merchantObject } from "../support/object/merchant-object.ts";
import { answerAsServer, callAsServer, openServerCheckout } from "../support/server.ts";
import { errorOf, openShop } from "../support/shop.ts";

beforeEach(openShop);

interface Page {
  readonly data: readonly { readonly id: string }[];
  readonly has_more: boolean;
}

function page(query: string): Promise<Page> {
  return answerAsServer("GET", `checkouts?${query}`);
}

async function idsBy(query: string): Promise<readonly string[]> {
  return (await page(query)).data.map(({ id }) => id);
}

async function open(metadata: Record<string, string>, body: Record<string, unknown> = {}): Promise<string> {
  return (await openServerCheckout({ metadata, ...body })).id;
}

describe("a list of checkouts with an entry in their metadata", () => {
  it("has the checkouts with the exact entry, and no others", async () => {
    await open({ order_id: "1234", other: "123" });
    const first = await open({ order_id: "123", channel: "web" });
    const second = await open({ order_id: "123", channel: "app" });
    await open({});
    expect(await idsBy("metadata[order_id]=123")).toEqual([second, first]);
    expect(await idsBy("metadata%5Border_id%5D=123&metadata[channel]=web")).toEqual([first]);
    expect(await idsBy("metadata[order_id]=123&metadata[channel]=shop")).toEqual([]);
    expect(await idsBy("metadata[order]=123")).toEqual([]);
  });

  it.each([
    ["a [b] c", "ä & ö = ü"],
    ["0", ""],
    ["__proto", "x".repeat(500)],
    ["key", "💥"],
  ])("accepts any text as key and value: %j", async (key, value) => {
    const id = await open({ [key]: value });
    await open({ [key]: `${value}!`.slice(-500) });
    const query = new URLSearchParams([[`metadata[${key}]`, value]]);
    expect(await idsBy(query.toString())).toEqual([id]);
  });

  it("combines with other filters, page by page", async () => {
    const ids: string[] = [];
    for (const number of [1, 2, 3, 4, 5]) ids.unshift(await open({ channel: "web" }, { reference: `ORDER-${number}` }));
    await open({ channel: "app" }, { reference: "ORDER-9" });
    await answerAsServer("POST", `checkouts/${ids[1]}/cancel`);
    const wanted = ids.filter((id) => id !== ids[1]);
    const query = "metadata[channel]=web&status=open&opened_by=server&created_from=2026-01-01T00:00:00Z&limit=2";
    const first = await page(query);
    expect(first).toMatchObject({ data: [{ id: wanted[0] }, { id: wanted[1] }], has_more: true });
    const second = await page(`${query}&after=${wanted[1]}`);
    expect(second).toMatchObject({ data: [{ id: wanted[2] }, { id: wanted[3] }], has_more: false });
    expect(await idsBy("metadata[channel]=web&reference=ORDER-4")).toEqual([ids[1]]);
  });

  it("follows a change of the metadata", async () => {
    const id = await open({ order_id: "1", cart: "7" });
    await answerAsServer("PATCH", `checkouts/${id}`, { body: { metadata: { order_id: "2", cart: null, more: "x" } } });
    for (const gone of ["metadata[order_id]=1", "metadata[cart]=7"]) expect(await idsBy(gone)).toEqual([]);
    for (const found of ["metadata[order_id]=2", "metadata[more]=x"]) expect(await idsBy(found)).toEqual([id]);
  });

  it.each([
    ["metadata=123", "metadata"],
    ["metadata[]=123", "metadata"],
    ["metadata=123&metadata[a]=1", "metadata"],
    ["metadata[a]=1&metadata=", "metadata"],
    ["metadata[a]=1&metadata[a]=2", "metadata[a]"],
    [`metadata[${"k".repeat(41)}]=1`, "metadata"],
    ["metadata[__proto__]=1", "metadata"],
    [`metadata[a]=${"x".repeat(501)}`, "metadata.a"],
    [Array.from({ length: 21 }, (_, index) => `metadata[k${index}]=1`).join("&"), "metadata"],
    ["reference[a]=1", "reference[a]"],
  ])("is rejected for %s", async (query, param) => {
    const response = await callAsServer("GET", `checkouts?${query}`);
    expect(response.status).toBe(422);
    const error = await errorOf(response);
    expect(error.code).toBe("invalid_request");
    expect(error.param).toContain(param);
  });

  it("reads no more rows than the page has, regardless of the number of checkouts", async () => {
    const id = await open({ order_id: "123", channel: "web" }, { reference: "ORDER-1" });
    const { rowsRead, found } = await runInDurableObject(merchantObject(), (_object, state) => {
      const { sql } = state.storage;
      const checkouts = new Checkouts(sql);
      const template = checkouts.find(id);
      if (template === null) throw new Error("the checkout is not stored");
      for (let number = 0; number < 3_000; number += 1) {
        const metadata = { order_id: `other-${number}`, channel: "web" };
        const other = `co_${String(number).padStart(20, "0")}`;
        const attemptId = `attempt-${number}`;
        checkouts.add({ ...template, id: other, attemptId, metadata, reference: `OTHER-${number}` }, number);
      }
      const cursors: { readonly rowsRead: number }[] = [];
      const counting = {
        exec: (...asked: Parameters<SqlStorage["exec"]>) => {
          const cursor = sql.exec(...asked);
          cursors.push(cursor);
          return cursor;
        },
      } as SqlStorage;
      const counted = new Checkouts(counting);
      const filters = [
        { metadata: { order_id: "123" } },
        { metadata: { channel: "web" } },
        { metadata: { order_id: "123", channel: "web" } },
        { metadata: { channel: "web", order_id: "123" } },
        { metadata: { channel: "web" }, reference: "ORDER-1" },
      ];
      return {
        found: filters.map((filter) => counted.list(filter, 10)?.checkouts.length),
        rowsRead: cursors.map((cursor) => cursor.rowsRead),
      };
    });
    expect(found).toEqual([1, 10, 1, 1, 1]);
    for (const rows of rowsRead) expect(rows).toBeLessThan(200);
  });
});
