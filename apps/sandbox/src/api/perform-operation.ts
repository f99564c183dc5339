import { faultyCall } from "../controls/faulty-call.ts";
import type { Fault } from "../controls/faults.ts";
import { type Answer, html, type Outcome } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { World } from "../world.ts";
import { ApiError, errorAnswer } from "./api-error.ts";
import { authorizeCall, hasStagingToken } from "./authorize-call.ts";
import type { Operation } from "./operations.ts";

/** As at Qonto, what stands before the API answers in HTML. */
const NO_STAGING_TOKEN = "<!doctype html><title>Forbidden</title><h1>403 Forbidden</h1>";

/** Answers one call of the API, with the fault that waits for it if there is one. */
export async function performOperation(world: World, operation: Operation, call: Call): Promise<Outcome> {
  const fault = world.faults.take(operation.name);
  if (fault === undefined) return answer(world, operation, call);
  return faultyCall(operation, fault, () => answer(world, operation, call, fault));
}

function answer(world: World, operation: Operation, call: Call, fault?: Fault): Answer {
  try {
    if (operation.scope !== undefined) {
      if (!hasStagingToken(call)) return html(403, NO_STAGING_TOKEN);
      authorizeCall(world, call, operation.scope);
    }
    return operation.handle(world, call, fault);
  } catch (error) {
    if (error instanceof ApiError) return errorAnswer(error.status, error.errors);
    throw error;
  }
}
