import { faultyCall } from "../controls/faulty-call.ts";
import type { Fault } from "../controls/faults.ts";
import type { Answer, Outcome } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { World } from "../world.ts";
import { ApiError, notFound, operationError } from "./api-error.ts";
import { authorizeCall, stagingAnswer } from "./authorize-call.ts";
import type { Operation } from "./operations.ts";

/** Answers one call of the API, with the fault that waits for it if there is one. */
export async function performOperation(world: World, operation: Operation, call: Call): Promise<Outcome> {
  const fault = world.faults.take(operation.name);
  if (fault === undefined) return answer(world, operation, call);
  return faultyCall(world, operation, fault, () => answer(world, operation, call, fault));
}

function answer(world: World, operation: Operation, call: Call, fault?: Fault): Answer {
  try {
    const early = stagingAnswer(world, call);
    if (early !== undefined) return early;
    if (operation.scope !== undefined) authorizeCall(world, call, operation.scope);
    if (isMissing(world, operation)) throw notFound("Not Found");
    return operation.handle(world, call, fault);
  } catch (error) {
    if (error instanceof ApiError) return operationError(world, operation.path, error.status, error.errors);
    throw error;
  }
}

/** Whether the organization has no payment links at all: then none of their endpoints exists for it. */
function isMissing({ store }: World, { path }: Operation): boolean {
  return store.state.behaviour.switches.payment_links_feature === "missing" && path.startsWith("/v2/payment_links");
}
