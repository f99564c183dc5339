import { createHmac } from "node:crypto";
import { BEHAVIOUR_NAMES, type BehaviourName, type Sandbox, startSandbox } from "@qonto-pay/sandbox";
import { afterEach, describe, expect, it } from "vitest";
import { violationsOf } from "./contract.ts";
import { BASKET, INVOICE, subscribe, SUBSCRIPTION } from "./good-calls.ts";
import { SandboxClient, textAt } from "./sandbox-client.ts";
import { WebhookReceiver } from "./webhook-receiver.ts";

let sandbox: Sandbox;
let client: SandboxClient;
let receiver: WebhookReceiver;

async function begin(behaviour: BehaviourName): Promise<void> {
  sandbox = await startSandbox({ port: 0, behaviour });
  client = new SandboxClient(sandbox.url);
  receiver = await WebhookReceiver.start();
  await client.begin();
  const types = ["v1/payment-links", "v1/payment-links-connections", "v1/consent-revocations"];
  await subscribe(client, { ...SUBSCRIPTION, types, callback_url: receiver.url });
}

afterEach(async () => {
  await sandbox.close();
  await receiver.close();
});

interface DeliveryCase {
  readonly event: string;
  readonly case: string;
  /** The behaviours that send the event; all by default. */
  readonly behaviours?: readonly BehaviourName[];
  /** Makes the sandbox send its events, and returns their number. */
  readonly happen: () => Promise<number>;
}

const CASES: readonly DeliveryCase[] = [
  { event: "payment-links.event", case: "a basket link is created", happen: async () => created(BASKET) },
  { event: "payment-links.event", case: "an invoice link is created", happen: async () => created(INVOICE) },
  {
    event: "payment-links.event",
    case: "a link is paid",
    happen: async () => {
      await client.pay(await client.createLink(INVOICE), "paid");
      return 2;
    },
  },
  {
    event: "payment-links.event",
    case: "a link is processing",
    happen: async () => {
      await client.pay(await client.createLink(INVOICE), "pending");
      return 2;
    },
  },
  {
    event: "payment-links.event",
    case: "a link is deactivated",
    happen: async () => {
      await client.call("deactivatePaymentLink", { id: await client.createLink(BASKET) });
      return 2;
    },
  },
  {
    event: "payment-links.event",
    case: "a link expires",
    // In production, no link was observed to have an expiration date.
    behaviours: ["sandbox", "documented"],
    happen: async () => {
      await client.createLink(BASKET);
      await client.control("POST", "/clock", { advance_seconds: 400 * 86_400 });
      return 2;
    },
  },
  { event: "payment-links-connections.event", case: "the connection is revoked", happen: async () => revoked() },
  {
    event: "payment-links-connections.event",
    case: "the connection is enabled again",
    happen: async () => {
      const sent = await revoked();
      await client.control("PUT", "/connection", { status: "enabled" });
      return sent + 1;
    },
  },
  {
    event: "consent-revocations.event",
    case: "the merchant withdraws the consent",
    happen: async () => {
      await client.control("POST", "/revoke");
      return 1;
    },
  },
];

async function created(body: unknown): Promise<number> {
  await client.createLink(body);
  return 1;
}

async function revoked(): Promise<number> {
  await client.control("PUT", "/connection", { status: "disabled" });
  return 1;
}

describe.each(BEHAVIOUR_NAMES)("the sandbox as %s delivers as documented", (behaviour) => {
  const cases = CASES.filter(({ behaviours = BEHAVIOUR_NAMES }) => behaviours.includes(behaviour));

  it.each(cases)("$event when $case", async ({ event, happen }) => {
    await begin(behaviour);
    const deliveries = await receiver.waitFor(await happen());
    for (const { method, contentType, signature, raw } of deliveries) {
      expect(method).toBe("POST");
      expect(contentType).toMatch(/^application\/json/);
      expect(violationsOf("webhook-signature", signature)).toEqual([]);
      expect(signature).toBe(signed(raw, signature));
      expect(violationsOf(event, JSON.parse(raw))).toEqual([]);
    }
  });
});

/** Returns the documented signature header of a body, at the second that the given header names. */
function signed(raw: string, header: string): string {
  const [, seconds = ""] = /^t=(\d+),/.exec(header) ?? [];
  const secret = textAt(SUBSCRIPTION, "secret");
  return `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${raw}`).digest("hex")}`;
}
