/** A consent that was requested from Qonto and has no answer yet. */
export interface PendingConsent {
  /** SHA-256 of the `state`, in hex. */
  readonly stateHash: string;
  /** The browser that requested it. The answer is valid only there. */
  readonly sessionHash: string;
  /** The PKCE verifier, encrypted by the vault. */
  readonly sealedVerifier: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** The pending consents. Each is answered once. */
export class OAuthRequests {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  add({ stateHash, sessionHash, sealedVerifier, expiresAt }: PendingConsent, now: number): void {
    this.#sql.exec("DELETE FROM consent_requests WHERE expires_at <= ?", now);
    this.#sql.exec(
      "INSERT INTO consent_requests (state_hash, session_hash, sealed_verifier, expires_at) VALUES (?, ?, ?, ?)",
      stateHash,
      sessionHash,
      sealedVerifier,
      expiresAt,
    );
  }

  /** Uses up a request of this browser. @returns its encrypted verifier; null if this browser has no such request. */
  take(stateHash: string, sessionHash: string, now: number): string | null {
    const rows = this.#sql.exec<{ sealed_verifier: string }>(
      "DELETE FROM consent_requests WHERE state_hash = ? AND session_hash = ? AND expires_at > ? RETURNING sealed_verifier",
      stateHash,
      sessionHash,
      now,
    );
    return rows.toArray()[0]?.sealed_verifier ?? null;
  }

  removeAll(): void {
    this.#sql.exec("DELETE FROM consent_requests");
  }
}
