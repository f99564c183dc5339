import type { ServerResponse } from "node:http";
import type { Outcome } from "./answer.ts";

/** Sends an outcome: the answer, half of it, or a broken connection. */
export function sendOutcome(response: ServerResponse, outcome: Outcome): void {
  if (outcome === "drop") {
    response.destroy();
    return;
  }
  const body = Buffer.from(outcome.text, "utf8");
  response.writeHead(outcome.status, { ...outcome.headers, ...lengthOf(outcome.status, body) });
  if (outcome.cut !== true) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => {
    response.destroy();
  });
}

function lengthOf(status: number, body: Buffer): Record<string, string> {
  // RFC 9110, 8.6: these two statuses have no content length.
  return status === 204 || status === 304 ? {} : { "content-length": String(body.length) };
}
