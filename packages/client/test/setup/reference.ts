import { inject } from "vitest";

/** What the Worker's reference says of one operation, as far as calls are held to it. */
export interface DocumentedOperation {
  readonly id: string;
  readonly method: string;
  /** Such as `/v1/checkouts/{id}`. */
  readonly path: string;
  /** Each way to show who calls, by the name of its security scheme; `nothing` where none is asked for. */
  readonly callers: readonly string[];
  /** Words of its query. */
  readonly query: readonly string[];
  readonly takesIdempotencyKey: boolean;
}

interface Described {
  readonly operationId: string;
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
}

/** Every operation of the `/openapi.json` that the running Worker serves. */
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
