import type { RecordedCall } from "./recorded-calls.ts";
import type { DocumentedOperation } from "./reference.ts";

/** Returns the differences between the calls of an operation and its documentation; empty if there are none. */
export function gapsOfOperation(operation: DocumentedOperation, sent: readonly RecordedCall[]): readonly string[] {
  const calls = sent.filter((call) => call.method === operation.method && isAt(call.path, operation.path));
  if (calls.length === 0) return ["it was not called"];
  // A map is sent with its keys: `metadata[cart]` for the documented `metadata`.
  const sentNames = new Set(calls.flatMap(({ query }) => query.flatMap((word) => [word, word.replace(/\[.+\]$/, "")])));
  const gaps = calls.flatMap(({ status, caller, hasIdempotencyKey }) => [
    ...(status >= 200 && status < 300 ? [] : [`it answered ${status}`]),
    ...(operation.callers.includes(caller) ? [] : [`it was called by ${caller}`]),
    ...(hasIdempotencyKey && !operation.takesIdempotencyKey ? ["it takes no Idempotency-Key, and was sent one"] : []),
    ...(operation.takesIdempotencyKey && !hasIdempotencyKey ? ["it takes an Idempotency-Key, and was sent none"] : []),
  ]);
  return [
    ...gaps,
    ...operation.query.filter((word) => !sentNames.has(word)).map((word) => `the query parameter ${word} was not sent`),
  ];
}

/** Checks whether an address matches a documented path, in which each parameter is one segment. */
function isAt(address: string, path: string): boolean {
  const [sent, documented] = [address.split("/"), path.split("/")];
  const isSame = (part: string, index: number) => /^\{\w+\}$/.test(part) || part === sent[index];
  return sent.length === documented.length && documented.every(isSame);
}
