/**
 * There was no answer: whether the call was carried out is not known. Repeat it with the same `idempotencyKey`, where it
 * takes one.
 */
export class QontoPayConnectionError extends Error {
  override readonly name = "QontoPayConnectionError";
  /** `timeout`: none in time. `network`: the connection failed or broke. */
  readonly reason: "timeout" | "network";

  constructor(reason: "timeout" | "network", message: string) {
    super(message);
    this.reason = reason;
  }
}
