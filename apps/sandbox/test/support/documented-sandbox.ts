import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import type { SwitchChanges } from "../../src/behaviour/behaviours.ts";
import { type Sandbox, startSandbox } from "../../src/start-sandbox.ts";
import { Client } from "./client.ts";
import { WebhookReceiver } from "./webhook-receiver.ts";

/** A sandbox that plays the documentation, its client, and a receiver of its webhooks. */
export interface DocumentedSandbox {
  sandbox: Sandbox;
  client: Client;
  receiver: WebhookReceiver;
}

/** Starts a sandbox for a test file. Each test gets it reset, with a new client and a new receiver. */
export function useDocumentedSandbox(): DocumentedSandbox {
  const documented = {} as DocumentedSandbox;
  beforeAll(async () => {
    documented.sandbox = await startSandbox({ port: 0, behaviour: "documented" });
  });
  beforeEach(async () => {
    await fetch(`${documented.sandbox.url}/_sandbox/reset`, { method: "POST" });
    documented.client = await Client.connect(documented.sandbox);
    documented.receiver = await WebhookReceiver.start();
  });
  afterEach(() => documented.receiver.close());
  afterAll(() => documented.sandbox.close());
  return documented;
}

/** Changes single switches of the documented behaviour. */
export async function play({ client }: DocumentedSandbox, switches: SwitchChanges): Promise<void> {
  expect((await client.control("PUT", "/behaviour", switches)).status).toBe(200);
}
