import { runInDurableObject } from "cloudflare:test";
import { SignJWT } from "jose";
import { offerKeyOf } from "../../src/crypto/offer.ts";
import { anotherLink, askConsent, begin, createMerchant } from "../support/connect.ts";
import { merchantObject, untilAtRest } from "../support/merchant-object.ts";
import { answerAsServer, openServerCheckout, type ToldEvent } from "../support/server.ts";
import { deliveriesOf, openEndpoint, paidCheckout, untilDeliveries } from "../support/shop-server.ts";
import { checkoutFor, openShop, secretKeyOf, openMerchant } from "../support/shop.ts";

/** In everything of the victim's that a stranger could be told. */
export const CANARY = "canary";

/** What names something of a merchant's. */
export interface Names {
  readonly merchant: string;
  readonly checkout: string;
  /** Of that checkout. */
  readonly statusToken: string;
  readonly attempt: string;
  readonly reference: string;
  readonly link: string;
  readonly event: string;
  readonly key: string;
  readonly product: string;
  /** Of webhooks. */
  readonly endpoint: string;
  /** To that endpoint. */
  readonly delivery: string;
  readonly idempotencyKey: string;
  readonly offer: string;
  /** The token of a connect link that nobody has used yet. */
  readonly connectToken: string;
  /** The cookie of the browser that connects the merchant, without its name. */
  readonly session: string;
  /** The `state` of a consent that Qonto was asked for. */
  readonly state: string;
}

/** As everything of nobody's: a refusal must not tell whether a name is somebody's. */
export const PHANTOM: Names = {
  merchant: "nobody",
  checkout: "co_00000000000000000000",
  statusToken: "demo.00000000000000000000000000000000000000000000",
  attempt: "attempt-of-nobody",
  reference: "of nobody",
  link: "00000000-0000-4000-8000-000000000000",
  event: "evt_00000000000000000000",
  key: "key_00000000000000000000",
  product: "nothing",
  endpoint: "we_00000000000000000000",
  delivery: "dlv_00000000000000000000",
  idempotencyKey: "key-of-nobody",
  offer: "e30.e30.AAAA",
  connectToken: "0".repeat(43),
  session: `nobody.${"0".repeat(43)}`,
  state: `nobody.${"0".repeat(43)}`,
};

/** A key of the deployment's other environment. */
export function ofOtherEnvironment(key: string): string {
  return key.replace("_sandbox_", "_live_");
}

/** Three merchants: `demo`, the victim; `other`, connected as well; `stranger`, who never consented to anything. */
export async function openThreeShops(): Promise<Names> {
  await openShop();
  await openMerchant("other", [product("cup", "Cup")]);
  await createStranger();
  return namesOfVictim();
}

let strangersKey = "";

/** The secret key of the merchant who never consented. */
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
  };
  for (const [name, value] of Object.entries(names)) if (!value) throw new Error(`the victim has no ${name}`);
  return names as Names;
}

type OpenedCheckout = Awaited<ReturnType<typeof openServerCheckout>>;

/** A line of a checkout by secret key. */
export const ITEM = {
  title: "Bowl",
  quantity: 1,
  price: { value: "12.00", currency: "EUR" },
  tax_behavior: "inclusive",
  vat_rate: "20",
};

/** The body of `PUT /v1/products/{id}`, with its id. */
export function product(id: string, title: string) {
  const { quantity: _quantity, ...sold } = ITEM;
  return { ...sold, id, title };
}

/** An offer that a merchant's server signed. @param audience the merchant that it is for. */
export async function offerOf(merchant: string, audience = merchant): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const checkout = { items: [ITEM], reference: `${CANARY}-offer` };
  return new SignJWT({ aud: `pk_sandbox_${audience}`, iat: now, exp: now + 600, checkout })
    .setProtectedHeader({ alg: "HS256" })
    .sign(await offerKeyOf(secretKeyOf(merchant)));
}

/** From now on, nothing of the victim's happens by itself. */
export async function holdStill(): Promise<void> {
  await untilAtRest();
  await runInDurableObject(merchantObject(), (_object, state) => state.storage.deleteAlarm());
}

/** Everything that is stored of a merchant, and when its alarm rings. */
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
