import type { IncomingMessage, ServerResponse } from "node:http";

/** A request with its raw body. */
export interface RawRequest extends IncomingMessage {
  rawBody?: Buffer;
}

/** Largest body, in bytes: several times the size of the Worker's webhooks. */
const MOST_BYTES = 256 * 1024;

/**
 * Reads the body before Vendure's JSON parser does, because the signature covers the raw bytes. Express middleware.
 * Answers a body that is too large with `413` and does not read the rest of it.
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
    // The sender has closed the connection.
    response.destroy();
    return;
  }
  request.rawBody = Buffer.concat(chunks);
  next();
}
