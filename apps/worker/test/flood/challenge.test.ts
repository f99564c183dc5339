import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { changeStorage } from "../support/diagnostics.ts";
import { countObjectCalls } from "../support/object-calls.ts";
import { breakOperation, control, linksAtQonto } from "../support/sandbox.ts";
import { callAsServer } from "../support/server.ts";
import { type CreatedCheckout, errorOf, openShop } from "../support/shop.ts";
import { challengeOf, solutionOf } from "../support/solve-challenge.ts";
import { addressOf, flood, payFrom } from "../support/visitors.ts";

const SHOPPER = "203.0.113.7";
const ATTEMPT = { attempt_id: "attempt-of-the-shopper" };

/** The checkouts that pages of a new shop open at once without a challenge. */
const BURST = 30;

beforeEach(async () => {
  await openShop();
  // The allowance grows with the time.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  await flood(BURST);
});
afterEach(() => {
  vi.useRealTimers();
});

async function codeOf(response: Response | Promise<Response>): Promise<string> {
  const answer = await response;
  return answer.ok ? "accepted" : (await errorOf(answer)).code;
}

describe("beyond the allowed rate, a page", () => {
  it("gets a challenge, and a checkout for its solution", async () => {
    const challenge = await challengeOf(await payFrom(SHOPPER, ATTEMPT));
    expect(challenge.attempt_id).toBe(ATTEMPT.attempt_id);
    const before = (await linksAtQonto()).length;
    const response = await payFrom(SHOPPER, await solutionOf(challenge));
    expect(response.status).toBe(201);
    expect((await linksAtQonto()).length).toBe(before + 1);
  });

  it("without an attempt_id gets one with the challenge", async () => {
    const challenge = await challengeOf(await payFrom(SHOPPER, {}));
    expect(challenge.attempt_id).toMatch(/^[\w-]{8,64}$/);
    expect((await payFrom(SHOPPER, await solutionOf(challenge))).status).toBe(201);
  });

  it("gets the checkout that its attempt already has, without a challenge", async () => {
    const solved = await solutionOf(await challengeOf(await payFrom(SHOPPER, ATTEMPT)));
    const first = await (await payFrom(SHOPPER, solved)).json<CreatedCheckout>();
    const again = await payFrom(SHOPPER, ATTEMPT);
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ id: first.id, url: first.url });
  });

  it("gets a harder challenge while many are solved", async () => {
    const first = await challengeOf(await payFrom(SHOPPER, ATTEMPT));
    for (let number = 1; number <= 25; number += 1) {
      const asked = await payFrom(addressOf(number), {});
      expect((await payFrom(addressOf(number), await solutionOf(await challengeOf(asked)))).status).toBe(201);
    }
    const later = await challengeOf(await payFrom(SHOPPER, ATTEMPT));
    expect(later.parameters.cost).toBeGreaterThan(first.parameters.cost);
  });

  it("hears first that its order can't be paid", async () => {
    expect(await codeOf(payFrom(SHOPPER, { ...ATTEMPT, product: "boat" }))).toBe("product_not_found");
  });
});

it("the merchant's server is not challenged", async () => {
  await challengeOf(await payFrom(SHOPPER, ATTEMPT));
  const item = { title: "Mug", quantity: 1, price: { value: "10.00", currency: "EUR" }, vat_rate: "20" };
  const body = { items: [{ ...item, tax_behavior: "inclusive" }] };
  for (let count = 0; count < 10; count += 1) {
    expect((await callAsServer("POST", "checkouts", { body })).status).toBe(201);
  }
});

it("a shop whose checkouts are paid may open more without a challenge", async () => {
  await challengeOf(await payFrom(SHOPPER, ATTEMPT));
  await changeStorage("UPDATE checkouts SET status = 'paid', created_at = created_at - 600000");
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 11_000 });
  expect((await flood(100)).filter((status) => status !== 201)).toEqual([]);
});

describe("a solution", () => {
  async function solved() {
    return solutionOf(await challengeOf(await payFrom(SHOPPER, ATTEMPT)));
  }

  it("is not valid for another attempt", async () => {
    const other = { ...(await solved()), attempt_id: "another-attempt" };
    expect(await codeOf(payFrom(SHOPPER, other))).toBe("challenge_required");
  });

  it("is not valid for another visitor", async () => {
    expect(await codeOf(payFrom("203.0.113.8", await solved()))).toBe("challenge_required");
  });

  it("is valid for another address of the same IPv6 network of 64 bits", async () => {
    const challenge = await challengeOf(await payFrom("2001:db8:7::1", ATTEMPT));
    expect((await payFrom("2001:0db8:0007::2", await solutionOf(challenge))).status).toBe(201);
  });

  it("expires after five minutes", async () => {
    const solution = await solved();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 301_000 });
    // The allowance of five minutes.
    await flood(BURST);
    await flood(BURST);
    expect(await codeOf(payFrom(SHOPPER, solution))).toBe("challenge_required");
  });

  it("is valid again after a failed creation, so that the shopper need not solve another", async () => {
    const solution = await solved();
    await breakOperation("createPaymentLink", { status: 422, times: 1 });
    expect(await codeOf(payFrom(SHOPPER, solution))).not.toBe("challenge_required");
    await control("DELETE", "faults");
    expect(await codeOf(payFrom(SHOPPER, solution))).toBe("accepted");
  });

  it("is valid for three failed creations at most", async () => {
    const solution = await solved();
    await breakOperation("createPaymentLink", { status: 422, times: 3 });
    const codes: string[] = [];
    for (let count = 0; count < 4; count += 1) codes.push(await codeOf(payFrom(SHOPPER, solution)));
    await control("DELETE", "faults");
    expect(codes.slice(0, 3)).not.toContain("challenge_required");
    expect(codes[3]).toBe("challenge_required");
  });

  it("of two concurrent requests opens one checkout", async () => {
    const solution = await solved();
    const responses = await Promise.all([payFrom(SHOPPER, solution), payFrom(SHOPPER, solution)]);
    const ids = await Promise.all(responses.map((response) => response.json<CreatedCheckout>()));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
  });

  it("is not valid if it was changed", async () => {
    const { attempt_id, challenge_solution } = await solved();
    const changes: readonly [string, (text: string) => string][] = [
      ["with less work", (text: string) => btoa(atob(text).replace(/"cost":\d+/, '"cost":1'))],
      ["with another end", (text: string) => btoa(atob(text).replace(/"expiresAt":\d+/, '"expiresAt":9999999999'))],
      ["with another counter", (text: string) => btoa(atob(text).replace(/"counter":\d+/, '"counter":4000000000'))],
      ["that is cut", (text: string) => text.slice(0, 100)],
      ["that is no JSON", () => "bm90aGluZw=="],
      ["without a challenge", () => btoa("{}")],
      ["that is null", () => btoa("null")],
    ];
    for (const [what, change] of changes) {
      const changed = { attempt_id, challenge_solution: change(challenge_solution) };
      expect([what, await codeOf(payFrom(SHOPPER, changed))]).toEqual([what, "challenge_required"]);
    }
    expect(await codeOf(payFrom(SHOPPER, { attempt_id, challenge_solution }))).toBe("accepted");
  });
});

describe("beyond the rate of a key or an origin at one location, a page", () => {
  const overRate = { limit: () => Promise.resolve({ success: false }) };

  it("gets a challenge without a call of the merchant's object", async () => {
    const { bindings, called } = countObjectCalls();
    const limited = { ...bindings, PAGE_RATE_LIMIT: overRate };
    const challenge = await challengeOf(await payFrom(SHOPPER, ATTEMPT, limited));
    expect(called).toEqual([]);
    expect((await payFrom(SHOPPER, await solutionOf(challenge), limited)).status).toBe(201);
    expect(called).toEqual(["createCheckout"]);
  });
});
