/** A consent that Qonto was asked for and has not answered yet. */
export interface PendingConsent {
  /** SHA-256 of the `state`, in hex. */
  readonly stateHash: string;
  /** The browser that asked: only there is the answer good. */
  readonly sessionHash: string;
  /** The PKCE verifier, sealed by the vault. */
  readonly sealedVerifier: string;
  /** Milliseconds of the epoch. */
  readonly expiresAt: number;
}

/** The consents that are being asked for. Each is answered once. */
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

  /** Uses up what this browser asked for. @returns its sealed verifier; null: this browser asked for no such thing. */
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
