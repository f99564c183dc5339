import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type LocalStack, startLocalStack } from "./local-stack.ts";
import { seedMerchant } from "./seed-merchant.ts";
import { freePorts } from "./start-process.ts";

/**
 * `pnpm bench:rounding`: random carts through the real Worker, with the sandbox under each rounding policy in turn.
 * Prints for each how many shoppers were sent to another amount than the one shown, how many were refused, how many
 * needed a second try, and which cart was the last to need one.
 */

const { values } = parseArgs({
  options: { carts: { type: "string", default: "10000" }, seed: { type: "string", default: "20261120" } },
});
const CARTS = Number(values.carts);
const PRODUCTS = 60;
const SHOPPERS_AT_ONCE = 8;
const RATES = ["0", "2.1", "5.5", "7", "9", "10", "19", "20", "21", "22", "25.5"];
const LEVELS = ["unit", "line", "rate", "total", "en16931"];
const MODES = ["half_up", "half_even"];

/** Mulberry32: numbers from 0 to 1 that the seed determines. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Checkout {
  readonly url: string;
  readonly amount: { readonly value: string };
}

interface Result {
  readonly sentToAnotherAmount: number;
  readonly refused: number;
  readonly secondTries: number;
  readonly lastSecondTry: number;
}

async function runPolicy(stack: LocalStack, level: string, mode: string, random: () => number): Promise<Result> {
  await control(stack, "POST", "reset");
  await control(stack, "PUT", "webhooks", { mode: "drop" });
  await control(stack, "PUT", "rounding_policy", { level, mode });
  const name = `bench-${level}-${mode.replace("_", "-")}`;
  const upTo = (count: number) => Math.floor(random() * count);
  const products = Array.from({ length: PRODUCTS }, (_, index) => ({
    id: `p${index}`,
    title: `Thing ${index}`,
    price: { value: (upTo(20_000) / 100 + 0.01).toFixed(2), currency: "EUR" },
    tax_behavior: random() < 0.7 ? "inclusive" : "exclusive",
    vat_rate: RATES[upTo(RATES.length)],
  }));
  await seedMerchant({ name, secret_key: `sk_sandbox_${name}_local_only`, products }, stack);

  const carts = Array.from({ length: CARTS }, () =>
    Array.from({ length: 1 + upTo(6) }, () => ({ product: `p${upTo(PRODUCTS)}`, quantity: 1 + upTo(12) })),
  );
  const shown = new Map<string, string>();
  let refused = 0;
  let next = 0;
  const shopper = async (): Promise<void> => {
    while (next < carts.length) {
      const items = carts[next];
      next += 1;
      const answer = await fetch(`${stack.workerUrl}/v1/checkouts`, {
        method: "POST",
        headers: { Origin: stack.shopUrl },
        body: JSON.stringify({ key: `pk_sandbox_${name}`, items }),
      });
      if (answer.ok) {
        const checkout = (await answer.json()) as Checkout;
        shown.set(checkout.url, checkout.amount.value);
      } else {
        refused += 1;
        if (refused === 1) console.error(await answer.text());
      }
    }
  };
  await Promise.all(Array.from({ length: SHOPPERS_AT_ONCE }, shopper));

  const links = (await linksAtQonto(stack)).toSorted((a, b) => a.created_at.localeCompare(b.created_at));
  const charged = new Map(links.map((link) => [link.url, link.amount.value]));
  const isUnused = (link: { url: string }) => !shown.has(link.url);
  return {
    sentToAnotherAmount: [...shown].filter(([url, amount]) => charged.get(url) !== amount).length,
    refused,
    secondTries: links.filter(isUnused).length,
    lastSecondTry: links.findLastIndex(isUnused) + 1,
  };
}

interface LinkAtQonto {
  readonly url: string;
  readonly created_at: string;
  readonly amount: { readonly value: string };
}

/** Every link, read as any client of Qonto's would. */
async function linksAtQonto(stack: LocalStack): Promise<readonly LinkAtQonto[]> {
  const redirectUri = "http://localhost/callback";
  const { code } = (await control(stack, "POST", "authorizations", {
    redirect_uri: redirectUri,
    scope: "payment_link.read",
  })) as { code: string };
  const client = { client_id: "sandbox-client", client_secret: "sandbox-secret" };
  const token = await fetch(`${stack.sandboxUrl}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({ ...client, grant_type: "authorization_code", code, redirect_uri: redirectUri }),
  });
  const { access_token } = (await token.json()) as { access_token: string };
  const headers = { Authorization: `Bearer ${access_token}`, "X-Qonto-Staging-Token": "sandbox-staging-token" };
  const links: LinkAtQonto[] = [];
  for (let page: number | null = 1; page !== null; ) {
    const answer = await fetch(`${stack.sandboxUrl}/v2/payment_links?per_page=100&page=${page}`, { headers });
    const { payment_links, meta } = (await answer.json()) as {
      payment_links: readonly LinkAtQonto[];
      meta: { next_page: number | null };
    };
    links.push(...payment_links);
    page = meta.next_page;
  }
  return links;
}

async function control(stack: LocalStack, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${stack.sandboxUrl}/_sandbox/${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

const stateFolder = mkdtempSync(join(tmpdir(), "qonto-pay-bench-"));
const ports = await freePorts();
const stack = await startLocalStack({
  stateFolder,
  shopPort: ports.shop,
  workerPort: ports.worker,
  sandboxPort: ports.sandbox,
});
const random = randomNumbers(Number(values.seed));
console.log(`${CARTS} carts under each policy, seed ${values.seed}\n`);
console.log("| policy | sent to another amount | refused | second tries | the last one at link |");
console.log("|---|---|---|---|---|");
let isRight = true;
for (const level of LEVELS) {
  for (const mode of MODES) {
    const result = await runPolicy(stack, level, mode, random);
    const { sentToAnotherAmount, refused, secondTries, lastSecondTry } = result;
    console.log(`| ${level}, ${mode} | ${sentToAnotherAmount} | ${refused} | ${secondTries} | ${lastSecondTry} |`);
    isRight &&= sentToAnotherAmount === 0 && refused === 0;
  }
}
await stack.close();
rmSync(stateFolder, { recursive: true, force: true });
process.exit(isRight ? 0 : 1);
