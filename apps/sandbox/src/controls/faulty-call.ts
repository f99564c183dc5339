import { setTimeout as sleep } from "node:timers/promises";
import { operationError } from "../api/api-error.ts";
import type { Operation } from "../api/operations.ts";
import { type Answer, json, type Outcome } from "../http/answer.ts";
import { oauthJson } from "../oauth/oauth-form.ts";
import type { World } from "../world.ts";
import { distortAnswer } from "./distort-answer.ts";
import type { Fault } from "./faults.ts";

/**
 * Runs an operation with a fault. `effect` is the operation itself; it does not run if the fault strikes first and
 * replaces the answer.
 */
export async function faultyCall(
  world: World,
  operation: Operation,
  fault: Fault,
  effect: () => Answer,
): Promise<Outcome> {
  const inItsPlace = fault.drop || fault.status !== undefined;
  if (fault.when === "before") await pause(fault.delay_ms);
  const answer = fault.when === "before" && inItsPlace ? undefined : effect();
  if (fault.when === "after") await pause(fault.delay_ms);
  if (fault.drop) return "drop";
  if (fault.status === undefined && answer !== undefined) return distortAnswer(answer, valuesLeft(operation, fault));
  return distortAnswer(replacement(world, operation, fault), fault);
}

/**
 * Returns the fault for the answer. On a create, the link itself has the wrong amount, so the answer must not shift it
 * again.
 */
function valuesLeft(operation: Operation, fault: Fault): Fault {
  return operation.name === "createPaymentLink" ? { ...fault, amount_off_by: undefined } : fault;
}

function replacement(world: World, operation: Operation, fault: Fault): Answer {
  const { status = 500, code = codeOf(status) } = fault;
  if (status < 400) return json(status, {});
  const detail = "A fault of the sandbox caused this error.";
  if (operation.scope === undefined) return oauthJson(status, { error: code, error_description: detail });
  return operationError(world, operation.path, status, [{ code, detail }]);
}

const CODES: Readonly<Record<number, string>> = {
  400: "bad_request",
  401: "authorization_token_invalid",
  403: "forbidden",
  404: "not_found",
  429: "too_many_requests",
};

function codeOf(status: number): string {
  return CODES[status] ?? "internal_server_error";
}

/** Waits without keeping the process alive, so that a sandbox can close during a slow fault. */
async function pause(ms: number): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { ref: false });
}
