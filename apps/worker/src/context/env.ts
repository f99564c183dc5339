import type { DeploymentObject } from "../deployment-object/deployment-object.ts";
import type { MerchantObject } from "../merchant-object/merchant-object.ts";
import type { QontoSender } from "../qonto/qonto-sender.ts";
import type { WebhookSender } from "../webhooks/webhook-sender.ts";

declare global {
  namespace Cloudflare {
    interface GlobalProps {
      /** Exports of `index.ts` that the Worker itself calls through `ctx.exports`. */
      mainModule: { readonly QontoSender: typeof QontoSender; readonly WebhookSender: typeof WebhookSender };
    }
  }
}

/**
 * The calls of a merchant object, typed by its class. Cloudflare's own type of a stub does not relate the output of an
 * operation to its name.
 */
export type MerchantCalls = Omit<MerchantObject, keyof DurableObject>;

/** The merchant objects by name. */
export interface MerchantNamespace {
  getByName(name: string): MerchantCalls;
  jurisdiction(jurisdiction: "eu"): MerchantNamespace;
}

/** The calls of the deployment's object. */
export type DeploymentCalls = Omit<DeploymentObject, keyof DurableObject>;

/** The one object of the deployment. */
export interface DeploymentNamespace {
  getByName(name: string): DeploymentCalls;
  jurisdiction(jurisdiction: "eu"): DeploymentNamespace;
}

/** What Cloudflare passes to the Worker: the settings of `config.ts` as text, and the bindings of `wrangler.jsonc`. */
export interface Env {
  readonly QONTO_API_URL?: string;
  readonly QONTO_OAUTH_URL?: string;
  readonly QONTO_PAY_HOSTS?: string;
  readonly QONTO_PROVIDER_HOSTS?: string;
  readonly QONTO_CLIENT_ID?: string;
  readonly QONTO_CLIENT_SECRET?: string;
  readonly QONTO_STAGING_TOKEN?: string;
  readonly WORKER_URL?: string;
  readonly VAULT_KEY?: string;
  readonly VAULT_KEY_BEFORE?: string;
  readonly ADMIN_KEY?: string;
  readonly STORAGE_LIMIT_BYTES?: string;
  readonly DEPLOYMENT: DeploymentNamespace;
  readonly MERCHANT: MerchantNamespace;
  readonly MINT_RATE_LIMIT: RateLimit;
  readonly MINT_NETWORK_RATE_LIMIT: RateLimit;
  readonly PAGE_RATE_LIMIT: RateLimit;
  readonly ORIGIN_RATE_LIMIT: RateLimit;
  readonly READ_RATE_LIMIT: RateLimit;
  readonly READ_NETWORK_RATE_LIMIT: RateLimit;
  readonly CREDENTIAL_RATE_LIMIT: RateLimit;
  readonly CREDENTIAL_NETWORK_RATE_LIMIT: RateLimit;
  readonly SIGN_IN_RATE_LIMIT: RateLimit;
  readonly SIGN_IN_NETWORK_RATE_LIMIT: RateLimit;
}
