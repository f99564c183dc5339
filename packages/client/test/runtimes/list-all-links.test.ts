import { beforeAll, describe, expect, it } from "vitest";
import type { AllPaymentLinksQuery, QontoPay } from "../../src/index.ts";
import { PAYMENT_LINK } from "../setup/bodies.ts";
import { newMerchant } from "../setup/merchant.ts";

let qontoPay: QontoPay;
beforeAll(async () => {
  ({ qontoPay } = await newMerchant());
});

async function newLink(): Promise<string> {
  return (await qontoPay.paymentLinks.create(PAYMENT_LINK)).payment_link.id;
}

async function newLinks(count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let made = 0; made < count; made += 1) ids.push(await newLink());
  return ids;
}

/** Reads all links and runs `happens` after each one. Returns their ids in the order in which they came. */
async function readWhile(
  query: AllPaymentLinksQuery,
  happens: (linkId: string) => Promise<unknown>,
): Promise<readonly string[]> {
  const read: string[] = [];
  for await (const { id } of qontoPay.paymentLinks.list(query)) {
    read.push(id);
    await happens(id);
  }
  return read;
}

function timesRead(read: readonly string[], ids: readonly string[]): readonly number[] {
  return ids.map((id) => read.filter((other) => other === id).length);
}

describe("reading all payment links", () => {
  it("skips no open link while others are deactivated", async () => {
    const leaving = await newLinks(4);
    const staying = await newLinks(4);
    const read = await readWhile({ status: ["open"], per_page: 2 }, async (id) => {
      if (leaving.includes(id)) await qontoPay.paymentLinks.deactivate(id);
    });
    expect(timesRead(read, [...leaving, ...staying])).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    const open = await readWhile({ status: ["open"] }, async () => {});
    expect(timesRead(open, [...leaving, ...staying])).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  });

  it("repeats no link while new ones are created, and includes the new ones", async () => {
    const known = await newLinks(4);
    const made: string[] = [];
    const read = await readWhile({ per_page: 2 }, async (id) => {
      if (known.includes(id)) made.push(await newLink());
    });
    expect(new Set(read).size).toBe(read.length);
    expect(made).toHaveLength(known.length);
    expect(timesRead(read, [...known, ...made])).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  });
});
