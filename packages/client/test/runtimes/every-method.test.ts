import { beforeAll, describe, expect, it } from "vitest";
import type { QontoPay } from "../../src/index.ts";
import { BUSINESS, CHECKOUT, INVOICE, PAYMENT_LINK, POSTER } from "../setup/bodies.ts";
import { signInToConsole } from "../setup/console.ts";
import { newMerchant } from "../setup/merchant.ts";
import { payAtQonto, withoutConnection } from "../setup/sandbox.ts";

let qontoPay: QontoPay;
let secretKey: string;
beforeAll(async () => {
  ({ qontoPay, secretKey } = await newMerchant());
});

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const found = [];
  for await (const item of items) found.push(item);
  return found;
}

describe("checkouts", () => {
  it("are created from items or an invoice, and read", async () => {
    const terms = { reference: "ORDER-1", metadata: { cart: "c-7" }, expires_in: 3600 };
    const checkout = await qontoPay.checkouts.create({ items: [POSTER], ...terms, payment_methods: ["credit_card"] });
    expect(checkout).toMatchObject({
      status: "open",
      amount: { value: "12.00", currency: "EUR" },
      reference: "ORDER-1",
    });
    expect(await qontoPay.checkouts.get(checkout.id)).toEqual(checkout);
    const { payment_link } = await qontoPay.checkouts.create({ invoice: INVOICE });
    expect(payment_link).toMatchObject({ resource_type: "Invoice", invoice_number: "INV-12345" });
  });

  it("are listed by status, reference and time, one page or all pages", async () => {
    const reference = "LISTED";
    const first = await qontoPay.checkouts.create({ ...CHECKOUT, reference });
    const second = await qontoPay.checkouts.create({ ...CHECKOUT, reference });
    const third = await qontoPay.checkouts.create({ ...CHECKOUT, reference });
    const page = await qontoPay.checkouts.list({ reference, limit: 2 });
    expect([page.data.map(({ id }) => id), page.has_more]).toEqual([[third.id, second.id], true]);
    const ids = async (query: object) => (await all(qontoPay.checkouts.list(query))).map(({ id }) => id);
    expect(await ids({ reference, limit: 1 })).toEqual([third.id, second.id, first.id]);
    expect(await ids({ reference, limit: 1, after: third.id })).toEqual([second.id, first.id]);
    // The Worker deactivates the first two links after it has answered for the third.
    await expect.poll(() => ids({ reference, status: ["open", "paid"] })).toEqual([third.id]);
    expect(await ids({ reference, created_before: first.created_at })).toEqual([]);
  });

  it("are canceled", async () => {
    const { id } = await qontoPay.checkouts.create(CHECKOUT);
    expect(await qontoPay.checkouts.cancel(id)).toMatchObject({ id, status: "canceled" });
  });

  it("are synced, and their payments are listed", async () => {
    const { id, payment_link } = await qontoPay.checkouts.create(CHECKOUT);
    await payAtQonto(payment_link?.id ?? "");
    expect(await qontoPay.checkouts.sync(id)).toMatchObject({ id, status: "paid", payment_count: 1 });
    const { payments } = await qontoPay.checkouts.payments(id, { status: ["paid"], sort_by: "creation_date:asc" });
    expect(payments).toMatchObject([{ status: "paid", amount: { value: "12.00" } }]);
  });
});

it("products are upserted, read, listed and deleted", async () => {
  const price = { value: "9.99", currency: "EUR" };
  const saved = await qontoPay.products.upsert("mug", {
    title: "Mug",
    price,
    tax_behavior: "inclusive",
    vat_rate: "20",
  });
  expect(saved).toMatchObject({ product: { id: "mug", type: "good", max_quantity: 99 }, preview: { amount: price } });
  expect(await qontoPay.products.get("mug")).toEqual(saved);
  const open_amount = { min: price, max: { value: "500.00", currency: "EUR" } };
  await qontoPay.products.upsert("tip", { title: "Tip", type: "service", open_amount, vat_rate: "0" });
  expect(await qontoPay.products.list({ limit: 1 })).toEqual({ data: [saved.product], has_more: true });
  expect((await all(qontoPay.products.list({ limit: 1 }))).map(({ id }) => id)).toEqual(["mug", "tip"]);
  expect(await qontoPay.products.delete("tip")).toBeUndefined();
  expect((await all(qontoPay.products.list())).map(({ id }) => id)).toEqual(["mug"]);
});

it("keys are created, listed and revoked", async () => {
  const created = await qontoPay.keys.create();
  const { data: keys } = await qontoPay.keys.list();
  expect(keys).toHaveLength(2);
  expect(keys).toContainEqual(expect.objectContaining({ id: created.id, ends_with: created.secret_key.slice(-4) }));
  expect((await qontoPay.keys.revoke(created.id)).data).toHaveLength(1);
});

it("sessions of the console are listed and revoked", async () => {
  const id = await signInToConsole(secretKey);
  const { data: sessions } = await qontoPay.consoleSessions.list();
  expect(sessions).toMatchObject([{ id, role: "owner", signed_in_with: "secret_key", current: false }]);
  expect((await qontoPay.consoleSessions.revoke(id)).data).toEqual([]);
});

it("sign-in links are created, listed and deleted", async () => {
  const { url, ...link } = await qontoPay.signInLinks.create({ role: "viewer", name: "Ada", expires_in: 3600 });
  expect(new URL(url).hash).toMatch(/^#sign-in=shop-[\w-]+\.[\w-]{49}$/);
  expect((await qontoPay.signInLinks.list()).data).toEqual([link]);
  expect((await qontoPay.signInLinks.delete(link.id)).data).toEqual([]);
});

it("the audit log lists the changes of access", async () => {
  const { id } = await qontoPay.signInLinks.create({ role: "viewer", name: "Ada" });
  const [latest] = (await qontoPay.auditLog.list({ limit: 1 })).data;
  expect(latest).toMatchObject({ action: "sign_in_link.created", actor: { type: "secret_key" }, target: id });
});

it("the merchant's own settings are read and changed, and Qonto is disconnected", async () => {
  const { merchant } = (await newMerchant()).qontoPay;
  const allowed_origins = ["https://other.example"];
  const { retention } = await merchant.get();
  expect(await merchant.update({ allowed_origins })).toMatchObject({ allowed_origins, retention });
  expect(new URL((await merchant.createConnectLink()).connect_url).pathname).toMatch(/^\/connect\/shop-/);
  expect(await merchant.disconnect()).toMatchObject({ disconnected: true, consent_revoked: true });
});

it("events are listed, all of them or after a given one", async () => {
  const { id, payment_link } = await qontoPay.checkouts.create(CHECKOUT);
  const before = await all(qontoPay.events.list({ limit: 1 }));
  expect((await qontoPay.events.list()).data).toEqual(before);
  await payAtQonto(payment_link?.id ?? "");
  await qontoPay.checkouts.sync(id);
  const last = before.at(-1)?.id;
  const since = await all(qontoPay.events.list(last === undefined ? {} : { after: last }));
  expect(since).toMatchObject([{ type: "checkout.paid", data: { checkout: { id, status: "paid" } } }]);
});

it("payment links are created, read, listed and deactivated", async () => {
  const { payment_link: link } = await qontoPay.paymentLinks.create(PAYMENT_LINK);
  expect(link).toMatchObject({ status: "open", amount: { value: "24.00" }, checkout: { status: "open" } });
  expect(await qontoPay.paymentLinks.get(link.id)).toMatchObject({ payment_link: { id: link.id, url: link.url } });
  const page = await qontoPay.paymentLinks.list({ status: ["open"], sort_by: "amount:asc", per_page: 1 });
  expect([page.payment_links.length, page.meta.per_page]).toEqual([1, 1]);
  const listed = await all(qontoPay.paymentLinks.list({ per_page: 2 }));
  expect(listed.map(({ id }) => id)).toContain(link.id);
  expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length);
  expect((await qontoPay.paymentLinks.payments(link.id, { per_page: 1 })).payments).toEqual([]);
  const deactivated = await qontoPay.paymentLinks.deactivate(link.id);
  expect(deactivated).toMatchObject({ payment_link: { id: link.id, status: "canceled" } });
});

it("payment methods are listed", async () => {
  const { payment_link_payment_methods: methods } = await qontoPay.paymentMethods.list();
  expect(methods).toContainEqual({ name: "credit_card", enabled: true });
});

it("the connection is read, and created if there is none", async () => {
  const connection = await qontoPay.connection.get();
  expect(connection).toMatchObject({ status: "enabled", needs_reconnect: null });
  const body = { ...BUSINESS, user_bank_account_id: connection.bank_account_id ?? "" };
  const created = await withoutConnection(() => qontoPay.connection.create(body));
  expect(new URL(created.connection_location ?? "").protocol).toMatch(/^https?:$/);
});

it("diagnostics report what prevents payments, with a remediation", async () => {
  // Another merchant: for the first one, the Worker has stored that it had no connection.
  const merchant = await newMerchant();
  const { healthy, checks } = await merchant.qontoPay.diagnostics.run();
  expect({ healthy, failing: checks.filter(({ status }) => status === "failing") }).toEqual({
    healthy: true,
    failing: [],
  });
  const sick = await withoutConnection(() => merchant.qontoPay.diagnostics.run());
  expect(sick.healthy).toBe(false);
  expect(sick.checks.find(({ name }) => name === "connection")).toMatchObject({
    status: "failing",
    remediation: expect.stringMatching(/\w/),
    measured: { status: null },
  });
});
