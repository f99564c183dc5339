import { setTimeout as pause } from "node:timers/promises";
import type { RandomNumbers } from "../bench/random-numbers.ts";

/** The Worker that the callers call, with their keys. */
export interface Shop {
  readonly workerUrl: string;
  readonly shopUrl: string;
  readonly publishableKey: string;
  readonly secretKey: string;
}

export interface Obtained {
  /** Every pay URL that the Worker returned, by the key of the attempt. */
  readonly urls: ReadonlyMap<string, ReadonlySet<string>>;
  /** Rejections that only a fault of this project explains, as `status code`. */
  readonly refusals: readonly string[];
  readonly tries: number;
}

const KEYS_AT_ONCE = 20;
/** Longer than the Worker takes for any response. */
const TIMEOUT_MS = 30_000;

/**
 * Lets several callers request each key at once: half of the keys as a page does, half as a shop's server does. Each
 * caller retries until it has a URL or the time limit is reached.
 */
export async function obtainUrls(
  shop: Shop,
  { keys, callers, deadline }: { readonly keys: number; readonly callers: number; readonly deadline: number },
  random: RandomNumbers,
  onKey: () => void,
): Promise<Obtained> {
  const urls = new Map<string, Set<string>>();
  const refusals: string[] = [];
  let tries = 0;
  const waiting = Array.from({ length: keys }, (_, index) => index).values();
  const call = async (key: string, index: number): Promise<void> => {
    while (Date.now() < deadline) {
      tries += 1;
      const answer = await ask(shop, key, index);
      if (typeof answer === "string") return void urls.get(key)?.add(answer);
      if (answer.refusal !== null) return void refusals.push(answer.refusal);
      await pause(Math.max(answer.retryAfterMs, 100 + random() * 400));
    }
  };
  const worker = async (): Promise<void> => {
    for (const index of waiting) {
      const key = `chaos-key-${String(index).padStart(6, "0")}`;
      urls.set(key, new Set());
      await Promise.all(Array.from({ length: callers }, () => call(key, index)));
      onKey();
    }
  };
  await Promise.all(Array.from({ length: KEYS_AT_ONCE }, worker));
  return { urls, refusals, tries };
}

type Failed = { readonly refusal: string | null; readonly retryAfterMs: number };

/** @returns the pay URL, or the failure. */
async function ask(shop: Shop, key: string, index: number): Promise<string | Failed> {
  try {
    const request = index % 2 === 0 ? asPage(shop, key) : asServer(shop, key);
    const answer = await fetch(`${shop.workerUrl}/v1/checkouts`, {
      method: "POST",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...request,
    });
    const body = (await answer.json()) as { url?: string; error?: { code: string } };
    if (answer.ok && body.url !== undefined) return body.url;
    const isOurs = answer.status >= 400 && answer.status < 500 && answer.status !== 429;
    return {
      refusal: isOurs ? `${answer.status} ${body.error?.code ?? "without a code"}` : null,
      retryAfterMs: Number(answer.headers.get("Retry-After") ?? 0) * 1000,
    };
  } catch {
    // The Worker was killed, or is not running yet.
    return { refusal: null, retryAfterMs: 1_000 };
  }
}

function asPage({ shopUrl, publishableKey }: Shop, attempt_id: string) {
  return {
    headers: { Origin: shopUrl },
    body: JSON.stringify({ publishable_key: publishableKey, product: "mug", attempt_id }),
  };
}

function asServer({ secretKey }: Shop, key: string) {
  const items = [
    {
      title: "Poster",
      quantity: 1,
      price: { value: "9.99", currency: "EUR" },
      tax_behavior: "inclusive",
      vat_rate: "20",
    },
  ];
  return {
    headers: { Authorization: `Bearer ${secretKey}`, "Idempotency-Key": key },
    body: JSON.stringify({ items }),
  };
}
