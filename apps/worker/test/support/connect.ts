import { env, listDurableObjectIds, reset, runInDurableObject } from "cloudflare:test";
import { vi } from "vitest";
import { addressPace } from "../../src/qonto/address-pace.ts";
import { fetchWorker } from "./fetch-worker.ts";
import { merchantObjects } from "./object/merchant-object.ts";
import { control, sandboxUrl } from "./sandbox.ts";

/** The Worker's address in its settings: the origin of its forms. */
export const CONNECT = new URL((env as unknown as { WORKER_URL: string }).WORKER_URL).origin;

export const adminKey = (env as unknown as { ADMIN_KEY: string }).ADMIN_KEY;

/** Resets Qonto, without webhooks, and the Worker. */
export async function beginAnew(): Promise<void> {
  await emptyWorker();
  await control("POST", "reset");
  await control("PUT", "webhooks", { mode: "drop" });
}

export async function emptyWorker(): Promise<void> {
  // The tests share an isolate.
  addressPace.reopen();
  const ids = await listDurableObjectIds(merchantObjects);
  // `reset` leaves the data of hibernated objects. An object hibernates after ten idle seconds.
  await Promise.all(ids.map((id) => runInDurableObject(merchantObjects.get(id), () => {})));
  await reset();
}

/** Valid input for the form of the second step. The account is not the main one. */
export const BUSINESS = {
  bank_account: "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e04",
  phone: "+33 6 12 34 56 78",
  website: "https://shop.example",
  description: "We make stoneware mugs and sell them in our own shop and to visitors of our workshop.",
};

export interface CreatedMerchant {
  readonly merchant: string;
  readonly publishable_key: string;
  readonly secret_key: string;
  readonly connect_url: string;
}

/** Calls with the admin key. */
export function administer(
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetchWorker(`${CONNECT}${path}`, {
    method,
    headers: { Authorization: `Bearer ${adminKey}`, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** @throws Error unless the answer is successful. */
export async function createMerchant(name: string, origins: readonly string[]): Promise<CreatedMerchant> {
  const response = await administer("POST", "/v1/merchants", { name, allowed_origins: origins });
  if (!response.ok) throw new Error(`the merchant was rejected: ${await response.text()}`);
  return response.json();
}

/** A minimal browser for the onboarding: cookies, and forms posted from the Worker's own pages. */
export class Browser {
  readonly #cookies = new Map<string, string>();

  /** The value of `Cookie`. */
  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  get(path: string): Promise<Response> {
    return this.#fetch(path, {});
  }

  /** @param headers override the headers that a browser would send. */
  post(
    path: string,
    form: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = { Origin: CONNECT },
  ): Promise<Response> {
    return this.#fetch(path, { method: "POST", body: new URLSearchParams(form), headers });
  }

  async #fetch(path: string, init: { method?: string; body?: URLSearchParams; headers?: object }): Promise<Response> {
    const headers = { ...init.headers, ...(this.cookie === "" ? {} : { Cookie: this.cookie }) };
    const response = await fetchWorker(new URL(path, CONNECT).href, { ...init, headers, redirect: "manual" });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
    return response;
  }
}

/** Opens a connect link and starts the onboarding. @returns the browser with a session. */
export async function begin(connectUrl: string, browser = new Browser()): Promise<Browser> {
  const { pathname, searchParams } = new URL(connectUrl);
  await browser.get(connectUrl);
  const begun = await browser.post(pathname, { token: searchParams.get("token") ?? "" });
  if (begun.status !== 303) throw new Error(`the start was rejected: ${await begun.text()}`);
  return browser;
}

/** Starts a consent request. @returns the address of Qonto's consent page. */
export async function askConsent(browser: Browser, merchant: string): Promise<URL> {
  const response = await browser.post(`/connect/${merchant}/consent`);
  const location = response.headers.get("Location");
  if (response.status !== 303 || location === null) throw new Error(`no consent was requested: ${response.status}`);
  return new URL(location);
}

/** Presses a button on Qonto's consent page. @returns the address to which it redirects the browser. */
export async function decide(page: URL, decision: "allow" | "refuse"): Promise<string> {
  const response = await fetch(page, { method: "POST", body: new URLSearchParams({ decision }), redirect: "manual" });
  await response.text();
  const location = response.headers.get("Location");
  if (response.status !== 303 || location === null) throw new Error(`Qonto did not redirect back: ${response.status}`);
  return location;
}

/** Completes the first step with a granted consent. @returns the answer of the callback. */
export async function consentAtQonto(browser: Browser, merchant: string): Promise<Response> {
  return browser.get(await decide(await askConsent(browser, merchant), "allow"));
}

/** Creates a merchant with a connected Qonto. */
export async function connectMerchant(name: string, origins: readonly string[]): Promise<CreatedMerchant> {
  const made = await createMerchant(name, origins);
  const connected = await consentAtQonto(await begin(made.connect_url), name);
  if (connected.status !== 303) throw new Error(`the consent was rejected: ${await connected.text()}`);
  return made;
}

/** Presses a button on the simulated page of the payment provider. @returns the address of its redirect. */
export async function finishAtProvider(location: string, outcome: "enabled" | "pending" | "disabled"): Promise<string> {
  if (!location.startsWith(sandboxUrl)) throw new Error(`not the provider's page: ${location}`);
  const response = await fetch(location, {
    method: "POST",
    body: new URLSearchParams({ outcome }),
    redirect: "manual",
  });
  await response.text();
  return response.headers.get("Location") ?? "";
}

/** Returns the heading of a page. */
export async function headingOf(response: Response): Promise<string> {
  return /<h1[^>]*>(.*?)<\/h1>/s.exec(await response.text())?.[1] ?? "";
}

/** Returns the code at the bottom of an error page. */
export async function problemOf(response: Response): Promise<{ status: number; code: string | undefined }> {
  return { status: response.status, code: /Code <code>(\w+)<\/code>/.exec(await response.text())?.[1] };
}

/** Returns the browser of a new merchant, with a session. */
export async function newBrowser(merchant = "demo"): Promise<Browser> {
  return begin((await createMerchant(merchant, [])).connect_url);
}

/** Returns another connect link for an existing merchant. */
export async function anotherLink(merchant = "demo"): Promise<string> {
  const response = await administer("POST", `/v1/merchants/${merchant}/connect_link`);
  return (await response.json<{ connect_url: string }>()).connect_url;
}

/** The headings of the steps. */
export const STEPS = {
  consent: "Connect your Qonto account",
  business: "Tell the payment provider about your business",
  connected: "You can take payments",
} as const;

/** Returns the heading of the next step. */
export async function stepFor(browser: Browser, merchant = "demo"): Promise<string> {
  return headingOf(await browser.get(`/connect/${merchant}`));
}

/** Advances time, here and at Qonto. The test has to restore real timers afterwards. */
export async function letPass(minutes: number): Promise<void> {
  await control("POST", "clock", { advance_seconds: minutes * 60 });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + minutes * 60_000 });
}
