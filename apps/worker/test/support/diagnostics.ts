import type { DiagnosticsCheckName, DiagnosticsCheckOf, DiagnosticsReport } from "@qonto-pay/core/api";
import { runInDurableObject } from "cloudflare:test";
import { merchantObject } from "./object/merchant-object.ts";
import { askQonto } from "./sandbox.ts";
import { answerAsServer } from "./server.ts";
import { paymentLinkEvent } from "./webhook.ts";

/** The operation that each live check calls at Qonto. */
export const LIVE = {
  access_token: "getOrganization",
  connection: "getConnection",
  payment_methods: "listPaymentMethods",
  webhook_subscription: "listWebhookSubscriptions",
} as const;

export function report(): Promise<DiagnosticsReport> {
  return answerAsServer("GET", "diagnostics");
}

export function named<Name extends DiagnosticsCheckName>(
  { checks }: DiagnosticsReport,
  name: Name,
): DiagnosticsCheckOf<Name> {
  const found = checks.find((check) => check.name === name);
  if (found === undefined) throw new Error(`no check is named ${name}`);
  return found as unknown as DiagnosticsCheckOf<Name>;
}

/** Requests a repair. */
export function repair(): Promise<{ readonly scheduled: readonly string[] }> {
  return answerAsServer("POST", "diagnostics/repair");
}

export async function checkOf<Name extends DiagnosticsCheckName>(name: Name): Promise<DiagnosticsCheckOf<Name>> {
  return named(await report(), name);
}

export function changeStorage(statement: string, ...values: readonly (number | string)[]): Promise<void> {
  return runInDurableObject(merchantObject(), (_object, state) => {
    state.storage.sql.exec(statement, ...values);
  });
}

/** Returns all state that a shop could notice, without the log of failed calls. */
export function stored() {
  return runInDurableObject(merchantObject(), async (_object, { storage }) => ({
    alarm: await storage.getAlarm(),
    settings: storage.sql.exec("SELECT * FROM settings ORDER BY name").toArray(),
    events: storage.sql.exec("SELECT * FROM events").toArray(),
    checkouts: storage.sql.exec("SELECT * FROM checkouts").toArray(),
    deliveries: storage.sql.exec("SELECT * FROM deliveries").toArray(),
  }));
}

export async function subscriptions(): Promise<readonly { readonly id: string }[]> {
  const answer = await askQonto("/v2/webhook_subscriptions");
  return (answer as { subscriptions: readonly { id: string }[] }).subscriptions;
}

/** Returns an event of this age. */
export function eventOf(ageMs: number) {
  const created_at = new Date(Date.now() - ageMs).toISOString();
  return { ...paymentLinkEvent(crypto.randomUUID()), created_at };
}
