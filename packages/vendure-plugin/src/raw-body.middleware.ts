import type { IncomingMessage, ServerResponse } from "node:http";

/** A request whose body is not parsed. */
export interface RawRequest extends IncomingMessage {
  rawBody?: Buffer;
}

/** Several times what the Worker sends. */
const MOST_BYTES = 256 * 1024;

/**
 * Reads the body before Vendure's JSON parser does, since the signature is over its bytes. An Express middleware; a body
 * that is too large is answered `413`, and the rest of it is not read.
 */
export async function rawBodyMiddleware(
  request: RawRequest,
  response: ServerResponse,
  next: () => void,
): Promise<void> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > MOST_BYTES) {
        response.writeHead(413, { Connection: "close" }).end();
        return;
      }
      chunks.push(chunk);
    }
  } catch {
    // The sender is gone: no one receives an answer.
    response.destroy();
    return;
  }
  request.rawBody = Buffer.concat(chunks);
  next();
}
