import { setTimeout as pause } from "node:timers/promises";
import { type BehaviourName, startSandbox } from "@qonto-pay/sandbox";
import { type LinkAtQonto, linksAtQonto } from "../bench/links-at-qonto.ts";
import { type RandomNumbers, randomNumbers } from "../bench/random-numbers.ts";
import { connectMerchant } from "../merchants/connect-merchant.ts";
import { controlSandbox } from "../servers/control-sandbox.ts";
import { DEMO_MERCHANT } from "../merchants/demo-merchant.ts";
import { freePorts } from "../servers/free-ports.ts";
import { localSecrets } from "../servers/local-secrets.ts";
import { LOOPBACK } from "../servers/loopback.ts";
import { WorkerApi } from "../merchants/worker-api.ts";
import { KillSchedule } from "./kill-schedule.ts";
import { MortalWorker } from "./mortal-worker.ts";
import { type Obtained, obtainUrls, type Shop } from "./obtain-urls.ts";
import { planFaults } from "./random-faults.ts";
import { ShopServer } from "./shop-server.ts";

export interface ChaosOptions {
  readonly behaviour: BehaviourName;
  readonly seed: number;
  /** Number of requested checkouts, and of callers for each. */
  readonly keys: number;
  readonly callers: number;
  /** The share of Qonto's answers that fail, from 0 to 1. */
  readonly faults: number;
  /** Number of kills of the Worker, in each of the two parts. */
  readonly kills: number;
  /** Number of payments, which is the number of events that each shop must receive. */
  readonly webhooks: number;
  /** The share of events whose first attempt the shop fails, from 0 to 1. */
  readonly shopFailures: number;
  /** The time limit, in minutes: unfinished work counts as broken. */
  readonly minutes: number;
  readonly stateFolder: string;
  readonly tell: (line: string) => void;
}

export interface ChaosResult {
  /** The broken invariants, as sentences; empty if all hold. */
  readonly broken: readonly string[];
  readonly summary: Readonly<Record<string, number>>;
}

const SHOP_URL = "http://localhost:5173";
/** The events of one checkout are sent one after the other, so only a few payments share a checkout. */
const PAYMENTS_OF_ONE = 20;
const POLL_MS = 1_000;

/**
 * Runs two parts against the real Worker in workerd. First, shoppers and servers request checkouts while Qonto fails
 * and the Worker is killed. Then every checkout is paid, while the Worker is killed and the shop fails. Afterwards each
 * promise is checked.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { behaviour, stateFolder, seed } = options;
  const ports = await freePorts();
  const random = randomNumbers(seed);
  const sandbox = await startSandbox({ port: ports.sandbox, host: LOOPBACK, behaviour });
  const secrets = localSecrets(stateFolder);
  const worker = await MortalWorker.start({ port: ports.worker, sandboxPort: ports.sandbox, stateFolder, secrets });
  try {
    const backend = { sandboxUrl: sandbox.url, workerUrl: `http://localhost:${ports.worker}`, shopUrl: SHOP_URL };
    const made = await connectMerchant(DEMO_MERCHANT, { ...backend, adminKey: secrets.adminKey });
    const shop = { ...backend, publishableKey: made.publishable_key, secretKey: made.secret_key };
    return await new Chaos(options, random, worker, shop, sandbox.url).run();
  } finally {
    await worker.close();
    await sandbox.close();
  }
}

class Chaos {
  readonly #options: ChaosOptions;
  readonly #random: RandomNumbers;
  readonly #worker: MortalWorker;
  readonly #shop: Shop;
  readonly #sandboxUrl: string;
  readonly #deadline: number;
  readonly #broken: string[] = [];

  constructor(options: ChaosOptions, random: RandomNumbers, worker: MortalWorker, shop: Shop, sandboxUrl: string) {
    this.#options = options;
    this.#random = random;
    this.#worker = worker;
    this.#shop = shop;
    this.#sandboxUrl = sandboxUrl;
    this.#deadline = Date.now() + options.minutes * 60_000;
  }

  async run(): Promise<ChaosResult> {
    const { keys, callers, tell, webhooks } = this.#options;
    tell(`1. ${keys} keys x ${callers} callers`);
    const obtained = await this.#obtain();
    this.#checkKeys(obtained);
    const openLinks = (await linksAtQonto(this.#sandboxUrl)).filter(isLive).length;
    tell(`   ${obtained.tries} tries, ${this.#worker.kills} kills, ${openLinks} open links at Qonto`);
    tell(`2. ${webhooks} payments`);
    const paid = await this.#pay(obtained);
    tell(`   ${paid.delivered} events delivered, ${this.#worker.kills} kills in all`);
    const duplicates = await this.#untilNoDuplicate(obtained, paid.urls);
    if (duplicates.length > 0)
      this.#broken.push(`${duplicates.length} links at Qonto are payable, although no caller was sent to them`);
    return {
      broken: this.#broken,
      summary: {
        keys,
        tries: obtained.tries,
        kills: this.#worker.kills,
        open_links_before_payment: openLinks,
        payments: paid.payments,
        events_delivered: paid.delivered,
        live_duplicates: duplicates.length,
      },
    };
  }

  async #obtain(): Promise<Obtained> {
    const { keys, callers, faults, kills } = this.#options;
    await planFaults(this.#sandboxUrl, keys, faults, this.#random);
    const schedule = new KillSchedule(this.#worker, kills, keys, this.#random);
    const asked = { keys, callers, deadline: this.#deadline };
    const obtained = await obtainUrls(this.#shop, asked, this.#random, () => schedule.step());
    await schedule.settled();
    await fetch(`${this.#sandboxUrl}/_sandbox/faults`, { method: "DELETE" });
    return obtained;
  }

  #checkKeys({ urls, refusals }: Obtained): void {
    const counts = [...urls.values()].map((set) => set.size);
    const [two, none] = [counts.filter((count) => count > 1).length, counts.filter((count) => count === 0).length];
    if (two > 0) this.#broken.push(`${two} keys got more than one URL`);
    if (none > 0 || urls.size < this.#options.keys) this.#broken.push(`${none} keys never got a URL`);
    if (refusals.length > 0) {
      this.#broken.push(`${refusals.length} callers were rejected: ${[...new Set(refusals)].join(", ")}`);
    }
  }

  /** Pays every key once, and reusable checkouts for the rest, and waits until the shop has every event. */
  async #pay(obtained: Obtained): Promise<{ payments: number; delivered: number; urls: ReadonlySet<string> }> {
    const { webhooks, kills, shopFailures } = this.#options;
    const api = new WorkerApi(this.#shop.workerUrl, this.#shop.secretKey);
    const links = new Map((await linksAtQonto(this.#sandboxUrl)).map((link) => [link.url, link]));
    const single = [...obtained.urls.values()].flatMap((set) => [...set].slice(0, 1)).slice(0, webhooks);
    const reusable = await this.#openReusable(api, webhooks - single.length);
    const schedule = new KillSchedule(this.#worker, kills, webhooks, this.#random);
    const server = await ShopServer.start(shopFailures, this.#random, () => schedule.step());
    try {
      await again(
        () => api.call("POST", "webhook_endpoints", { body: { url: server.url }, idempotencyKey: "chaos-endpoint" }),
        this.#deadline,
      );
      const ids = [
        ...single.map((url) => links.get(url)?.id ?? ""),
        ...reusable.flatMap(({ id, times }) => Array<string>(times).fill(id)),
      ];
      const payments = await this.#payAll(ids);
      // An event identifies a payment of a single-use link by its checkout, and one of a reusable link by its id.
      const expected = payments.length;
      while (Date.now() < this.#deadline && told(server).size < expected) await pause(POLL_MS);
      await schedule.settled();
      this.#checkEvents(server, payments, single.length);
      return {
        payments: payments.length,
        delivered: server.delivered.size,
        urls: new Set(reusable.map(({ url }) => url)),
      };
    } finally {
      await server.close();
    }
  }

  async #openReusable(
    api: WorkerApi,
    payments: number,
  ): Promise<readonly { id: string; url: string; times: number }[]> {
    const opened: { id: string; url: string; times: number }[] = [];
    const items = [
      {
        title: "Seat",
        quantity: 1,
        price: { value: "5.00", currency: "EUR" },
        tax_behavior: "inclusive",
        vat_rate: "20",
      },
    ];
    for (let left = payments; left > 0; left -= PAYMENTS_OF_ONE) {
      const idempotencyKey = `chaos-reusable-${opened.length}`;
      const call = () =>
        api.call<{ url: string; payment_link: { id: string } }>("POST", "checkouts", {
          body: { items, reusable: true },
          idempotencyKey,
        });
      const { url, payment_link } = await again(call, this.#deadline);
      opened.push({ id: payment_link.id, url, times: Math.min(left, PAYMENTS_OF_ONE) });
    }
    return opened;
  }

  /** @returns the ids of the payments. */
  async #payAll(ids: readonly string[]): Promise<readonly string[]> {
    const payments: string[] = [];
    const waiting = ids.values();
    const payer = async (): Promise<void> => {
      for (const id of waiting) {
        const { payment } = (await controlSandbox(this.#sandboxUrl, "POST", `payment_links/${id}/payments`, {
          status: "paid",
        })) as { payment: { id: string } };
        payments.push(payment.id);
        // About as fast as a busy shop: a hundred payments in a second.
        await pause(50 + this.#random() * 50);
      }
    };
    await Promise.all(Array.from({ length: 8 }, payer));
    return payments;
  }

  #checkEvents(server: ShopServer, payments: readonly string[], singleUse: number): void {
    const events = [...server.delivered.values()];
    const ofPayments = events.filter(({ type }) => type === "checkout.payment_received");
    const paid = events.filter(({ type }) => type === "checkout.paid");
    const ofReusable = new Set(ofPayments.map(({ data }) => data.payment?.id));
    const ofSingle = new Set(paid.map(({ data }) => data.checkout?.id));
    const lost = payments.length - singleUse - ofReusable.size + (singleUse - ofSingle.size);
    if (lost > 0) this.#broken.push(`${lost} payments were never reported to the shop`);
    const twice = ofPayments.length - ofReusable.size + (paid.length - ofSingle.size);
    if (twice > 0) this.#broken.push(`${twice} payments were reported under two event ids`);
    const foreign = [...ofReusable].filter((id) => id === undefined || !payments.includes(id)).length;
    if (foreign > 0) this.#broken.push(`${foreign} events belong to no payment`);
  }

  /**
   * Waits for the cleanup of orphaned links. @returns the links that are still payable although no caller was sent to
   * them.
   */
  async #untilNoDuplicate({ urls }: Obtained, others: ReadonlySet<string>): Promise<readonly LinkAtQonto[]> {
    const known = new Set([...urls.values()].flatMap((set) => [...set]));
    for (;;) {
      const links = await linksAtQonto(this.#sandboxUrl);
      const left = links.filter((link) => isLive(link) && !known.has(link.url) && !others.has(link.url));
      if (left.length === 0 || Date.now() > this.#deadline) return left;
      await pause(POLL_MS);
    }
  }
}

function told({ delivered }: ShopServer): ReadonlySet<string> {
  return new Set(
    [...delivered]
      .filter(([, { type }]) => type === "checkout.paid" || type === "checkout.payment_received")
      .map(([id]) => id),
  );
}

function isLive({ status }: LinkAtQonto): boolean {
  return status === "open" || status === "processing";
}

/** Repeats a call under the same key while the Worker is down. */
async function again<T>(call: () => Promise<T>, deadline: number): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(300);
    }
  }
}
