import { env } from "cloudflare:test";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { breakOperation, linksAtQonto, webhookSecret } from "../support/sandbox.ts";
import { adminKey, checkoutFor, KEY, openShop, pay, SHOP, statusOf } from "../support/shop.ts";
import { deliver, deliverEvent, paymentLinkEvent } from "../support/webhook.ts";

beforeEach(openShop);
afterEach(() => {
  vi.restoreAllMocks();
});

it("a request is logged as one line of JSON, and no line contains a secret or a text from Qonto", async () => {
  const lines: string[] = [];
  for (const method of ["log", "error", "warn", "info", "debug"] as const) {
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => void lines.push(parts.map(String).join(" ")));
  }
  const checkout = await checkoutFor({ product: "mug" });
  await statusOf(checkout);
  await breakOperation("createPaymentLink", { status: 400, code: "canary_code" });
  await pay({ publishable_key: KEY, product: "mug" });
  await breakOperation("createPaymentLink", { body: "html" });
  await pay({ publishable_key: KEY, product: "mug" });
  await pay({ publishable_key: KEY, product: "mug", "card 4543474002249996": 1 });
  await deliver("{}", "t=1,v1=00");
  const [link] = await linksAtQonto();
  await deliverEvent(paymentLinkEvent(link?.id ?? ""));

  const all = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const requests = all.filter((line) => "request_id" in line);
  const codes = all.filter((line) => !("request_id" in line)).map(({ code }) => code);
  expect(codes.filter((code) => code === "qonto_call_failed")).toHaveLength(2);
  expect(codes.filter((code) => code !== "qonto_call_failed")).toEqual(["qonto_api_unreadable"]);
  expect(requests).toHaveLength(7);
  expect(requests[2]).toMatchObject({ route: "/v1/checkouts", status: 502, code: "qonto_refused" });
  const text = lines.join("\n");
  const settings = env as unknown as Record<string, string>;
  const secrets = [
    checkout.status_token,
    await webhookSecret(),
    adminKey,
    settings["QONTO_CLIENT_SECRET"],
    settings["QONTO_STAGING_TOKEN"],
    settings["VAULT_KEY"],
    "4543474002249996",
    "canary",
    "<html",
    SHOP,
  ];
  for (const secret of secrets) expect(text).not.toContain(secret);
});
