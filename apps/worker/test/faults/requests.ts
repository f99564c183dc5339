import { fetchWorker } from "../support/fetch-worker.ts";
import { ringAlarm } from "../support/object/merchant-object.ts";
import { control, type JournalEntry } from "../support/sandbox.ts";
import { pay, secretKeyOf, WORKER } from "../support/shop.ts";
import type { OperationName } from "./operations.ts";
import { jump } from "./time.ts";

/** A repeatable request to the Worker. */
export interface Prepared {
  readonly make: () => Promise<Response>;
  /** Whether this request caused a call of its operation. */
  readonly isCause: (call: JournalEntry) => boolean;
}

/** @param isAlone whether no other operation needs the provider meanwhile. */
type Prepare = (merchant: string, isAlone: boolean) => Promise<Prepared> | Prepared;

/** For each operation: prepares the merchant and returns the request. */
export const PREPARE: Readonly<Record<OperationName, Prepare>> = {
  basket: (merchant) => ({ make: shopper(merchant), isCause: isBasket }),
  invoice: (merchant) => ({
    make: server(merchant, "POST", "payment_links", INVOICE, { "Idempotency-Key": crypto.randomUUID() }),
    isCause: (call) => !isBasket(call),
  }),
  list: (merchant) => ({ make: server(merchant, "GET", "payment_links"), isCause: () => true }),
  link: async (merchant) => ofLink(merchant, await makeLink(merchant), "GET", ""),
  sync: async (merchant) => {
    const link = await makeLink(merchant);
    await control("POST", `payment_links/${link.id}/payments`, { status: "pending" });
    return { ...ofLink(merchant, link), make: server(merchant, "POST", `checkouts/${link.checkout.id}/sync`) };
  },
  payments: async (merchant) => ofLink(merchant, await makeLink(merchant), "GET", "/payments"),
  deactivate: async (merchant) => {
    const link = await makeLink(merchant);
    // The link has been quiet for a while, so its next poll is far away.
    await jump(600_000);
    await ringAlarm(merchant);
    return ofLink(merchant, link, "PATCH", "/deactivate");
  },
  methods: (merchant) => ({ make: server(merchant, "GET", "payment_methods"), isCause: () => true }),
  connection: (merchant) => ({ make: server(merchant, "GET", "connection"), isCause: () => true }),
  connect: async (merchant, isAlone) => {
    if (isAlone) await control("PUT", "connection", { status: null });
    return { make: server(merchant, "POST", "connection", CONNECTION), isCause: () => true };
  },
  token: (merchant) => ({ make: shopper(merchant), isCause: () => true }),
};

interface Link {
  readonly id: string;
  readonly status: string;
  /** Only for links of this Worker. */
  readonly checkout: { readonly id: string; readonly status: string };
}

/** Sends a GET as a merchant's server. @throws Error unless the answer is successful. */
export async function askAsServer<T>(merchant: string, path: string): Promise<T> {
  const response = await server(merchant, "GET", path)();
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response.json<T>();
}

const BASKET = {
  payment_link: {
    potential_payment_methods: ["credit_card"],
    reusable: false,
    items: [{ title: "Mug", quantity: 1, unit_price: { value: "10.99", currency: "EUR" }, vat_rate: "21.0" }],
  },
};

const INVOICE = {
  payment_link: {
    invoice_id: "550e8400-e29b-41d4-a716-446655440001",
    invoice_number: "INV-12345",
    debitor_name: "A. Customer",
    amount: { value: "100.00", currency: "EUR" },
    potential_payment_methods: ["credit_card"],
  },
};

const CONNECTION = {
  partner_callback_url: "https://shop.example/connected",
  user_bank_account_id: "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e03",
  user_phone_number: "+33612345678",
  user_website_url: "https://shop.example",
  business_description:
    "Stoneware from our own kiln, thrown and glazed by hand, and prints of the coast it is named after.",
};

function isBasket({ body }: JournalEntry): boolean {
  return "items" in (body as typeof BASKET).payment_link;
}

function shopper(merchant: string): Prepared["make"] {
  const attempt = { publishable_key: `pk_sandbox_${merchant}`, product: "mug", attempt_id: crypto.randomUUID() };
  return () => pay(attempt);
}

function server(
  merchant: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Prepared["make"] {
  return () =>
    fetchWorker(`${WORKER}/v1/${path}`, {
      method,
      headers: { ...headers, Authorization: `Bearer ${secretKeyOf(merchant)}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
}

async function makeLink(merchant: string): Promise<Link> {
  const response = await server(merchant, "POST", "payment_links", BASKET)();
  return (await response.json<{ payment_link: Link }>()).payment_link;
}

function ofLink(merchant: string, { id }: Link, method = "GET", path = ""): Prepared {
  return {
    make: server(merchant, method, `payment_links/${id}${path}`),
    isCause: (call) => call.path.includes(id),
  };
}
