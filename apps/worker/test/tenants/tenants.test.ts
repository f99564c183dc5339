import { env } from "cloudflare:test";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Env } from "../../src/context/env.ts";
import worker from "../../src/index.ts";
import { ROUTES } from "../../src/routes/index.ts";
import { beginAnew, createMerchant } from "../support/connect.ts";
import { fetchWorker } from "../support/fetch-worker.ts";
import { callsToQonto, control } from "../support/sandbox.ts";
import { secretKeyOf, WORKER } from "../support/shop.ts";
import { ACCOUNT_TARGETS } from "./account-attacks.ts";
import type { Attack } from "./attack.ts";
import { CHECKOUT_TARGETS } from "./checkout-attacks.ts";
import { CONSOLE_TARGETS } from "./console-attacks.ts";
import { KEYLESS_TARGETS } from "./keyless-attacks.ts";
import { ENDPOINT_TARGETS } from "./endpoint-attacks.ts";
import { QONTO_TARGETS } from "./qonto-attacks.ts";
import { CANARY, holdStill, type Names, ofOtherEnvironment, openThreeShops, PHANTOM, storageOf } from "./shops.ts";

/** Every route of the Worker, as `{method} {path}`. */
const TARGETS = {
  ...CHECKOUT_TARGETS,
  ...QONTO_TARGETS,
  ...ACCOUNT_TARGETS,
  ...ENDPOINT_TARGETS,
  ...CONSOLE_TARGETS,
  ...KEYLESS_TARGETS,
};

const ROUTE_NAMES = ROUTES.map(({ method, path }) => `${method} ${path}`);

/** Returns all parts of an answer that could leak data, without the request id. */
async function told(response: Response): Promise<string> {
  const { status, headers } = response;
  const shown = [status, headers.get("Location"), headers.get("Set-Cookie"), await response.text()].join("\n");
  return shown.replaceAll(/req_\w+/g, "req_");
}

/** Removes the attacker's own input. */
function impersonal(text: string, names: Names): string {
  return text.replaceAll(`/connect/${names.merchant}`, "/connect/").replaceAll(names.product, "");
}

function codeOf(text: string): string | undefined {
  return /"code":"(\w+)"|Code <code>(\w+)<\/code>/.exec(text)?.slice(1).find(Boolean);
}

/** Returns all values that only the victim and its customers may know. */
function secretsOf(names: Names, stored: Record<string, unknown>): readonly string[] {
  const { checkout, statusToken, link, event, key, endpoint, delivery, offer } = names;
  const { connectToken, session, consoleCookie, signInToken } = names;
  const ids = JSON.stringify(stored).match(/(aud|co|evt|key|lnk|ses|we|dlv)_[0-9a-hjkmnp-tv-z]{20}/g) ?? [];
  return [
    CANARY,
    checkout,
    statusToken,
    link,
    event,
    key,
    endpoint,
    delivery,
    offer,
    connectToken,
    session,
    consoleCookie,
    signInToken,
    secretKeyOf("demo"),
    ...ids,
  ];
}

it("the table of attacks contains exactly the routes of the Worker", () => {
  const message = "add the attacks of another merchant on a new route to test/tenants/";
  expect(Object.keys(TARGETS).toSorted(), message).toEqual(ROUTE_NAMES.toSorted());
});

describe("another merchant", () => {
  const attacks = Object.entries(TARGETS).flatMap(([route, target]) =>
    target.attacks.map((attack) => ({ route, ...attack })),
  );
  let victim: Names;

  async function openShops(): Promise<void> {
    victim = await openThreeShops();
    await holdStill();
  }

  async function expectNothing(attack: Attack): Promise<void> {
    const before = await storageOf("demo");
    await control("DELETE", "journal");
    const response = await attack.try(victim);
    const answer = response.clone();
    const text = await told(response);
    expect({ status: response.status, code: codeOf(text) }).toEqual({ status: attack.status, code: attack.code });
    if (attack.own !== undefined) expect(await answer.json()).toMatchObject(attack.own);
    for (const secret of secretsOf(victim, before)) expect(text).not.toContain(secret);
    expect(await storageOf("demo")).toEqual(before);
    if (attack.isKeptFromQonto) expect(await callsToQonto()).toEqual([]);

    if (attack.code === undefined) return;
    const nobodys = await told(await attack.try(PHANTOM));
    expect(impersonal(text, victim)).toBe(impersonal(nobodys, PHANTOM));
  }

  describe("gets and changes nothing", () => {
    beforeAll(openShops);
    it.each(attacks.filter(({ makesOwn }) => !makesOwn))("at $route by $by", expectNothing);
  });

  describe("gets only its own", () => {
    beforeEach(openShops);
    it.each(attacks.filter(({ makesOwn }) => makesOwn))("at $route by $by", expectNothing);
  });
});

describe("a key of the other environment is rejected at", () => {
  /** The settings of a deployment that uses Qonto's production. */
  const live = { ...(env as unknown as Env), QONTO_API_URL: "https://thirdparty.qonto.com" };
  delete (live as { QONTO_STAGING_TOKEN?: string }).QONTO_STAGING_TOKEN;

  const keyed = Object.entries(TARGETS).flatMap(([route, target]) => target.keyed.map((by) => ({ route, by })));

  let key: string;

  beforeEach(async () => {
    await beginAnew();
    key = (await createMerchant("demo", [])).secret_key;
  });

  function ask(route: string, authorization: string | null, publishableKey: string): Request {
    const [method = "", path = ""] = route.split(" ");
    const url = new URL(path.replace(/:\w+/g, "demo"), WORKER);
    if (method === "GET" && authorization === null) url.search = `?publishable_key=${publishableKey}&product=mug`;
    return new Request(url, {
      method,
      headers: authorization === null ? {} : { Authorization: authorization },
      ...(method === "GET" ? {} : { body: JSON.stringify({ publishable_key: publishableKey, product: "mug" }) }),
    });
  }

  async function answerOf(response: Response): Promise<object> {
    return { status: response.status, code: codeOf(await response.text()) };
  }

  it.each(keyed.filter(({ by }) => by === "secret key"))("$route as a secret key", async ({ route }) => {
    const refused = { status: 401, code: "key_environment_mismatch" };
    const before = await storageOf("demo");
    expect(await answerOf(await fetchWorker(ask(route, `Bearer ${ofOtherEnvironment(key)}`, "")))).toEqual(refused);
    const asked = ask(route, `Bearer ${key}`, "") as Parameters<typeof worker.fetch>[0];
    expect(await answerOf(await worker.fetch(asked, live))).toEqual(refused);
    expect(await storageOf("demo")).toEqual(before);
  });

  it.each(keyed.filter(({ by }) => by === "publishable key"))("$route as a publishable key", async ({ route }) => {
    const refused = { status: 401, code: "key_environment_mismatch" };
    expect(await answerOf(await fetchWorker(ask(route, null, "pk_live_demo")))).toEqual(refused);
    const asked = ask(route, null, "pk_sandbox_demo") as Parameters<typeof worker.fetch>[0];
    expect(await answerOf(await worker.fetch(asked, live))).toEqual(refused);
  });

  it("every route under /v1/, because each requires a key, except the status and the sessions of browsers", () => {
    const open = Object.entries(TARGETS).filter(
      ([route, target]) => route.includes(" /v1/") && target.keyed.includes("none"),
    );
    expect(open.map(([route]) => route)).toEqual([
      "GET /v1/checkouts/:id/status",
      "POST /v1/console/session",
      "GET /v1/console/session",
      "DELETE /v1/console/session",
      "POST /v1/operator/session",
      "GET /v1/operator/session",
      "DELETE /v1/operator/session",
    ]);
  });
});
