import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { beforeEach, expect, it } from "vitest";
import { merchantObject, untilAtRest } from "../support/object/merchant-object.ts";
import { answerAsServer, callAsServer, type ServerCheckout, toldEvents } from "../support/server.ts";
import { control } from "../support/sandbox.ts";
import { errorOf, openShop } from "../support/shop.ts";
import { openEndpoint } from "../support/shop-server.ts";

beforeEach(openShop);

/** The migration that renamed types of events. */
const RENAMING = 17;

/** Removes the columns that later migrations add. */
const WITHOUT_LATER_COLUMNS = [
  "DROP INDEX checkouts_erased",
  "ALTER TABLE checkouts DROP COLUMN erased_at",
  "ALTER TABLE checkouts DROP COLUMN products",
  "DROP INDEX checkouts_by_read_at",
  "ALTER TABLE checkouts DROP COLUMN hinted",
  "ALTER TABLE inbox DROP COLUMN is_creation",
];

/**
 * Changes the stored data and restarts the object, as a version that contains this migration and the later ones would.
 */
async function startAgainAfter(...statements: readonly string[]): Promise<void> {
  await untilAtRest();
  await runInDurableObject(merchantObject(), (_object, { storage }) => {
    for (const statement of [...statements, ...WITHOUT_LATER_COLUMNS]) storage.sql.exec(statement);
    storage.sql.exec("DELETE FROM migrations WHERE number >= ?", RENAMING);
  });
  await evictDurableObject(merchantObject());
}

it("an invoice that an older version opened without a reference is paid once", async () => {
  const invoice = {
    invoice_id: "2f6a3b1e-8a54-4d1c-9a55-0d6f5b1c9e77",
    invoice_number: "INV-12345",
    debitor_name: "Ada Lovelace",
    amount: { value: "150.00", currency: "EUR" },
  };
  const { id, payment_link } = await answerAsServer<ServerCheckout>("POST", "checkouts", { body: { invoice } });
  await control("POST", `payment_links/${payment_link.id}/payments`, { status: "paid" });
  await answerAsServer("POST", `checkouts/${id}/sync`);
  await startAgainAfter("UPDATE checkouts SET opening_reference = NULL");
  const refused = await callAsServer("POST", "checkouts", { body: { invoice } });
  expect(await errorOf(refused)).toMatchObject({ code: "order_already_paid", checkout_id: id });
});

const OLD_NAMES = ["consent.given", "consent.needs_reconnect", "checkout.paid_although_superseded"];
const NEW_NAMES = ["authorization.granted", "authorization.action_required", "checkout.paid_after_superseded"];

it("events that an older version stored have today's names", async () => {
  const known = (await toldEvents()).length;
  await startAgainAfter(
    ...OLD_NAMES.map(
      (type) => `INSERT INTO events (id, type, data, created_at) VALUES ('${type}', '${type}', '{}', 1)`,
    ),
  );
  expect((await toldEvents()).slice(known).map(({ type }) => type)).toEqual(NEW_NAMES);
});

it("an endpoint with old event names in its settings receives the events under today's names", async () => {
  const { id } = await openEndpoint("/hook");
  await startAgainAfter(`UPDATE webhook_endpoints SET event_types = '${JSON.stringify(OLD_NAMES)}'`);
  const endpoint = await answerAsServer<{ readonly event_types: readonly string[] }>("GET", `webhook_endpoints/${id}`);
  expect(endpoint.event_types).toEqual(NEW_NAMES);
});
