import type { Challenge } from "@qonto-pay/core/api";
import { toBase64Url } from "@qonto-pay/web/base64";
import { isSameSecret } from "@qonto-pay/web/constant-time";
import { hmacSha256 } from "@qonto-pay/web/hmac";
import { createChallenge, type Payload, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";
import { deriveSecret } from "./derive-secret.ts";
import { digestBytes } from "./digest.ts";

/** Time to solve a challenge, or to use a pass, after the wait. */
const LIVES_MS = 5 * 60_000;

/** How long a browser without JavaScript waits instead. */
export const WAIT_MS = 20_000;

/** A solver tries 256 counters on average. Each costs `cost` iterations. */
const KEY_PREFIX = "00";

/** A proof that a visitor has spent time on one attempt. */
export interface Pass {
  readonly kind: "solved" | "waited";
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** The attempt and the visitor to which a challenge belongs. */
export interface Binding {
  readonly publishableKey: string;
  readonly attemptId: string;
  readonly visitor: string;
}

/**
 * Issues and verifies challenges. Nothing is stored: a challenge carries its binding, its expiry and a signature by a
 * key derived from `VAULT_KEY`. After a rotation of that key, a visitor gets another challenge.
 */
export class Challenges {
  readonly #secret: Promise<string>;

  constructor(vaultKey: Uint8Array) {
    this.#secret = deriveSecret(vaultKey, "challenge", "proof of work");
  }

  /** @param cost iterations for each counter. */
  async issue(binding: Binding, cost: number): Promise<Omit<Challenge, "attempt_id">> {
    const { parameters, signature } = await createChallenge({
      algorithm: "PBKDF2/SHA-256",
      cost,
      keyPrefix: KEY_PREFIX,
      expiresAt: new Date(Date.now() + LIVES_MS),
      data: { bound: await boundTo(binding) },
      deriveKey,
      hmacSignatureSecret: await this.#secret,
    });
    return { parameters, signature } as Omit<Challenge, "attempt_id">;
  }

  /** Returns the pass for a solution; null if it is invalid, expired or of another binding. */
  async verify(text: string, binding: Binding): Promise<Pass | null> {
    try {
      const { challenge, solution } = JSON.parse(atob(text)) as Payload;
      const { data, expiresAt = 0 } = challenge.parameters;
      if (data?.["bound"] !== (await boundTo(binding))) return null;
      const checked = { challenge, solution, deriveKey, hmacSignatureSecret: await this.#secret };
      const { verified } = await verifySolution(checked);
      return verified ? { kind: "solved", id: challenge.signature ?? "", expiresAt: expiresAt * 1000 } : null;
    } catch {
      // Not a solution at all.
      return null;
    }
  }

  /** Returns a pass that is valid after a wait. */
  issueWait(binding: Binding): Promise<string> {
    return this.#waitSince(binding, Date.now());
  }

  /** Returns the pass; null if it is invalid, too early, expired or of another binding. */
  async verifyWait(text: string, binding: Binding): Promise<Pass | null> {
    const since = sinceOf(text);
    if (Number.isNaN(since) || !isSameSecret(text, await this.#waitSince(binding, since))) return null;
    const [now, expiresAt] = [Date.now(), since + WAIT_MS + LIVES_MS];
    return now < since + WAIT_MS || expiresAt < now ? null : { kind: "waited", id: text, expiresAt };
  }

  /** Returns whether a pass of this binding is still too early. */
  async isWaiting(text: string, binding: Binding): Promise<boolean> {
    const [since, now] = [sinceOf(text), Date.now()];
    // A pass of a clock that was ahead would mean a longer wait than a new one.
    return since <= now && now < since + WAIT_MS && isSameSecret(text, await this.#waitSince(binding, since));
  }

  async #waitSince(binding: Binding, since: number): Promise<string> {
    const encoder = new TextEncoder();
    const message = encoder.encode(`wait/${since}/${await boundTo(binding)}`);
    return `${since}.${toBase64Url(await hmacSha256(encoder.encode(await this.#secret), message))}`;
  }
}

/** Returns the time at which the wait of a pass began; NaN for any other text. */
function sinceOf(text: string): number {
  return Number(/^(\d{13})\./.exec(text)?.[1]);
}

/** The challenge shows neither the address of the visitor nor the attempt. */
async function boundTo({ publishableKey, attemptId, visitor }: Binding): Promise<string> {
  return toBase64Url(new Uint8Array(await digestBytes(JSON.stringify([publishableKey, attemptId, visitor]))));
}
