import type { IncomingMessage } from "node:http";

/** The largest accepted body, in bytes. */
const MAX_BODY_BYTES = 1_000_000;

/**
 * Returns a request's body as UTF-8 text; undefined if it exceeds the limit. Such a body is read to its end and
 * discarded: a client that still sends would see a broken connection instead of the answer.
 *
 * @throws if the client disconnects early.
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
