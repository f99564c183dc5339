import { randomUUID } from "node:crypto";
import { click, type ShopPage } from "./page.ts";
import { Solver } from "./solver.ts";

/** A program that opens checkouts, from a number of addresses. */
export interface Hostile {
  readonly addresses: number;
  /** Whether it solves challenges, one after the other. */
  readonly solves: boolean;
}

/** The checkouts that a flood opened, and its requests. */
export interface FloodCount {
  sent: number;
  opened: number;
}

/** Returns the address of a client. They are in one range, which no shopper uses. */
function addressOf(client: number): string {
  return `198.${18 + Math.floor(client / 62_500)}.${Math.floor(client / 250) % 250}.${(client % 250) + 1}`;
}

/** Sends `perSecond` requests a second, whether or not they are answered. */
export class HostileClients {
  readonly count: FloodCount = { sent: 0, opened: 0 };
  readonly #page: ShopPage;
  readonly #hostile: Hostile;
  readonly #timer: NodeJS.Timeout;
  /** With what the others leave of this machine: a hostile program has processors of its own. */
  readonly #solver: Solver | undefined;
  #lastSolution: Promise<unknown> = Promise.resolve();

  constructor(page: ShopPage, hostile: Hostile, perSecond: number) {
    this.#page = page;
    this.#hostile = hostile;
    if (hostile.solves) this.#solver = new Solver(19);
    const startedAt = performance.now();
    this.#timer = setInterval(() => {
      const due = ((performance.now() - startedAt) / 1000) * perSecond;
      while (this.count.sent < due) void this.#send(this.count.sent).catch(() => undefined);
    }, 5);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#solver?.close();
  }

  async #send(request: number): Promise<void> {
    this.count.sent += 1;
    const address = addressOf(request % this.#hostile.addresses);
    const attempt_id = randomUUID();
    const first = await click(this.#page, address, { attempt_id });
    if (first.checkout !== undefined) this.count.opened += 1;
    const { challenge } = first;
    if (challenge === undefined || this.#solver === undefined) return;
    const solution = this.#lastSolution.then(() => this.#solver?.solve(challenge) ?? "");
    this.#lastSolution = solution;
    const challenge_solution = await solution;
    const { checkout } = await click(this.#page, address, { attempt_id, challenge_solution });
    if (checkout !== undefined) this.count.opened += 1;
  }
}
