import { afterEach, expect, it } from "vitest";
import { QontoPay } from "../../src/index.ts";
import { answer, ScriptedServer } from "../setup/scripted-server.ts";

let server: ScriptedServer;
afterEach(() => server.close());

/** A page of two links in the shape of the Worker's responses. */
function page(ids: readonly string[], current_page: number, total_count: number) {
  const total_pages = Math.ceil(total_count / 2);
  const next_page = current_page < total_pages ? current_page + 1 : null;
  const payment_links = ids.map((id) => ({ id, status: "open" }));
  return answer(200, { payment_links, meta: { current_page, next_page, total_pages, total_count, per_page: 2 } });
}

async function readAll(): Promise<readonly string[]> {
  const qontoPay = new QontoPay({ secretKey: "sk_sandbox_shop_local_only", endpoint: server.url });
  const ids: string[] = [];
  for await (const { id } of qontoPay.paymentLinks.list()) ids.push(id);
  return ids;
}

it("a second pass finds a link that moved between two pages, and returns no other link twice", async () => {
  server = await ScriptedServer.start(
    page(["a", "b"], 1, 4),
    page(["a", "d"], 2, 4), // c and a have changed places
    page(["c", "b"], 1, 4),
    page(["a", "d"], 2, 4),
  );
  expect(await readAll()).toEqual(["a", "b", "d", "c"]);
  expect(server.requests).toHaveLength(4);
});

it("a list that counts more links than it contains is read a limited number of times", async () => {
  server = await ScriptedServer.start(page(["a"], 1, 2));
  expect(await readAll()).toEqual(["a"]);
  expect(server.requests).toHaveLength(3);
});

it("links are read in an order that no change of a link affects", async () => {
  server = await ScriptedServer.start(page([], 1, 0));
  await readAll();
  expect(server.requests.map(({ url }) => url)).toEqual(["/v1/payment_links?sort_by=expiration_date%3Aasc&page=1"]);
});

it("links without an expiry are found by a pass sorted by amount", async () => {
  server = await ScriptedServer.start(
    page(["a", "b"], 1, 4),
    page(["b", "a"], 2, 4), // no link expires, so any order is right
    page(["a", "b"], 1, 4),
    page(["c", "d"], 2, 4),
  );
  expect(await readAll()).toEqual(["a", "b", "c", "d"]);
  expect(server.requests.map(({ url }) => new URL(url ?? "", server.url).searchParams.get("sort_by"))).toEqual([
    "expiration_date:asc",
    "expiration_date:asc",
    "amount:asc",
    "amount:asc",
  ]);
});
