import { faultyCall } from "../controls/faulty-call.ts";
import type { Fault } from "../controls/faults.ts";
import type { Answer, Outcome } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { World } from "../world.ts";
import { ApiError, notFound, operationError } from "./api-error.ts";
import { authorizeCall, stagingAnswer } from "./authorize-call.ts";
import type { Operation } from "./operations.ts";

/** Answers a call of the API, with the next fault of its operation if one is set. */
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

/** Whether the organization lacks the payment links feature. Its endpoints then answer 404. */
function isMissing({ store }: World, { path }: Operation): boolean {
  return store.state.behaviour.switches.payment_links_feature === "missing" && path.startsWith("/v2/payment_links");
}
