/** A body that breaks a rule between fields, or a rule that the document's schema can't express. */
export interface BrokenRule {
  readonly route: string;
  readonly body: unknown;
  readonly param: string;
}

const KEY = "pk_sandbox_demo";
const PRICE = { value: "12.00", currency: "EUR" };
const ITEMS = [{ title: "Poster", quantity: 1, price: PRICE, tax_behavior: "inclusive", vat_rate: "20" }];
const INVOICE = {
  invoice_id: "2f6a3b1e-8a54-4d1c-9a55-0d6f5b1c9e77",
  invoice_number: "INV-1",
  debitor_name: "Ada Lovelace",
  amount: PRICE,
};
const CONNECTION = {
  partner_callback_url: "https://shop.example/connected",
  user_bank_account_id: "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e04",
  user_phone_number: "+33612345678",
  user_website_url: "https://shop.example",
};
const TOO_MUCH = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`key-${index}`, "value"]));
const BASKET = [{ product: "mug" }];

function ofEach(routes: readonly string[], param: string, bodies: readonly unknown[]): readonly BrokenRule[] {
  return routes.flatMap((route) => bodies.map((body) => ({ route, body, param })));
}

const OF_PAGES = ["POST /v1/checkouts", "POST /v1/prices"];

/** Every rule of `refine` in the schemas of requests. */
export const BROKEN_RULES: readonly BrokenRule[] = [
  ...ofEach(OF_PAGES, "product", [
    { publishable_key: KEY },
    { publishable_key: KEY, product: "mug", items: BASKET },
    { publishable_key: KEY, product: "mug", offer: "offer" },
    { publishable_key: KEY, items: BASKET, offer: "offer" },
  ]),
  ...ofEach(OF_PAGES, "items", [
    { publishable_key: KEY, items: BASKET, quantity: 2 },
    { publishable_key: KEY, offer: "offer", amount: "5.00" },
  ]),
  ...ofEach(["POST /v1/checkouts"], "reference", [{ publishable_key: KEY, offer: "offer", reference: "ORDER-1" }]),
  ...ofEach(["POST /v1/checkouts"], "items", [{}, { reference: "ORDER-1" }]),
  ...ofEach(["POST /v1/checkouts"], "invoice", [{ items: ITEMS, invoice: INVOICE }]),
  ...ofEach(["POST /v1/checkouts"], "discount", [{ invoice: INVOICE, discount: PRICE }]),
  ...ofEach(["POST /v1/checkouts"], "store_credit", [{ invoice: INVOICE, store_credit: PRICE }]),
  ...ofEach(["POST /v1/checkouts"], "total", [{ invoice: INVOICE, total: PRICE }]),
  ...ofEach(["POST /v1/checkouts"], "items[0].vat_rate", [{ items: [{ ...ITEMS[0], vat_rate: "0.2" }] }]),
  ...ofEach(["PUT /v1/products/:id"], "vat_rate", [
    { title: "Mug", price: PRICE, tax_behavior: "inclusive", vat_rate: "0.2" },
    { title: "Tip", open_amount: { min: PRICE, max: PRICE }, vat_rate: "0.2" },
  ]),
  ...ofEach(["POST /v1/checkouts"], "reusable", [{ invoice: INVOICE, reusable: true }]),
  ...ofEach(["POST /v1/checkouts"], "metadata", [{ items: ITEMS, metadata: TOO_MUCH }]),
  ...ofEach(["POST /v1/connection"], "business_description", [{ ...CONNECTION, business_description: "Mugs." }]),
  ...ofEach(["POST /v1/merchants"], "name", [{ name: "Bakery", allowed_origins: [] }]),
  ...ofEach(["POST /v1/merchants"], "allowed_origins[0]", [
    { name: "bakery", allowed_origins: ["http://shop.example"] },
  ]),
  ...ofEach(["PATCH /v1/merchants/:merchant"], "allowed_origins[0]", [{ allowed_origins: ["*"] }]),
  ...ofEach(["POST /v1/webhook_endpoints"], "event_types", [
    { url: "https://shop.example/hook", event_types: ["checkout.paid", "checkout.paid"] },
  ]),
  ...ofEach(["PATCH /v1/webhook_endpoints/:id"], "event_types", [{ event_types: ["checkout.paid", "checkout.paid"] }]),
];
