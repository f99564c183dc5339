/** One request of a client, with the status of the response. */
export interface RecordedCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Names of the query parameters, as they were sent. */
  readonly query: readonly string[];
  /** The security scheme of the request. */
  readonly caller: "secretKey" | "adminKey" | "nothing";
  readonly hasIdempotencyKey: boolean;
  readonly status: number;
}

/** Forwards requests to the network and records them. */
export class RecordedCalls {
  readonly #all: RecordedCall[] = [];

  /** The `fetch` of the clients whose calls are recorded. */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const { method, url, headers } = new Request(input, init);
    const response = await globalThis.fetch(input, init);
    const { pathname, searchParams } = new URL(url);
    const hasIdempotencyKey = headers.has("Idempotency-Key");
    const caller = callerOf(headers);
    const { status } = response;
    this.#all.push({ method, path: pathname, query: [...searchParams.keys()], caller, hasIdempotencyKey, status });
    return response;
  };

  /** Returns the calls that are sent during an action. */
  async during(act: () => Promise<unknown>): Promise<readonly RecordedCall[]> {
    const before = this.#all.length;
    await act();
    return this.#all.slice(before);
  }
}

function callerOf(headers: Headers): RecordedCall["caller"] {
  const authorization = headers.get("Authorization");
  if (authorization === null) return "nothing";
  return authorization.startsWith("Bearer sk_") ? "secretKey" : "adminKey";
}
