import { beforeEach, describe, expect, it } from "vitest";
import { CONNECT } from "../support/connect.ts";
import { fetchWorker } from "../support/fetch-worker.ts";
import {
  CLICKED,
  fieldsOf,
  follow,
  forgetKeptLinks,
  hrefIn,
  locationOf,
  pageOf,
  refusalOf,
  send,
  soldAtQonto,
} from "../support/no-script.ts";
import { breakOperation, linksAtQonto } from "../support/sandbox.ts";
import { openShop, SHOP } from "../support/shop.ts";

beforeEach(async () => {
  await openShop();
  await forgetKeptLinks();
});

describe("a form for which Qonto fails", () => {
  it("shows when to try again, and the retry works with the same attempt", async () => {
    const form = fieldsOf(await pageOf("mug"));
    await breakOperation("createPaymentLink", { status: 503, times: 2 });
    const failed = await send("mug", form);
    expect(failed.headers.get("Retry-After")).toBe("2");
    expect(await refusalOf(failed)).toEqual([503, "qonto_unavailable"]);
    await locationOf(send("mug", form));
    expect((await linksAtQonto()).filter(({ status }) => status === "open")).toHaveLength(1);
  });

  it("links to a page with the same order, which a click does not skip", async () => {
    await breakOperation("createPaymentLink", { status: 503, times: 2 });
    const failed = await send("mug", { quantity: "3", reference: "ORDER 7&quantity=1" }, SHOP);
    const wayOn = new URL(hrefIn(await failed.text()) ?? "", CONNECT);
    expect(wayOn.pathname).toBe("/pay/pk_sandbox_demo/mug");
    const shown = await fetchWorker(wayOn, { headers: CLICKED, redirect: "manual" });
    expect(shown.status).toBe(200);
    const page = await shown.text();
    for (const text of ["<h1>Mug</h1>", "€39.89", "Quantity: 3"]) expect(page).toContain(text);
    await locationOf(send("mug", { ...fieldsOf(page), reference: "ORDER-7" }));
    expect((await soldAtQonto()).at(-1)).toEqual(["39.89", "ORDER-7"]);
    expect(page).toContain('name="reference" value="ORDER 7&amp;quantity=1"');
  });

  it("links to the page and not to Qonto if it has no quantity", async () => {
    await locationOf(follow("mug"));
    await breakOperation("createPaymentLink", { status: 503, times: 2 });
    const wayOn = new URL(hrefIn(await (await send("mug", {}, SHOP)).text()) ?? "", CONNECT);
    const shown = await fetchWorker(wayOn, { headers: CLICKED, redirect: "manual" });
    expect([shown.status, await shown.text()]).toEqual([200, expect.stringContaining("€13.30")]);
  });

  it("shows an error if the amount is off by a cent", async () => {
    await breakOperation("createPaymentLink", { amount_off_by: "0.01" });
    expect(await refusalOf(send("mug", {}))).toEqual([502, "amount_mismatch"]);
  });

  it("shows how long to wait if the rate limit is exceeded", async () => {
    await breakOperation("createPaymentLink", { status: 429, headers: { "Retry-After": "7" } });
    const limited = await send("mug", {});
    expect(limited.headers.get("Retry-After")).toBe("7");
    expect(await refusalOf(limited)).toEqual([503, "qonto_rate_limited"]);
  });
});
