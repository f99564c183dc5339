import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { fetchWorker } from "../support/fetch-worker.ts";
import { administer } from "../support/connect.ts";
import { OFFERED, signOffer } from "../support/offer.ts";
import { control, letLinksExpireAfter } from "../support/sandbox.ts";
import { answerAsServer, callAsServer, openServerCheckout, type ServerCheckout } from "../support/server.ts";
import { checkoutFor, errorOf, openShop, SHOP } from "../support/shop.ts";
import { deliverEvent, paymentLinkEvent } from "../support/webhook.ts";

beforeEach(openShop);
afterEach(() => {
  vi.restoreAllMocks();
});

const PAGES = { success_url: `${SHOP}/thanks?a=1&b=2`, cancel_url: `${SHOP}/cart` };

type Opened = ServerCheckout & { readonly status_url: string };

async function open(body: Record<string, unknown> = {}): Promise<Opened> {
  return (await openServerCheckout({ reference: "ORDER-7", ...PAGES, ...body })) as Opened;
}

function show(address: string, language?: string): Promise<Response> {
  return fetchWorker(address, { headers: language === undefined ? {} : { "Accept-Language": language } });
}

async function textOf(address: string, language?: string): Promise<string> {
  return (await show(address, language)).text();
}

/** Whether the page continues to poll. */
function isWatching(page: string): boolean {
  return page.includes("data-watching=") && page.includes("<script>");
}

/** The addresses that the page links to with JavaScript. */
function hrefsIn(page: string): readonly string[] {
  return [...withoutNoscript(page).matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href = ""]) =>
    href.replaceAll("&amp;", "&"),
  );
}

function withoutNoscript(page: string): string {
  return page.replace(/<noscript>.*?<\/noscript>/s, "");
}

async function untilShown(address: string, heading: string): Promise<string> {
  return eventually(async () => {
    const page = await textOf(address);
    expect(page).toContain(`>${heading}</h1>`);
    return page;
  });
}

async function payAtQonto({ payment_link }: ServerCheckout, status: string): Promise<void> {
  await control("POST", `payment_links/${payment_link.id}/payments`, { status });
  await deliverEvent(paymentLinkEvent(payment_link.id));
}

describe("the status page", () => {
  it("never reloads itself, which would move the focus; without JavaScript, it has a link to do so", async () => {
    const { status_url } = await open();
    const page = await textOf(status_url, "de");
    expect(page).not.toContain("http-equiv");
    expect(/<noscript>.*<\/noscript>/s.exec(page)?.[0]).toMatch(/<a [^>]*href="">Aktualisieren<\/a>/);
    expect(withoutNoscript(page)).not.toContain("Aktualisieren");
  });

  it("runs the one script that its policy names by hash, which can write no HTML and calls no other server", async () => {
    const { status_url } = await open();
    const response = await show(status_url);
    const policy = response.headers.get("Content-Security-Policy") ?? "";
    const [, script = ""] = /<script>(.*?)<\/script>/s.exec(await response.text()) ?? [];
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(script));
    const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
    expect(policy.split("; ")).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        `script-src 'sha256-${hash}'`,
        "connect-src 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
      ]),
    );
    expect(policy).not.toContain("unsafe");
  });

  it("may run no script at all once the status is final", async () => {
    const checkout = await open();
    await answerAsServer("POST", `checkouts/${checkout.id}/cancel`);
    const policy = (await show(checkout.status_url)).headers.get("Content-Security-Policy");
    expect(policy).not.toMatch(/script-src|connect-src/);
  });

  it("of an open checkout links to payment and back to the shop, and continues to poll", async () => {
    const checkout = await open();
    const response = await show(checkout.status_url);
    expect(response.status).toBe(200);
    const page = await response.text();
    expect(page).toContain(">Not paid yet</h1>");
    expect(page).toContain("€12.00");
    expect(page).toContain("ORDER-7");
    expect(hrefsIn(page)).toEqual([checkout.url, PAGES.cancel_url]);
    expect(isWatching(page)).toBe(true);
    expect(page).not.toMatch(/failed/i);
  });

  it.each([
    ["de", "en", "de", "Noch nicht bezahlt", "12,00"],
    ["de-AT", "fr", "de-AT", "Noch nicht bezahlt", "€ 12,00"],
    ["fr_FR", "de", "fr-FR", "Pas encore payé", "12,00"],
    ["PT-br", "de", "pt-BR", "Ainda não está pago", "12,00"],
  ])(
    "is in the locale %s of the checkout, regardless of the browser's language",
    async (locale, browser, lang, heading, amount) => {
      const checkout = await open({ locale });
      expect(checkout).toMatchObject({ locale: lang });
      const page = await textOf(checkout.status_url, browser);
      expect(page).toContain(`<html lang="${lang}"`);
      expect(page).toContain(heading);
      expect(page.replaceAll("\u00a0", " ")).toContain(amount);
    },
  );

  it("is in the locale of an offer", async () => {
    const { id } = await checkoutFor({
      offer: await signOffer({ claims: { checkout: { ...OFFERED, locale: "it" } } }),
      attempt_id: "attempt-0001",
    });
    const { status_url } = await answerAsServer<Opened>("GET", `checkouts/${id}`);
    expect(await textOf(status_url, "de")).toContain('<html lang="it"');
  });

  it.each(["pl", "xx-XX", "deutsch", "", "de-", "*", "de,en", "de; q=1", "d".repeat(40)])(
    "can't be in the locale %j, and the error lists the allowed languages",
    async (locale) => {
      const response = await callAsServer("POST", "checkouts", { body: { items: OFFERED.items, locale } });
      expect(response.status).toBe(422);
      const error = await errorOf(response);
      expect(error).toMatchObject({ code: "invalid_request", param: "locale" });
      if (locale.length < 35) expect(error.message).toContain("de, en, es, fr, it, nl, pt");
    },
  );

  it("requests nothing while the payment is processing, reports no failure, and continues to poll", async () => {
    const checkout = await open();
    await payAtQonto(checkout, "pending");
    const page = await untilShown(checkout.status_url, "Your payment is being processed");
    expect(hrefsIn(page)).toEqual([]);
    expect(isWatching(page)).toBe(true);
    expect(page).not.toMatch(/failed/i);
  });

  it("shows after a failed payment that the checkout is still open", async () => {
    const checkout = await open();
    await payAtQonto(checkout, "failed");
    const page = await untilShown(checkout.status_url, "Not paid yet");
    expect(page).not.toMatch(/failed/i);
  });

  it("links to success_url and stops polling once paid", async () => {
    const checkout = await open();
    await payAtQonto(checkout, "paid");
    const page = await untilShown(checkout.status_url, "Thank you, this is paid");
    expect(hrefsIn(page)).toEqual([PAGES.success_url]);
    expect(page).not.toMatch(/<script|<noscript/);
  });

  it("links to cancel_url and not to payment once canceled", async () => {
    const checkout = await open();
    await answerAsServer("POST", `checkouts/${checkout.id}/cancel`);
    const page = await textOf(checkout.status_url);
    expect(page).toContain(">This payment was canceled</h1>");
    expect(hrefsIn(page)).toEqual([PAGES.cancel_url]);
    expect(page).not.toMatch(/<script|<noscript/);
  });

  it("shows that the payment has expired", async () => {
    await letLinksExpireAfter(30 * 24 * 3600);
    const checkout = await open();
    await control("POST", "clock", { advance_seconds: 31 * 24 * 3600 });
    await deliverEvent(paymentLinkEvent(checkout.payment_link.id));
    await untilShown(checkout.status_url, "This payment has expired");
  });

  it("does not link to the payment of a superseded checkout", async () => {
    const before = await open();
    await open();
    expect(hrefsIn(await textOf(before.status_url))).not.toContain(before.url);
  });

  it("of a reusable checkout shows no single payment", async () => {
    const checkout = await open({ reusable: true });
    const page = await textOf(checkout.status_url);
    expect(page).toContain(">Ready to be paid</h1>");
    expect(page).not.toMatch(/<script|<noscript/);
  });

  it("links to no page of the shop if the checkout has none", async () => {
    const checkout = (await openServerCheckout()) as Opened;
    expect(hrefsIn(await textOf(checkout.status_url))).toEqual([checkout.url]);
  });

  it("shows a reference as text, regardless of its content", async () => {
    const checkout = await open({ reference: `"><script>alert(1)</script><a href='x` });
    const page = await textOf(checkout.status_url);
    expect(page).not.toContain("<script>alert");
    expect(page).toContain("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;a href=&#39;x");
  });

  it.each([
    ["fr-CH, en;q=0.5", "Pas encore payé", "fr-CH"],
    ["de", "Noch nicht bezahlt", "de"],
    ["es-ES", "Todavía no está pagado", "es-ES"],
    ["it;q=0.8, ja", "Non ancora pagato", "it"],
    ["nl", "Nog niet betaald", "nl"],
    ["pt-PT", "Ainda não está pago", "pt-PT"],
    ["en;q=0.2, de;q=0.9", "Noch nicht bezahlt", "de"],
    ["ja, zh;q=0.5", "Not paid yet", "en"],
    ["fr;q=0, *", "Not paid yet", "en"],
    ["toString, __proto__", "Not paid yet", "en"],
    ["e".repeat(3000), "Not paid yet", "en"],
  ])("for the languages %s has the heading %s", async (language, heading, lang) => {
    const { status_url } = await open();
    const response = await show(status_url, language);
    expect(response.headers.get("Content-Language")).toBe(lang);
    const page = await response.text();
    expect(page).toContain(`>${heading}</h1>`);
    expect(page).toContain(`<html lang="${lang}">`);
  });

  it("formats amounts for the language", async () => {
    const { status_url } = await open();
    expect(await textOf(status_url, "fr")).toMatch(/12,00\s€/);
    expect(await textOf(status_url, "nl")).toMatch(/€\s12,00/);
  });

  it("is not cached, not indexed, and sends no other site its address", async () => {
    const { status_url } = await open();
    const { headers } = await show(status_url);
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(headers.get("X-Robots-Tag")).toBe("noindex");
    expect(headers.get("Referrer-Policy")).toBe("same-origin");
    expect(headers.get("Content-Security-Policy")).toContain("default-src 'none'");
  });

  it("does not link back to a page whose origin is no longer allowed", async () => {
    const { status_url } = await open();
    expect(hrefsIn(await textOf(status_url))).toContain(`${SHOP}/cart`);
    await administer("PATCH", "/v1/merchants/demo", { allowed_origins: ["https://new.example"] });
    expect(hrefsIn(await textOf(status_url))).not.toContain(`${SHOP}/cart`);
  });

  it("answers GET and HEAD, and no other method", async () => {
    const { status_url } = await open();
    const head = await fetchWorker(status_url, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect((await fetchWorker(status_url, { method: "POST" })).status).toBe(405);
  });
});

describe("without the right token", () => {
  it.each(["", "?token=", "?token=demo.x", `?token=demo.${"A".repeat(43)}`, `?token=unknown.${"A".repeat(43)}`])(
    "%s shows nothing of the checkout",
    async (query) => {
      const checkout = await open();
      const response = await show(`${new URL(checkout.status_url).origin}/checkouts/${checkout.id}${query}`);
      expect(response.status).toBe(404);
      const page = await response.text();
      expect(page).toContain("Code <code>checkout_not_found</code>, request <code>req_");
      for (const secret of [checkout.id, checkout.url, "ORDER-7", "12.00", "Abacate"])
        expect(page).not.toContain(secret);
    },
  );

  it("the token of another checkout shows nothing of it either", async () => {
    const [mine, other] = [await open(), await open({ reference: "ORDER-8" })];
    expect((await show(mine.status_url.replace(mine.status_token, other.status_token))).status).toBe(404);
  });
});

it("the token is in no log", async () => {
  const lines: string[] = [];
  for (const method of ["log", "error", "warn", "info", "debug"] as const) {
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => void lines.push(parts.map(String).join(" ")));
  }
  const checkout = await open();
  await show(checkout.status_url);
  expect(lines.join("\n")).toContain('"route":"/checkouts/:id"');
  expect(lines.join("\n")).not.toContain(checkout.status_token);
});
