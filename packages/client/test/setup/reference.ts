import { inject } from "vitest";

/** The parts of a documented operation that the tests compare with calls. */
export interface DocumentedOperation {
  readonly id: string;
  readonly method: string;
  /** Such as `/v1/checkouts/{id}`. */
  readonly path: string;
  /** Names of its security schemes; `nothing` if it needs none. */
  readonly callers: readonly string[];
  /** Names of its query parameters. */
  readonly query: readonly string[];
  readonly takesIdempotencyKey: boolean;
}

interface Described {
  readonly operationId: string;
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
}

/** Returns every operation of the `/openapi.json` that the running Worker serves. */
export async function readReference(): Promise<readonly DocumentedOperation[]> {
  const response = await fetch(`${inject("workerUrl")}/openapi.json`);
  const { paths } = (await response.json()) as { paths: Record<string, Record<string, Described>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, security, parameters = [] }]) => ({
      id: operationId,
      method: method.toUpperCase(),
      path,
      callers: security.length === 0 ? ["nothing"] : security.map((way) => Object.keys(way)[0] ?? "nothing"),
      query: parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name),
      takesIdempotencyKey: parameters.some(({ name }) => name === "Idempotency-Key"),
    })),
  );
}
