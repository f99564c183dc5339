import { type Environment, isLoopbackHost, readOrigin } from "@qonto-pay/core/api";
import { hasSpaceAround } from "@qonto-pay/core/text";
import * as z from "zod";
import { CLOUDFLARE_LIMIT_BYTES } from "../storage/database-size.ts";

/** The parsed settings of the deployment. All values are secret, except the addresses and the environment. */
export interface Config {
  readonly environment: Environment;
  readonly apiUrl: URL;
  readonly oauthUrl: URL;
  /** `host` or `host:port` of Qonto's hosted pay page. */
  readonly payHosts: ReadonlySet<string>;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Hosts to which Qonto may send a merchant to finish connecting: those of the payment provider. */
  readonly providerHosts: ReadonlySet<string>;
  /** Null in live mode. */
  readonly stagingToken: string | null;
  /** Public address of this Worker, for Qonto's redirects and webhooks. */
  readonly workerUrl: URL;
  /** The first one encrypts; the others decrypt what was encrypted before. */
  readonly vaultKeys: readonly [Uint8Array, ...Uint8Array[]];
  readonly adminKey: string;
  /** The most bytes of the database of a merchant. */
  readonly storageLimitBytes: number;
  /** Whether both addresses of Qonto are loopback addresses, where a deployed Worker finds no Qonto. */
  readonly isLocal: boolean;
}

/** Names the one setting that is missing or malformed. The message states the rule, never the value. */
export class ConfigError extends Error {
  readonly setting: string;

  constructor(setting: string, rule: string) {
    super(`The setting ${setting} is missing or malformed: it ${rule}.`);
    this.setting = setting;
  }
}

const PRODUCTION_API_HOST = "thirdparty.qonto.com";

const origin = z.string("must be an https origin").transform((text, context) => {
  const read = readOrigin(text, isLoopbackHost);
  if ("origin" in read) return new URL(read.origin);
  context.addIssue(read.problem);
  return z.NEVER;
});

const HOSTS = "must list hosts like pay.qonto.com, separated by commas";

const hosts = z.string(HOSTS).transform((text, context) => {
  const found = text.split(",").map(hostOf);
  if (found.every((host) => host !== null)) return new Set(found);
  context.addIssue(text.includes("/") ? `${HOSTS}, without https:// and without a path` : HOSTS);
  return z.NEVER;
});

/**
 * Returns a `host` or `host:port` in the form of the URL parser, to compare with `URL.host`; null for any other text.
 */
function hostOf(text: string): string | null {
  const written = text.trim();
  if (written === "" || /[\s/\\?#@]/.test(written) || !URL.canParse(`https://${written}`)) return null;
  return new URL(`https://${written}`).host;
}

const SPACE_AROUND = "has white space around it: store it again without white space";

const vaultKey = z.string("must be 32 random bytes as base64").transform((text, context) => {
  if (hasSpaceAround(text)) {
    context.addIssue(SPACE_AROUND);
    return z.NEVER;
  }
  const bytes = /^[A-Za-z0-9+/]{43}=$/.test(text) ? Uint8Array.from(atob(text), (char) => char.charCodeAt(0)) : null;
  if (bytes !== null) return bytes;
  context.addIssue("must be 32 random bytes as base64");
  return z.NEVER;
});

const secret = z.string("must be set").refine((text) => !hasSpaceAround(text), { error: SPACE_AROUND, abort: true });

const present = secret.min(1, "must not be empty");

const settings = z.object({
  QONTO_API_URL: origin,
  QONTO_OAUTH_URL: origin,
  QONTO_PAY_HOSTS: hosts,
  QONTO_PROVIDER_HOSTS: hosts,
  QONTO_CLIENT_ID: present,
  QONTO_CLIENT_SECRET: present,
  QONTO_STAGING_TOKEN: present.optional(),
  WORKER_URL: origin,
  VAULT_KEY: vaultKey,
  VAULT_KEY_BEFORE: vaultKey.optional(),
  ADMIN_KEY: secret.min(32, "must have 32 characters or more"),
  STORAGE_LIMIT_BYTES: z
    .string()
    .regex(/^\d{8,11}$/, "must be a number of bytes from 10000000 to 10000000000")
    .transform(Number)
    .refine((bytes) => bytes >= 10_000_000 && bytes <= CLOUDFLARE_LIMIT_BYTES, {
      error: "must be a number of bytes from 10000000 to 10000000000",
    })
    .optional(),
});

/**
 * Reads the settings.
 *
 * @throws ConfigError for the first setting that is missing or malformed.
 */
export function readConfig(env: object): Config {
  const parsed = settings.safeParse(env);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigError(String(issue?.path[0]), issue?.message ?? "must be set");
  }
  const found = parsed.data;
  const isProduction = found.QONTO_API_URL.host === PRODUCTION_API_HOST;
  if (!isProduction && found.QONTO_STAGING_TOKEN === undefined) {
    throw new ConfigError("QONTO_STAGING_TOKEN", "must be set unless QONTO_API_URL is Qonto's production API");
  }
  if (isProduction && found.QONTO_STAGING_TOKEN !== undefined) {
    throw new ConfigError("QONTO_STAGING_TOKEN", "must not be set with Qonto's production API");
  }
  return {
    environment: isProduction ? "live" : "sandbox",
    apiUrl: found.QONTO_API_URL,
    oauthUrl: found.QONTO_OAUTH_URL,
    payHosts: found.QONTO_PAY_HOSTS,
    providerHosts: found.QONTO_PROVIDER_HOSTS,
    clientId: found.QONTO_CLIENT_ID,
    clientSecret: found.QONTO_CLIENT_SECRET,
    stagingToken: found.QONTO_STAGING_TOKEN ?? null,
    workerUrl: found.WORKER_URL,
    vaultKeys: found.VAULT_KEY_BEFORE === undefined ? [found.VAULT_KEY] : [found.VAULT_KEY, found.VAULT_KEY_BEFORE],
    adminKey: found.ADMIN_KEY,
    storageLimitBytes: found.STORAGE_LIMIT_BYTES ?? CLOUDFLARE_LIMIT_BYTES,
    isLocal: isLoopbackHost(found.QONTO_API_URL.hostname) && isLoopbackHost(found.QONTO_OAUTH_URL.hostname),
  };
}
