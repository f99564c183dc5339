import { vi } from "vitest";
import type { ExportRecord, QontoPay, QontoPayAdmin } from "../../src/index.ts";
import { BUSINESS, CHECKOUT, PAYMENT_LINK } from "./bodies.ts";
import { signInToConsole } from "./console.ts";
import { newMerchant, newName, SHOP } from "./merchant.ts";
import { withoutConnection } from "./sandbox.ts";

/** The clients that make the calls. */
export interface Callers {
  readonly qontoPay: QontoPay;
  /** The key of that client. */
  readonly secretKey: string;
  readonly admin: QontoPayAdmin;
  /** Records the calls of further clients. */
  readonly fetch: typeof globalThis.fetch;
}

/** Calls an operation with the client, and creates first what the operation needs. */
type Call = (callers: Callers) => Promise<unknown>;

const LONG_AGO = "2026-01-01T00:00:00Z";
const FAR_AHEAD = "2099-01-01T00:00:00Z";

const price = { value: "9.00", currency: "EUR" };
const MUG = { title: "Mug", price, tax_behavior: "inclusive", vat_rate: "20" } as const;

/** No server listens there. */
const WEBHOOKS = { url: "http://localhost:9/webhooks" };

async function newCheckout({ qontoPay }: Callers): Promise<string> {
  return (await qontoPay.checkouts.create(CHECKOUT)).id;
}

async function newLink({ qontoPay }: Callers): Promise<string> {
  return (await qontoPay.paymentLinks.create(PAYMENT_LINK)).payment_link.id;
}

/** Creates an endpoint, uses it, and deletes it. */
async function withEndpoint({ qontoPay }: Callers, use: (id: string) => Promise<unknown>): Promise<void> {
  const { id } = await qontoPay.webhookEndpoints.create(WEBHOOKS);
  try {
    await use(id);
  } finally {
    await qontoPay.webhookEndpoints.delete(id);
  }
}

/** The same with an endpoint that has a delivery, sent or pending. */
function withDelivery(callers: Callers, use: (id: string, deliveryId: string) => Promise<unknown>): Promise<void> {
  const { checkouts, webhookEndpoints } = callers.qontoPay;
  return withEndpoint(callers, async (id) => {
    await checkouts.cancel(await newCheckout(callers));
    const delivery = await vi.waitFor(async () => {
      const [first] = (await webhookEndpoints.deliveries(id)).data;
      if (first === undefined) throw new Error("nothing was sent to the endpoint");
      return first;
    }, 30_000);
    await use(id, delivery.id);
  });
}

/** Creates a key and revokes it, because only two can be active. */
async function rotateKeys({ qontoPay }: Callers): Promise<void> {
  const { id } = await qontoPay.keys.create();
  await qontoPay.keys.revoke(id);
}

async function newSignInLink({ qontoPay }: Callers): Promise<string> {
  return (await qontoPay.signInLinks.create({ role: "viewer", name: "Ada" })).id;
}

async function newShop({ admin }: Callers): Promise<string> {
  return (await admin.merchants.create({ name: newName(), allowed_origins: [SHOP] })).merchant;
}

/** Calls by operation id of the reference, each with every query parameter. */
export const CALLS_OF_REFERENCE: Readonly<Record<string, Call>> = {
  createCheckout: newCheckout,
  listCheckouts: async (callers) => {
    const after = await newCheckout(callers);
    const query = {
      status: ["open", "paid"],
      opened_by: ["server"],
      reference: "ORDER-1",
      metadata: { cart: "7" },
      created_from: LONG_AGO,
      created_before: FAR_AHEAD,
    } as const;
    await callers.qontoPay.checkouts.list({ ...query, after, limit: 1 });
  },
  getCheckout: async (callers) => callers.qontoPay.checkouts.get(await newCheckout(callers)),
  updateCheckout: async (callers) =>
    callers.qontoPay.checkouts.update(await newCheckout(callers), { reference: null, metadata: { cart: "7" } }),
  listCheckoutPayments: async (callers) => {
    const query = { status: ["paid"], sort_by: "creation_date:asc", page: 1, per_page: 1 } as const;
    await callers.qontoPay.checkouts.payments(await newCheckout(callers), query);
  },
  cancelCheckout: async (callers) => callers.qontoPay.checkouts.cancel(await newCheckout(callers)),
  syncCheckout: async (callers) => callers.qontoPay.checkouts.sync(await newCheckout(callers)),

  createPaymentLink: newLink,
  listPaymentLinks: ({ qontoPay }) =>
    qontoPay.paymentLinks.list({ status: ["open"], sort_by: "amount:asc", page: 1, per_page: 1 }),
  getPaymentLink: async (callers) => callers.qontoPay.paymentLinks.get(await newLink(callers)),
  listPayments: async (callers) => {
    const query = { status: ["paid"], sort_by: "creation_date:asc", page: 1, per_page: 1 } as const;
    await callers.qontoPay.paymentLinks.payments(await newLink(callers), query);
  },
  deactivatePaymentLink: async (callers) => callers.qontoPay.paymentLinks.deactivate(await newLink(callers)),
  listPaymentMethods: ({ qontoPay }) => qontoPay.paymentMethods.list({ amount: "12.00", currency: "EUR" }),
  getConnection: ({ qontoPay }) => qontoPay.connection.get(),
  createConnection: async ({ qontoPay }) => {
    const { bank_account_id } = await qontoPay.connection.get();
    const body = { ...BUSINESS, user_bank_account_id: bank_account_id ?? "" };
    await withoutConnection(() => qontoPay.connection.create(body));
  },
  runDiagnostics: ({ qontoPay }) => qontoPay.diagnostics.run(),
  repairConnection: ({ qontoPay }) => qontoPay.diagnostics.repair(),

  exportMerchant: async ({ qontoPay }) => {
    for await (const { type } of qontoPay.export({ after: "settings:1790000000000:" })) if (type === "event") return;
  },
  erasePerson: ({ qontoPay }) => qontoPay.erase({ payer: "ada@shop.example" }),

  listProducts: ({ qontoPay }) => qontoPay.products.list({ after: "a", limit: 1 }),
  getProduct: async ({ qontoPay }) => {
    await qontoPay.products.upsert("mug", MUG);
    await qontoPay.products.get("mug");
  },
  upsertProduct: ({ qontoPay }) => qontoPay.products.upsert("mug", MUG),
  updateProduct: async ({ qontoPay }) => {
    await qontoPay.products.upsert("mug", MUG);
    await qontoPay.products.update("mug", { title: "Large mug" });
  },
  deleteProduct: async ({ qontoPay }) => {
    await qontoPay.products.upsert("mug", MUG);
    await qontoPay.products.delete("mug");
  },

  listEvents: async (callers) => {
    await callers.qontoPay.checkouts.cancel(await newCheckout(callers));
    const [first] = (await callers.qontoPay.events.list()).data;
    await callers.qontoPay.events.list({ after: first?.id, limit: 1 });
  },
  listKeys: async ({ qontoPay }) => {
    const [first] = (await qontoPay.keys.list()).data;
    await qontoPay.keys.list({ after: first?.id, limit: 1 });
  },
  createKey: rotateKeys,
  revokeKey: rotateKeys,

  listSessions: async ({ qontoPay, secretKey }) => {
    await qontoPay.consoleSessions.list({ after: await signInToConsole(secretKey), limit: 1 });
  },
  revokeSession: async ({ qontoPay, secretKey }) => qontoPay.consoleSessions.revoke(await signInToConsole(secretKey)),

  listMerchants: ({ admin }) => admin.merchants.list({ after: "a", limit: 1 }),
  diagnoseMerchant: async (callers) => callers.admin.merchants.diagnostics(await newShop(callers)),
  listAuditLog: async (callers) => {
    await newSignInLink(callers);
    const [latest] = (await callers.qontoPay.auditLog.list()).data;
    await callers.qontoPay.auditLog.list({ after: latest?.id, limit: 1 });
  },
  getOwnMerchant: ({ qontoPay }) => qontoPay.merchant.get(),
  updateOwnMerchant: ({ qontoPay }) => qontoPay.merchant.update({ allowed_origins: [SHOP] }),
  createOwnConnectLink: ({ qontoPay }) => qontoPay.merchant.createConnectLink(),
  // Of a merchant of its own, because the other calls need the connection.
  disconnectOwnMerchant: async ({ fetch }) => (await newMerchant({ fetch })).qontoPay.merchant.disconnect(),

  createSignInLink: newSignInLink,
  listSignInLinks: async (callers) => {
    await callers.qontoPay.signInLinks.list({ after: await newSignInLink(callers), limit: 1 });
  },
  deleteSignInLink: async (callers) => callers.qontoPay.signInLinks.delete(await newSignInLink(callers)),

  createWebhookEndpoint: (callers) => withEndpoint(callers, async () => {}),
  deleteWebhookEndpoint: (callers) => withEndpoint(callers, async () => {}),
  listWebhookEndpoints: (callers) =>
    withEndpoint(callers, (after) => callers.qontoPay.webhookEndpoints.list({ after, limit: 1 })),
  getWebhookEndpoint: (callers) => withEndpoint(callers, (id) => callers.qontoPay.webhookEndpoints.get(id)),
  updateWebhookEndpoint: (callers) =>
    withEndpoint(callers, (id) => callers.qontoPay.webhookEndpoints.update(id, { enabled: false })),
  rotateWebhookSecret: (callers) => withEndpoint(callers, (id) => callers.qontoPay.webhookEndpoints.rotateSecret(id)),
  listDeliveries: (callers) =>
    withDelivery(callers, (id, after) =>
      callers.qontoPay.webhookEndpoints.deliveries(id, { status: "pending", after, limit: 1 }),
    ),
  replayDelivery: (callers) =>
    withDelivery(callers, (id, delivery) => callers.qontoPay.webhookEndpoints.replayDelivery(id, delivery)),
  replaySince: (callers) =>
    withEndpoint(callers, (id) => callers.qontoPay.webhookEndpoints.replay(id, { since: new Date().toISOString() })),

  runDeploymentDiagnostics: ({ admin }) => admin.deployment.diagnostics(),
  createMerchant: newShop,
  updateMerchant: async (callers) => callers.admin.merchants.update(await newShop(callers), { allowed_origins: [] }),
  createConnectLink: async (callers) => callers.admin.merchants.createConnectLink(await newShop(callers)),
  replaceKeys: async (callers) => callers.admin.merchants.replaceKeys(await newShop(callers)),
  restoreMerchant: async (callers) => {
    const merchant = await newShop(callers);
    const records: ExportRecord[] = [];
    for await (const record of callers.qontoPay.export()) {
      if (record.type === "settings") records.push({ ...record, data: { ...record.data, merchant } });
      if (record.type === "event") records.push(record);
    }
    await callers.admin.merchants.restore(merchant, records);
  },
  disconnectMerchant: async (callers) => callers.admin.merchants.disconnect(await newShop(callers)),
};
