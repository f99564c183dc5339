import { parseArgs } from "node:util";

/** The options of a run. Secrets only come from the environment, to keep them out of the shell's history. */
export interface ProbeOptions {
  readonly isProduction: boolean;
  readonly apiUrl: string;
  readonly oauthUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stagingToken: string | null;
  /** How the merchant gives the consent. */
  readonly consent: { readonly kind: "refresh_token" | "code"; readonly value: string } | { readonly kind: "browser" };
  readonly redirectUri: string;
  readonly isUnattended: boolean;
  readonly webhook: { readonly url: string; readonly port: number } | null;
  readonly watchMs: number;
  readonly allows: { readonly revoke: boolean; readonly flood: boolean; readonly connect: boolean };
  readonly invoice: { readonly id: string; readonly number: string; readonly amount: string } | null;
  /** The folder of the reports. */
  readonly folder: string;
  /** The file for the next run's refresh token, readable only by this user; null means none. */
  readonly tokenFile: string | null;
  /** The numbers of the probes to run; null means all. */
  readonly only: readonly number[] | null;
}

export class UsageError extends Error {}

const HOSTS = {
  sandbox: { api: "https://thirdparty-sandbox.staging.qonto.co", oauth: "https://oauth-sandbox.staging.qonto.co" },
  production: { api: "https://thirdparty.qonto.com", oauth: "https://oauth.qonto.com" },
} as const;

export const HELP = `pnpm probe:qonto [options]: probes Qonto on points that its documentation leaves open. Writes a report.

Environment: QONTO_CLIENT_ID, QONTO_CLIENT_SECRET; QONTO_STAGING_TOKEN (sandbox). For the consent, QONTO_REFRESH_TOKEN
or QONTO_CODE; without them, you give it in a browser, which returns to --redirect-uri. QONTO_API_URL and
QONTO_OAUTH_URL set another Qonto. QONTO_INVOICE_ID, QONTO_INVOICE_NUMBER and QONTO_INVOICE_AMOUNT name an unpaid invoice for test links.

  --production          probes Qonto in production: only reads, and creates and deactivates one link of at most 1 EUR
  --i-know-it-is-real   is required with --production
  --yes                 asks no questions and skips steps that need a person (also without a terminal)
  --redirect-uri URL    as registered at Qonto (http://localhost:4030/callback)
  --webhook-url URL     a public https address that leads to --webhook-port of this machine; without it, no events
  --webhook-port PORT   4031
  --watch-minutes N     the longest time to watch a paid link (60)
  --only 2,12           runs only these probes
  --connect             tests which addresses a new connection accepts, with a bank account that does not exist
  --flood               sends requests until Qonto answers 429, once, sandbox only
  --revoke              ends the consent in the last probe
  --report FOLDER       the folder of the report (probe-reports)
  --token-file FILE     stores the refresh token for the next run, readable only by you`;

/** Reads the options of a run. @throws UsageError that names a missing or contradictory option. */
export function readOptions(args: readonly string[], env: Readonly<Record<string, string | undefined>>): ProbeOptions {
  const values = parse(args);
  const isProduction = values.production === true;
  if (isProduction && values["i-know-it-is-real"] !== true) {
    throw new UsageError("--production probes the real Qonto with a real account. Add --i-know-it-is-real to confirm.");
  }
  if (isProduction && (values.flood === true || values.connect === true)) {
    throw new UsageError("--flood and --connect are for the sandbox only. Remove them or --production.");
  }
  const hosts = HOSTS[isProduction ? "production" : "sandbox"];
  const required = (name: string): string => {
    const value = env[name];
    if (value === undefined || value === "") throw new UsageError(`${name} is not set. Set it in the environment.`);
    return value;
  };
  const invoice = env["QONTO_INVOICE_ID"];
  return {
    isProduction,
    apiUrl: urlOf(env["QONTO_API_URL"] ?? hosts.api, "QONTO_API_URL"),
    oauthUrl: urlOf(env["QONTO_OAUTH_URL"] ?? hosts.oauth, "QONTO_OAUTH_URL"),
    clientId: required("QONTO_CLIENT_ID"),
    clientSecret: required("QONTO_CLIENT_SECRET"),
    stagingToken: isProduction ? null : required("QONTO_STAGING_TOKEN"),
    consent: consentOf(env),
    redirectUri: values["redirect-uri"] ?? "http://localhost:4030/callback",
    isUnattended: values.yes === true,
    webhook:
      values["webhook-url"] === undefined
        ? null
        : {
            url: urlOf(values["webhook-url"], "--webhook-url", true),
            port: numberOf(values["webhook-port"] ?? "4031", "--webhook-port", 65_535),
          },
    watchMs: numberOf(values["watch-minutes"] ?? "60", "--watch-minutes", 240) * 60_000,
    allows: { revoke: values.revoke === true, flood: values.flood === true, connect: values.connect === true },
    invoice:
      invoice === undefined || invoice === ""
        ? null
        : { id: invoice, number: required("QONTO_INVOICE_NUMBER"), amount: required("QONTO_INVOICE_AMOUNT") },
    folder: values.report ?? "probe-reports",
    tokenFile: values["token-file"] ?? null,
    only: values.only === undefined ? null : values.only.split(",").map((text) => numberOf(text, "--only", 18)),
  };
}

function parse(args: readonly string[]) {
  const flag = { type: "boolean" } as const;
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        production: flag,
        "i-know-it-is-real": flag,
        yes: flag,
        "redirect-uri": text,
        "webhook-url": text,
        "webhook-port": text,
        "watch-minutes": text,
        only: text,
        connect: flag,
        flood: flag,
        revoke: flag,
        report: text,
        "token-file": text,
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : "The options can't be read.");
  }
}

function consentOf(env: Readonly<Record<string, string | undefined>>): ProbeOptions["consent"] {
  const { QONTO_REFRESH_TOKEN: refreshToken, QONTO_CODE: code } = env;
  if (refreshToken !== undefined && refreshToken !== "") return { kind: "refresh_token", value: refreshToken };
  if (code !== undefined && code !== "") return { kind: "code", value: code };
  return { kind: "browser" };
}

/** Returns the origin of an address, or with `isWhole` the whole address. Allows plain http only on this machine. */
function urlOf(text: string, name: string, isWhole = false): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== "https:" && !["localhost", "127.0.0.1"].includes(url.hostname))) {
    throw new UsageError(`${name} must be an https address.`);
  }
  return isWhole ? url.href : url.origin;
}

function numberOf(text: string, name: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new UsageError(`${name} must be a whole number from 1 to ${most}.`);
  return value;
}
