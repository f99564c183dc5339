import { ApiError, errorAnswer, traceId } from "./api/api-error.ts";
import { OPERATIONS } from "./api/operations.ts";
import { performOperation } from "./api/perform-operation.ts";
import { CONTROLS } from "./controls/controls.ts";
import type { Answer, Outcome } from "./http/answer.ts";
import { isLoopback } from "./http/loopback.ts";
import { matchRoute } from "./http/match-route.ts";
import type { ReceivedCall } from "./http/server.ts";
import { limited } from "./limits/limited.ts";
import { PAGES } from "./pages/pages.ts";
import type { World } from "./world.ts";

/** Answers a request: a control, an operation of the API, or a page. Its changes are saved before the answer. */
export async function respond(world: World, received: ReceivedCall): Promise<Outcome> {
  try {
    const outcome = received.path.startsWith("/_sandbox/")
      ? await control(world, received)
      : await journaled(world, received);
    await world.store.saved();
    return outcome;
  } catch (error) {
    return failure(error);
  }
}

async function control(world: World, received: ReceivedCall): Promise<Outcome> {
  const { origin } = received.headers;
  // Any page open in a developer's browser could call a port of this machine. Programs send no Origin.
  if (origin !== undefined && !isLoopback(origin)) {
    return errorAnswer(403, [{ code: "forbidden", detail: "The controls cannot be called by pages of other sites" }]);
  }
  const found = matchRoute(CONTROLS, received.method, received.path);
  if (found === undefined) return unknownRequest();
  return found.route.handle(world, { ...received, params: found.params });
}

async function journaled(world: World, received: ReceivedCall): Promise<Outcome> {
  const operation = matchRoute(OPERATIONS, received.method, received.path);
  const entry = world.journal.add(world.clock.iso(), operation?.route.name ?? null, received);
  const outcome = await limited(world, received, () =>
    operation === undefined
      ? (page(world, received) ?? unknownRequest(traceId(world)))
      : performOperation(world, operation.route, { ...received, params: operation.params }),
  );
  entry.status = outcome === "drop" ? null : outcome.status;
  return outcome;
}

function page(world: World, received: ReceivedCall): Answer | undefined {
  const found = matchRoute(PAGES, received.method, received.path);
  return found?.route.handle(world, { ...received, params: found.params });
}

function unknownRequest(trace_id?: string): Answer {
  return errorAnswer(404, [{ code: "not_found", detail: "The requested resource was not found" }], trace_id);
}

/** Returns a 413 in Qonto's error shape. */
export function tooLarge(): Answer {
  return errorAnswer(413, [{ code: "payload_too_large", detail: "The request body is larger than 1 MB" }]);
}

function failure(error: unknown): Answer {
  if (error instanceof ApiError) return errorAnswer(error.status, error.errors);
  return errorAnswer(500, [
    { code: "internal_server_error", detail: "The sandbox failed or could not write its data file" },
  ]);
}
