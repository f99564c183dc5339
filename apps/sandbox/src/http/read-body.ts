import type { IncomingMessage } from "node:http";

/** The largest body that is kept, in bytes. */
const MAX_BODY_BYTES = 1_000_000;

/**
 * The body of a request as UTF-8 text, or undefined for one over the limit. That one is read to its end without being kept,
 * because a client that is still sending would see a broken connection in place of the answer.
 *
 * @throws when the client goes away before the end.
 */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks).toString("utf8");
}
