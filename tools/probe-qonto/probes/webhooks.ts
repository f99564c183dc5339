import { randomBytes } from "node:crypto";
import { type Answer, errorShape, fieldsOf, recordOf, summaryOf, wordOf } from "../answer.ts";
import { isSignedWith } from "../event-listener.ts";
import { type Facts, type ProbeContext, Skipped } from "../probe.ts";
import { requireLink } from "./watch-payment.ts";

const TYPES = ["v1/payment-links", "v1/payment-links-connections"];
const SUBSCRIPTIONS = "/v2/webhook_subscriptions";

/**
 * 5: whether a PUT changes the secret, and other facts about subscriptions. Deletes every subscription that it creates.
 */
export async function changeSecret(context: ProbeContext): Promise<Facts> {
  const { api, target } = context;
  const { events } = target;
  if (events === null) throw new Skipped("needs --webhook-url, a public https address that leads to --webhook-port");
  const secrets = { old: randomBytes(32).toString("hex"), new: randomBytes(32).toString("hex") };
  for (const secret of Object.values(secrets)) api.addSecret(secret);
  const body = { callback_url: events.publicUrl, types: TYPES, description: "Probe of qonto-pay" };
  const ids: string[] = [];
  const create = async (secret: string): Promise<Answer> => {
    const answer = await api.call("POST", SUBSCRIPTIONS, { ...body, secret });
    const { id } = recordOf(answer.body);
    if (typeof id === "string") ids.push(id);
    return answer;
  };
  try {
    const created = await create(secrets.old);
    const [id] = ids;
    if (id === undefined) return { create: summaryOf(created), "create: error shape": errorShape(created.body) };
    const read = await api.call("GET", `${SUBSCRIPTIONS}/${id}`);
    const put = await api.call("PUT", `${SUBSCRIPTIONS}/${id}`, { ...body, secret: secrets.new });
    const signed = await whoSigns(context, secrets);
    const second = await create(secrets.old);
    const unknown = await api.call("GET", `${SUBSCRIPTIONS}/00000000-0000-4000-8000-000000000000`);
    return {
      create: summaryOf(created),
      "create: fields": fieldsOf(created.body),
      "create: types": String((recordOf(created.body)["types"] as unknown[] | undefined)?.length ?? 0),
      "read: secret": secretIn(read.body),
      "PUT with another secret": summaryOf(put),
      "PUT: secret": secretIn(put.body),
      "an event after that is signed with": signed,
      "a second subscription with the same address": summaryOf(second),
      "a subscription that does not exist": summaryOf(unknown),
      "a subscription that does not exist: error shape": errorShape(unknown.body),
    };
  } finally {
    for (const id of ids) await api.call("DELETE", `${SUBSCRIPTIONS}/${id}`);
  }
}

async function whoSigns(context: ProbeContext, secrets: Readonly<Record<"old" | "new", string>>): Promise<string> {
  const link = await requireLink(context);
  await context.target.wait(5_000);
  const events = context.target.events?.about(link.id) ?? [];
  await context.api.deactivate(link);
  // Another subscription of this run leads to the same address, with a secret of its own.
  const found: readonly string[] = events.map((event) =>
    isSignedWith(event, secrets.new)
      ? "the new secret"
      : isSignedWith(event, secrets.old)
        ? "the old secret"
        : "another",
  );
  return (
    ["the new secret", "the old secret"].find((one) => found.includes(one)) ??
    (events.length === 0 ? "no event came" : "none of them")
  );
}

function secretIn(body: unknown): string {
  const record = recordOf(body);
  return !("secret" in record) ? "absent" : record["secret"] === null ? "null" : "shown";
}

/** 13: the connection to the payment provider. Creates one only when requested. */
export async function readConnection({ api, target }: ProbeContext): Promise<Facts> {
  const answer = await api.call("GET", "/v2/payment_links/connections");
  const { status, connection_location } = recordOf(answer.body);
  const facts: Record<string, string> = {
    "GET connections": summaryOf(answer),
    "GET connections: fields": fieldsOf(answer.body),
    "GET connections: status": wordOf(status),
  };
  if (typeof connection_location === "string" && URL.canParse(connection_location)) {
    facts["provider's host"] = new URL(connection_location).host.replace(/^localhost:\d+$/, "localhost");
  }
  if (!target.allows.connect || target.isProduction) return facts;
  for (const address of ["http://localhost:8787/back", "http://example.com/back"]) {
    const body = {
      partner_callback_url: address,
      user_bank_account_id: "00000000-0000-4000-8000-000000000000",
      user_phone_number: "+33612345678",
      user_website_url: address,
      business_description: "A probe that tests which addresses are accepted. The bank account in it does not exist.",
    };
    facts[`POST connections with ${new URL(address).origin}`] = summaryOf(
      await api.call("POST", "/v2/payment_links/connections", body),
    );
  }
  return facts;
}
