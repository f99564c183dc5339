import { randomBytes } from "node:crypto";
import type { Clock } from "../state/clock.ts";
import type { Store } from "../state/store.ts";
import { CONSENT_REVOCATIONS, PAYMENT_LINKS, PAYMENT_LINKS_CONNECTIONS } from "./event-type.ts";
import { webhookSecretSchema } from "./webhook-secret.ts";

/** An endpoint that receives all events without a subscription through the API. */
export interface WebhookOptions {
  /** An http or https URL, on this machine or elsewhere. */
  readonly url: string;
  /** 32 to 128 characters. The default is the one in the data file, or else a random one. */
  readonly secret?: string | undefined;
}

/** The endpoint of all events, and the secret that signs them. */
export interface Webhook {
  readonly url: string;
  readonly secret: string;
}

const ID = "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e06";

/** Subscribes an endpoint to all events at the start and after each reset, always with the same id and secret. */
export class FirstSubscriber {
  readonly #url: string;
  #secret: string | undefined;

  /** @throws Error if the URL or the secret is invalid. */
  constructor({ url, secret }: WebhookOptions) {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw new Error("The webhook URL must be an http or https URL");
    }
    if (!webhookSecretSchema.optional().safeParse(secret).success) {
      throw new Error("The webhook secret must have 32 to 128 characters");
    }
    this.#url = url;
    this.#secret = secret;
  }

  /** Adds the subscription to the state, or updates the one from a data file. */
  subscribe(store: Store, clock: Clock): Webhook {
    const { state } = store;
    const kept = state.webhook_subscriptions.get(ID);
    this.#secret ??= kept?.secret ?? randomBytes(32).toString("hex");
    const now = clock.iso();
    state.webhook_subscriptions.set(ID, {
      id: ID,
      organization_id: state.organization.id,
      membership_id: state.organization.membership_id,
      callback_url: this.#url,
      types: [PAYMENT_LINKS, PAYMENT_LINKS_CONNECTIONS, CONSENT_REVOCATIONS],
      secret: this.#secret,
      created_at: kept?.created_at ?? now,
      updated_at: now,
    });
    store.changed();
    return { url: this.#url, secret: this.#secret };
  }
}
