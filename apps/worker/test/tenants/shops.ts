import { runInDurableObject } from "cloudflare:test";
import { SignJWT } from "jose";
import { offerKeyOf } from "../../src/crypto/offer.ts";
import { anotherLink, askConsent, begin, createMerchant } from "../support/connect.ts";
import { newSignInLink, type SessionAnswer, signedIn } from "../support/console.ts";
import { merchantObject, untilAtRest } from "../support/object/merchant-object.ts";
import { answerAsServer, openServerCheckout, type ToldEvent } from "../support/server.ts";
import { deliveriesOf, openEndpoint, paidCheckout, untilDeliveries } from "../support/shop-server.ts";
import { checkoutFor, openShop, secretKeyOf, openMerchant } from "../support/shop.ts";

/** Contained in all data of the victim that could leak. */
export const CANARY = "canary";

/** Identifiers of a merchant's data. */
export interface Names {
  readonly merchant: string;
  readonly checkout: string;
  /** The checkout's status token. */
  readonly statusToken: string;
  readonly attempt: string;
  readonly reference: string;
  readonly link: string;
  readonly event: string;
  readonly key: string;
  readonly product: string;
  /** A webhook endpoint. */
  readonly endpoint: string;
  /** A delivery to that endpoint. */
  readonly delivery: string;
  readonly idempotencyKey: string;
  readonly offer: string;
  /** The token of an unused connect link. */
  readonly connectToken: string;
  /** The cookie of the browser that connects the merchant, without its name. */
  readonly session: string;
  /** The `state` of a consent request. */
  readonly state: string;
  /** The id of a session of the console, and its cookie, without its name. */
  readonly consoleSession: string;
  readonly consoleCookie: string;
  /** The id of an unused sign-in link, and its token. */
  readonly signInLink: string;
  readonly signInToken: string;
  /** The id of an entry of the audit log. */
  readonly auditEntry: string;
}

/** Identifiers that do not exist. An error must not reveal whether an identifier exists. */
export const PHANTOM: Names = {
  merchant: "absent",
  checkout: "co_00000000000000000000",
  statusToken: "demo.00000000000000000000000000000000000000000000",
  attempt: "attempt-of-absent",
  reference: "of absent",
  link: "00000000-0000-4000-8000-000000000000",
  event: "evt_00000000000000000000",
  key: "key_00000000000000000000",
  product: "nothing",
  endpoint: "we_00000000000000000000",
  delivery: "dlv_00000000000000000000",
  idempotencyKey: "key-of-absent",
  offer: "e30.e30.AAAA",
  connectToken: "0".repeat(43),
  session: `absent.${"0".repeat(43)}`,
  state: `absent.${"0".repeat(43)}`,
  consoleSession: "ses_00000000000000000000",
  consoleCookie: `absent.${"0".repeat(49)}`,
  signInLink: "lnk_00000000000000000000",
  signInToken: `absent.${"0".repeat(49)}`,
  auditEntry: "aud_00000000000000000000",
};

/** Returns a key for the deployment's other environment. */
export function ofOtherEnvironment(key: string): string {
  return key.replace("_sandbox_", "_live_");
}

/** Opens three merchants: the victim `demo`; `other`, also connected; and `stranger`, who never consented. */
export async function openThreeShops(): Promise<Names> {
  await openShop();
  await openMerchant("other", [product("cup", "Cup")]);
  await createStranger();
  return namesOfVictim();
}

let strangersKey = "";

/** Returns the secret key of the merchant who never consented. */
export function keyOfStranger(): string {
  return strangersKey;
}

async function createStranger(): Promise<void> {
  strangersKey = (await createMerchant("stranger", [])).secret_key;
}

async function namesOfVictim(): Promise<Names> {
  await openMerchant("demo", [product("vase", `A ${CANARY} vase`)]);
  const attempt = `${CANARY}-attempt`;
  await checkoutFor({ product: "vase", attempt_id: attempt });
  const idempotencyKey = `${CANARY}-idempotency`;
  const reference = "ORDER-7";
  const body = { items: [ITEM], reference, metadata: { note: CANARY } };
  const opened = await answerAsServer<OpenedCheckout>("POST", "checkouts", { body, idempotencyKey });
  const endpoint = await openEndpoint(`/${CANARY}`, { description: CANARY });
  await paidCheckout();
  await untilDeliveries(endpoint, [{ status: "delivered" }]);
  const [delivery] = await deliveriesOf(endpoint);
  const { data: events } = await answerAsServer<{ data: readonly ToldEvent[] }>("GET", "events");
  const { data: keys } = await answerAsServer<{ data: readonly { id: string }[] }>("GET", "keys");
  const browser = await begin(await anotherLink("demo"));
  const page = await askConsent(browser, "demo");
  const console = await signedIn();
  const { id: consoleSession } = await (await console.call("GET", "console/session")).json<SessionAnswer>();
  const { id: signInLink, token: signInToken } = await newSignInLink("demo", { name: CANARY });
  const { data: audited } = await answerAsServer<{ data: readonly { id: string }[] }>("GET", "audit_log");
  const names = {
    merchant: "demo",
    checkout: opened.id,
    statusToken: opened.status_token,
    attempt,
    reference,
    link: opened.payment_link.id,
    event: events.at(-1)?.id,
    key: keys[0]?.id,
    product: "vase",
    endpoint: endpoint.id,
    delivery: delivery?.id,
    idempotencyKey,
    offer: await offerOf("demo"),
    connectToken: new URL(await anotherLink("demo")).searchParams.get("token"),
    session: browser.cookie.split("=")[1],
    state: page.searchParams.get("state"),
    consoleSession,
    consoleCookie: console.cookie,
    signInLink,
    signInToken,
    auditEntry: audited[0]?.id,
  };
  for (const [name, value] of Object.entries(names)) if (!value) throw new Error(`the victim has no ${name}`);
  return names as Names;
}

type OpenedCheckout = Awaited<ReturnType<typeof openServerCheckout>>;

/** Returns an item for a checkout with a secret key. */
export const ITEM = {
  title: "Bowl",
  quantity: 1,
  price: { value: "12.00", currency: "EUR" },
  tax_behavior: "inclusive",
  vat_rate: "20",
};

/** Returns a body of `PUT /v1/products/{id}`, with its id. */
export function product(id: string, title: string) {
  const { quantity: _quantity, ...sold } = ITEM;
  return { ...sold, id, title };
}

/** Signs an offer as a merchant's server. @param audience the merchant for whom it is valid. */
export async function offerOf(merchant: string, audience = merchant): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const checkout = { items: [ITEM], reference: `${CANARY}-offer` };
  return new SignJWT({ aud: `pk_sandbox_${audience}`, iat: now, exp: now + 600, checkout })
    .setProtectedHeader({ alg: "HS256" })
    .sign(await offerKeyOf(secretKeyOf(merchant)));
}

/** Stops all automatic work of the victim. */
export async function holdStill(): Promise<void> {
  await untilAtRest();
  await runInDurableObject(merchantObject(), (_object, state) => state.storage.deleteAlarm());
}

/** Returns all stored data of a merchant and the time of its alarm. */
export function storageOf(merchant: string): Promise<Record<string, unknown>> {
  return runInDurableObject(merchantObject(merchant), async (_object, state) => {
    const { sql } = state.storage;
    const tables = sql
      .exec<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
      )
      .toArray();
    const rows = tables.map(({ name }) => [name, sql.exec(`SELECT * FROM "${name}"`).toArray()]);
    return { ...Object.fromEntries(rows), alarm: await state.storage.getAlarm() };
  });
}
