import { randomBytes } from "node:crypto";
import { recordOf } from "./answer.ts";
import { mask } from "./mask.ts";
import { type Facts, type Probe, Skipped } from "./probe.ts";
import { QontoApi, type TokenAnswer } from "./qonto-api.ts";
import type { Target } from "./target.ts";

export interface ProbeResult {
  readonly number: number;
  readonly title: string;
  readonly outcome: "answered" | "skipped" | "failed";
  readonly facts: Facts;
  /** The reason why it was skipped or failed, masked; null otherwise. */
  readonly reason: string | null;
}

export interface Run {
  readonly results: readonly ProbeResult[];
  readonly requests: number;
  /** Links of this run that may still be payable. */
  readonly linksLeft: number;
  /** The refresh token for the next run. A secret: never in a report. */
  readonly refreshToken: string;
}

/**
 * Runs one probe after another. If one fails, it reports the reason, and the others still run. Before the last probes,
 * which may end the consent, all created links are deactivated and all webhook subscriptions deleted.
 *
 * @param tell receives each result as soon as it exists.
 */
export async function runProbes(
  target: Target,
  tokens: TokenAnswer,
  probes: readonly Probe[],
  tell: (result: ProbeResult) => void = () => undefined,
): Promise<Run> {
  const api = new QontoApi(target, tokens);
  const unsubscribe = await subscribe(api, target);
  const results: ProbeResult[] = [];
  let linksLeft: number | null = null;
  const cleanUp = async (): Promise<void> => {
    if (linksLeft !== null) return;
    await unsubscribe();
    linksLeft = await api.cleanUp();
  };
  try {
    for (const probe of probes) {
      if (probe.number === 15) await cleanUp();
      const result = await make(api, target, probe);
      results.push(result);
      tell(result);
    }
  } finally {
    await cleanUp();
  }
  return { results, requests: api.requests, linksLeft: linksLeft ?? 0, refreshToken: api.refreshToken };
}

async function make(api: QontoApi, target: Target, probe: Probe): Promise<ProbeResult> {
  const { number, title } = probe;
  const result = { number, title, facts: {}, reason: null };
  if (target.isProduction && !probe.inProduction)
    return { ...result, outcome: "skipped", reason: "never in production" };
  try {
    return { ...result, outcome: "answered", facts: await probe.run({ api, target }) };
  } catch (error) {
    const reason = mask(error instanceof Error ? error.message : String(error), api.secrets);
    return { ...result, outcome: error instanceof Skipped ? "skipped" : "failed", reason };
  }
}

/** Subscribes the run's listener to events. @returns a function that ends the subscription. Neither throws. */
async function subscribe(api: QontoApi, { events }: Target): Promise<() => Promise<void>> {
  if (events === null) return async () => undefined;
  const secret = randomBytes(32).toString("hex");
  api.addSecret(secret);
  try {
    const body = { callback_url: events.publicUrl, types: ["v1/payment-links"], secret };
    const { id } = recordOf((await api.call("POST", "/v2/webhook_subscriptions", body)).body);
    return async () => {
      if (typeof id === "string") await api.call("DELETE", `/v2/webhook_subscriptions/${id}`).catch(() => undefined);
    };
  } catch {
    return async () => undefined;
  }
}
