import { expect } from "vitest";
import { administer } from "./connect.ts";
import { payCheckout, syncCheckout } from "./paid-checkout.ts";
import { answerAsServer, callAsServer, openServerCheckout, type ServerCheckout } from "./server.ts";
import { checkoutFor, secretKeyOf } from "./shop.ts";

/** A line of an export. */
export interface Line {
  readonly cursor: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Restored {
  readonly restored: number;
  readonly skipped: number;
}

/** Returns the lines of a whole export. @param query with its question mark. */
export async function exported(query = "", key = secretKeyOf("demo")): Promise<readonly Line[]> {
  const response = await callAsServer("GET", `export${query}`, { key });
  expect(response.status).toBe(200);
  expect(response.headers.get("Content-Type")).toBe("application/x-ndjson; charset=utf-8");
  const text = new TextDecoder().decode(await response.arrayBuffer());
  expect(text.endsWith("\n") || text === "").toBe(true);
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
}

/** Restores an export in calls of 200 records. @returns the sums. */
export async function restore(lines: readonly Line[]): Promise<Restored> {
  const sums = { restored: 0, skipped: 0 };
  const [first, ...others] = lines;
  for (let start = 0; start < others.length; start += 199) {
    const response = await restoreOnce([first as Line, ...others.slice(start, start + 199)]);
    expect(response.status, await response.clone().text()).toBe(200);
    const { restored, skipped } = await response.json<Restored>();
    sums.restored += restored;
    sums.skipped += skipped;
  }
  return sums;
}

export function restoreOnce(records: readonly object[]): Promise<Response> {
  return administer("POST", "/v1/merchants/demo/restore", { records });
}

/** Sells with every kind of record. */
export async function sell(): Promise<{ readonly paid: ServerCheckout; readonly open: ServerCheckout }> {
  const paid = await openServerCheckout({ reference: "ORDER-1", metadata: { cart: "1" } });
  await payCheckout(paid);
  await syncCheckout(paid);
  const open = await openServerCheckout({ reference: "ORDER-2", metadata: { cart: "2" } });
  const canceled = await openServerCheckout({ reference: "ORDER-3" });
  await answerAsServer("POST", `checkouts/${canceled.id}/cancel`);
  await checkoutFor({ product: "mug" });
  return { paid, open };
}
