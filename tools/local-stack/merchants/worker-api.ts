/** A call that the Worker rejected. */
export class RefusedCall extends Error {
  override readonly name = "RefusedCall";
  readonly status: number;
  /** From the Worker's closed list of error codes. */
  readonly code: string;

  constructor(call: string, status: number, code: string) {
    super(`${call} answered ${status} ${code}`);
    this.status = status;
    this.code = code;
  }
}

export interface WorkerCall {
  readonly body?: unknown;
  /** Sent as `Idempotency-Key`. */
  readonly idempotencyKey?: string;
}

/** The Worker's API (v1) with one key: the deployment's admin key, or a merchant's secret key. */
export class WorkerApi {
  readonly #workerUrl: string;
  readonly #key: string;

  constructor(workerUrl: string, key: string) {
    this.#workerUrl = workerUrl;
    this.#key = key;
  }

  /**
   * Returns the JSON of a successful response; `undefined` for an empty one.
   *
   * @param path after `/v1/`, with its query.
   * @throws RefusedCall
   */
  async call<Answer>(method: string, path: string, { body, idempotencyKey }: WorkerCall = {}): Promise<Answer> {
    const response = await fetch(`${this.#workerUrl}/v1/${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${this.#key}`,
        ...(idempotencyKey !== undefined && { "Idempotency-Key": idempotencyKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new RefusedCall(`${method} /v1/${path}`, response.status, codeOf(text));
    return (text === "" ? undefined : JSON.parse(text)) as Answer;
  }

  /** Returns a successful response that is read in parts. @throws RefusedCall */
  async open(path: string): Promise<Response> {
    const response = await fetch(`${this.#workerUrl}/v1/${path}`, {
      headers: { Authorization: `Bearer ${this.#key}` },
    });
    if (!response.ok) throw new RefusedCall(`GET /v1/${path}`, response.status, codeOf(await response.text()));
    return response;
  }
}

function codeOf(text: string): string {
  return /"code":"(\w+)"/.exec(text)?.[1] ?? "without a code";
}
