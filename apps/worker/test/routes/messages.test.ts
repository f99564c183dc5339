import { beforeEach, describe, expect, it } from "vitest";
import { withChecksum } from "../../src/crypto/key-checksum.ts";
import { administer, CONNECT } from "../support/connect.ts";
import { fetchWorker } from "../support/fetch-worker.ts";
import { control } from "../support/sandbox.ts";
import { answerAsServer, callAsServer, openServerCheckout } from "../support/server.ts";
import { errorOf, KEY, openShop, pay, priceOf, secretKeyOf, SHOP } from "../support/shop.ts";

beforeEach(openShop);

const PRICE = { value: "12.00", currency: "EUR" };
const ITEM = { title: "Poster", quantity: 1, price: PRICE, tax_behavior: "inclusive", vat_rate: "20" };
const INVOICE = {
  invoice_id: "2f6a3b1e-8a54-4d1c-9a55-0d6f5b1c9e77",
  invoice_number: "INV-1",
  debitor_name: "Ada Lovelace",
  amount: PRICE,
};
const TOO_FINE = 'must be a percentage with 2 decimal places at most, not a fraction: "5.5" for 5.5 %';
const RATE = 'must be a percentage from 0 to 99.99 with 2 decimal places at most, as a decimal string like "21.0"';

function priced(value: string) {
  return { items: [{ ...ITEM, price: { ...PRICE, value } }] };
}

function itemOf(fields: Record<string, unknown>) {
  return { items: [{ ...ITEM, ...fields }] };
}

function rated(vat_rate: string) {
  return itemOf({ vat_rate });
}

it.each(["[]", '"x"', "null", "7"])("a JSON body that is not an object is rejected: %s", async (text) => {
  const message = "The body must be a JSON object: {…}. PHP writes an empty array as []: use (object)[] there.";
  const { id } = await openServerCheckout();
  for (const path of ["checkouts", `checkouts/${id}/cancel`]) {
    const { code, param, message: told } = await errorOf(await callAsServer("POST", path, { text }));
    expect({ code, param, told }).toEqual({ code: "invalid_request", param: undefined, told: message });
  }
  expect((await errorOf(await pay(null, { text }))).message).toBe(message);
});

it("the error for a page outside the allowed origins lists them for the merchant's server", async () => {
  const body = { items: [ITEM], success_url: "http://localhost:3000/thanks" };
  expect(await errorOf(await callAsServer("POST", "checkouts", { body }))).toMatchObject({
    param: "success_url",
    message: `The field success_url must be a page of one of your allowed origins: ${SHOP}.`,
  });
});

describe("a page that may not pay", () => {
  const NOT_ALLOWED = "Payments are not allowed from this website";
  const askFrom = async (origin: string | null) => {
    const asked = [
      pay({ publishable_key: KEY, product: "mug" }, { origin }),
      priceOf({ publishable_key: KEY, product: "mug" }, { origin }),
    ];
    const told = await Promise.all(asked.map(async (response) => errorOf(await response)));
    for (const { code } of told) expect(code).toBe("origin_not_allowed");
    return told.map(({ message }) => message);
  };

  it.each(["http://127.0.0.1:6180", "https://shop.example", "http://[::1]:5173"])(
    "gets its own origin in the error: %s",
    async (origin) => {
      const message = `${NOT_ALLOWED}: ${origin} is not among the merchant's allowed origins.`;
      expect(await askFrom(origin)).toEqual([message, message]);
    },
  );

  it.each([null, "null", "https://shop.example/<b>", `https://${"x".repeat(300)}.example`])(
    "gets no text in the error that is not an origin: %s",
    async (origin) => {
      expect(await askFrom(origin)).toEqual([`${NOT_ALLOWED}.`, `${NOT_ALLOWED}.`]);
    },
  );
});

/** Each error names the one rule that is broken, and no other. */
describe("a rejected part is named with its own rule", () => {
  it.each<readonly [method: string, path: string, body: unknown, param: string, rule: string]>([
    ["POST", "checkouts", priced("-5.00"), "items[0].price.value", 'must have no sign, like "12.00"'],
    ["POST", "checkouts", priced("12,00"), "items[0].price.value", 'must be a decimal string, like "12.00"'],
    ["POST", "checkouts", priced("1e3"), "items[0].price.value", 'must be a decimal string, like "12.00"'],
    ["POST", "checkouts", priced("1000000000"), "items[0].price.value", 'must be below 1000000000, like "12.00"'],
    [
      "POST",
      "checkouts",
      priced("9.999"),
      "items[0].price.value",
      "must be a decimal string with 2 decimal places at most",
    ],
    ["POST", "checkouts", rated("150"), "items[0].vat_rate", RATE],
    ["POST", "checkouts", rated("19.0001"), "items[0].vat_rate", RATE],
    ["POST", "checkouts", rated("0.055"), "items[0].vat_rate", TOO_FINE],
    ["POST", "checkouts", rated(".2"), "items[0].vat_rate", TOO_FINE],
    ["POST", "checkouts", itemOf({ price: undefined }), "items[0].price", "must be given where `line_total` is not"],
    [
      "POST",
      "checkouts",
      itemOf({ price: undefined, line_total: { value: "4,5", currency: "EUR" } }),
      "items[0].line_total.value",
      'must be a decimal string, like "12.00"',
    ],
    ["POST", "checkouts", itemOf({ price: { ...PRICE, currency: "USD" } }), "items[0].price.currency", 'must be "EUR"'],
    ...["discount", "store_credit", "total"].map(
      (field) =>
        [
          "POST",
          "checkouts",
          { invoice: INVOICE, [field]: PRICE },
          field,
          "must not be given with `invoice`, which has its amount",
        ] as const,
    ),
    ["PUT", "products/mug", { ...ITEM, quantity: undefined, vat_rate: "150" }, "vat_rate", RATE],
    ["POST", "checkouts", {}, "items", "must be given where `invoice` is not"],
    ["POST", "checkouts", { items: [ITEM], invoice: INVOICE }, "invoice", "must not be given with `items`"],
    ["PUT", "products/mug", { title: "Mug", vat_rate: "20" }, "open_amount", "must be given where `price` is not"],
    [
      "PUT",
      "products/mug",
      { title: "Mug", vat_rate: "20", tax_behavior: "inclusive" },
      "price",
      "must be given where `open_amount` is not",
    ],
  ])("%s %s %j", async (method, path, body, param, rule) => {
    const error = await errorOf(await callAsServer(method, path, { body }));
    expect(error).toMatchObject({ code: "invalid_request", param, message: `The field ${param} ${rule}.` });
  });

  it.each([
    ["two ways to name the purchase", { product: "mug", items: [{ product: "mug" }] }],
    ["three ways to name the purchase", { product: "mug", items: [{ product: "mug" }], offer: "eyJ" }],
  ])("%s", async (_name, body) => {
    const message = "Give one of `product`, `items` and `offer`, not two.";
    for (const ask of [pay, priceOf]) {
      expect(await errorOf(await ask({ publishable_key: KEY, ...body }))).toMatchObject({ param: "product", message });
    }
  });

  it("an item with a price and a total", async () => {
    const body = { items: [{ ...ITEM, line_total: PRICE }] };
    const { code, param, message } = await errorOf(await callAsServer("POST", "checkouts", { body }));
    expect([code, message]).toEqual(["invalid_request", "Give either `price` or `line_total`, not both."]);
    expect(["items[0].price", "items[0].line_total"]).toContain(param);
  });

  it.each([{ tax_behavior: "inclusive" }, {}])("a product of both kinds: %j", async (detail) => {
    const body = { title: "Tip", vat_rate: "0", price: PRICE, open_amount: { min: PRICE, max: PRICE }, ...detail };
    const { code, param, message } = await errorOf(await callAsServer("PUT", "products/tip", { body }));
    expect([code, message]).toEqual(["invalid_request", "Give either `price` or `open_amount`, not both."]);
    expect(["price", "open_amount"]).toContain(param);
  });

  /** A missing field is often present, but mistyped. */
  it.each<readonly [method: string, path: string, body: unknown, param: string, told: string]>([
    [
      "PUT",
      "products/bowl",
      { name: "Bowl", price: "12.00" },
      "name",
      "Unknown field name. Allowed here: title, description, type, vat_rate, allow_small_vat_rate, price, tax_behavior, min_quantity, max_quantity, open_amount.",
    ],
    [
      "POST",
      "checkouts",
      { items: [{ name: "Bowl", quantity: 1, price: PRICE, tax_behavior: "inclusive", vat_rate: "20" }] },
      "items[0].name",
      "Unknown field items[0].name. Allowed here: title, description, type, quantity, measure_unit, price, tax_behavior, vat_rate, allow_small_vat_rate, line_total.",
    ],
    [
      "POST",
      "checkouts",
      { items: [{ ...ITEM, price: { amount: "1.00" } }] },
      "items[0].price.amount",
      "Unknown field items[0].price.amount. Allowed here: value, currency.",
    ],
    [
      "PUT",
      "products/tip",
      { title: "Tip", vat_rate: "0", min_quantity: 2, open_amount: { min: PRICE, max: PRICE } },
      "min_quantity",
      "The field min_quantity can't be combined with the others.",
    ],
    [
      "POST",
      "checkouts/co_00000000000000000000/cancel",
      { why: "sold out" },
      "why",
      "Unknown field why. None is allowed here.",
    ],
  ])("an unknown field is named before a missing one: %s %s %j", async (method, path, body, param, told) => {
    const error = await errorOf(await callAsServer(method, path, { body }));
    expect(error).toMatchObject({ code: "invalid_request", param, message: told });
  });

  it.each([
    ["checkouts?limit=1000", "limit", 100],
    ["checkouts?limit=0", "limit", 100],
    ["webhook_endpoints/we_00000000000000000000/deliveries?limit=many", "limit", 100],
    ["payment_links?per_page=1000", "per_page", 100],
  ])("GET %s", async (path, param, most) => {
    const message = `The query parameter ${param} must be a whole number from 1 to ${most}.`;
    expect(await errorOf(await callAsServer("GET", path))).toMatchObject({ param, message });
  });

  it.each([
    ["https://shop.example/cart", "must be only an origin, without a path"],
    ["https://shop.example/?a", "must be only an origin, without a query"],
    ["https://shop.example#top", "must be only an origin, without a fragment"],
    ["https://ada@shop.example", "must be only an origin, without a user"],
    ["shop.example", "must be an https origin, beginning with https://"],
    ["localhost:3000", "must be an https origin, beginning with https://"],
    ["http://shop.example", "must be an https origin: http is for this machine only"],
    ["http://192.168.1.20:3000", "must be an https origin: http is for this machine only"],
  ])("an origin: %s", async (origin, rule) => {
    const response = await administer("PATCH", "/v1/merchants/demo", { allowed_origins: [origin] });
    expect((await errorOf(response)).message).toContain(`The field allowed_origins[0] ${rule}`);
  });
});

describe("the error for a wrong or missing key explains what to send", () => {
  it("a server that forgot its header", async () => {
    const body = JSON.stringify({ items: [ITEM] });
    const response = await fetchWorker(`${CONNECT}/v1/checkouts`, { method: "POST", body });
    const { param, message } = await errorOf(response);
    expect(param).toBe("publishable_key");
    for (const said of ["publishable key", "secret key", "Authorization: Bearer sk_"]) expect(message).toContain(said);
  });

  it.each(["sk_sandbox_demo_wrong", "sk_sandbox_demo", "sk_"])("an incomplete secret key: %s", async (key) => {
    const message =
      "This secret key is incomplete or mistyped. Send all of it: sk_{environment}_{merchant}_{49 characters}.";
    expect(await errorOf(await callAsServer("GET", "keys", { key }))).toMatchObject({ code: "invalid_key", message });
  });

  it("another kind of key", async () => {
    const message = "This is not a secret key: a secret key begins with sk_. A publishable key (pk_) is for pages.";
    expect((await errorOf(await callAsServer("GET", "keys", { key: KEY }))).message).toBe(message);
  });

  /** A caller who guesses keys must not find out which merchants exist. */
  it("an inactive secret key, with the same text whether or not the merchant exists", async () => {
    const told = async (merchant: string) => {
      const key = await withChecksum(`sk_sandbox_${merchant}_${"x".repeat(43)}`);
      const { code, param, message } = await errorOf(await callAsServer("GET", "keys", { key }));
      expect([code, param]).toEqual(["invalid_key", undefined]);
      return message;
    };
    const ofKnown = await told("demo");
    expect(ofKnown).toContain("No active secret key of merchant demo: mistyped or revoked?");
    expect(ofKnown).toContain("POST /v1/merchants/demo/replace_keys");
    expect(await told("unknown")).toBe(ofKnown.replaceAll("demo", "unknown"));
  });

  it("a key for live mode", async () => {
    const message = "This is a key for live mode, and this Worker is connected to Qonto's sandbox.";
    const ofPage = await pay({ publishable_key: "pk_live_demo", product: "mug" });
    expect(await errorOf(ofPage)).toMatchObject({
      code: "key_environment_mismatch",
      param: "publishable_key",
      message,
    });
    const ofServer = await callAsServer("GET", "keys", { key: secretKeyOf("demo").replace("sandbox", "live") });
    expect(await errorOf(ofServer)).toMatchObject({ code: "key_environment_mismatch", message });
  });
});

describe("the error for a wrong request explains the right one", () => {
  it.each([
    ["GET", ""],
    ["GET", "/payments"],
    ["POST", "/cancel"],
    ["POST", "/sync"],
  ])("%s of a checkout with the order's number: %s", async (method, rest) => {
    const { code, message } = await errorOf(await callAsServer(method, `checkouts/PS-1001${rest}`));
    expect(code).toBe("checkout_not_found");
    for (const said of ["ids begin with co_", "by your order number", "?reference="]) expect(message).toContain(said);
    const unknown = await errorOf(await callAsServer(method, `checkouts/co_00000000000000000000${rest}`));
    expect(unknown).toMatchObject({ code, message: "There is no checkout with this id." });
  });

  it.each([
    ["GET", ""],
    ["GET", "/payments"],
    ["PATCH", "/deactivate"],
  ])("%s of a payment link with its checkout's id: %s", async (method, rest) => {
    const { id, payment_link } = await openServerCheckout();
    const { code, message } = await errorOf(await callAsServer(method, `payment_links/${id}${rest}`));
    expect(code).toBe("payment_link_not_found");
    for (const said of ["id of a checkout", "payment_link.id"]) expect(message).toContain(said);
    expect((await callAsServer(method, `payment_links/${payment_link.id}${rest}`)).status).toBe(200);
  });

  it("events after one that has expired", async () => {
    const refused = await errorOf(await callAsServer("GET", "events?after=evt_00000000000000000000"));
    expect(refused).toMatchObject({ code: "invalid_request", param: "after" });
    expect(refused.message).toContain("List again without after");
  });

  it("a method that the address does not have", async () => {
    const refused = await callAsServer("PUT", "checkouts");
    expect(refused.headers.get("Allow")).toBe("GET, POST");
    expect(await errorOf(refused)).toMatchObject({
      code: "method_not_allowed",
      message: "This address does not take that kind of request: it takes GET, POST.",
    });
  });
});

it.each([
  ["paid", "paid"],
  ["pending", "processing"],
])("a checkout whose payment is %s is not canceled, because it is %s", async (payment, status) => {
  const { id, payment_link } = await openServerCheckout();
  await control("POST", `payment_links/${payment_link.id}/payments`, { status: payment });
  const refused = await callAsServer("POST", `checkouts/${id}/cancel`);
  expect(await errorOf(refused)).toMatchObject({
    code: "checkout_not_open",
    message: `This checkout can't be canceled: its status is ${status}.`,
  });
  expect(await answerAsServer("GET", `checkouts/${id}`)).toMatchObject({ status });
});

it.each(["/v1/nothing", "/v1/checkouts/co_00000000000000000000"])(
  "an error of %s links to the page of this deployment, regardless of the host in the request",
  async (path) => {
    const refused = await errorOf(await fetchWorker(`http://evil.example${path}`));
    expect(new URL(refused.doc_url).host).toBe("localhost:8787");
  },
);
