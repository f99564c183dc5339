import type { Counter } from "./check-out.ts";

export interface Throughput {
  /** The links in each second. */
  readonly perSecond: readonly number[];
  readonly longestWaitMs: number;
  readonly refused: number;
}

/** Shoppers of one merchant buy a mug again and again, each as soon as they have a link. */
export async function measureThroughput(
  { workerUrl, shopUrl, publishableKey }: Counter,
  { seconds, shoppers }: { readonly seconds: number; readonly shoppers: number },
): Promise<Throughput> {
  const perSecond = Array.from({ length: seconds }, () => 0);
  let longestWaitMs = 0;
  let refused = 0;
  const startedAt = performance.now();
  const elapsed = (): number => performance.now() - startedAt;
  const body = JSON.stringify({ publishable_key: publishableKey, product: "mug" });
  const shopper = async (): Promise<void> => {
    while (elapsed() < seconds * 1000) {
      const askedAt = performance.now();
      const answer = await fetch(`${workerUrl}/v1/checkouts`, { method: "POST", headers: { Origin: shopUrl }, body });
      const text = await answer.text();
      longestWaitMs = Math.max(longestWaitMs, performance.now() - askedAt);
      if (!answer.ok) {
        refused += 1;
        if (refused === 1) console.error(text);
        continue;
      }
      const second = Math.floor(elapsed() / 1000);
      if (second < seconds) perSecond[second] = (perSecond[second] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: shoppers }, shopper));
  return { perSecond, longestWaitMs, refused };
}
