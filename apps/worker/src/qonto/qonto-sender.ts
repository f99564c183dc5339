import { WorkerEntrypoint } from "cloudflare:workers";
import { type IncomingAnswer, type OutgoingRequest, sendRequest } from "./outgoing-request.ts";

/**
 * Sends one request to Qonto, in an invocation of its own. A request of the Worker may wait for six answers at once, and
 * a Durable Object for six in all. A merchant can need more: 30 for Qonto's documented rate, if it answers after 300 ms.
 */
export class QontoSender extends WorkerEntrypoint {
  /** Never throws. @returns null if there was no complete answer within the time. */
  send(request: OutgoingRequest, timeoutMs: number): Promise<IncomingAnswer | null> {
    return sendRequest(request, timeoutMs);
  }
}
