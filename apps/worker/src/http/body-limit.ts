/** Bytes. For any request without a limit of its own: a shopper's request has a few hundred bytes. */
export const MAX_BODY_BYTES = 16 * 1024;

/** Why a body has no JSON. */
export type BodyProblem = "empty" | "too_large" | "not_json";

/** A request or a response whose body was not read yet. */
type WithBody = Pick<Request, "headers" | "body" | "arrayBuffer" | "text">;

/** Reads the bytes of a body; null for more than `maxBytes`. */
export async function readBytes(source: WithBody, maxBytes: number): Promise<Uint8Array | null> {
  const length = knownLength(source);
  if (length === null) return readChunks(source.body, maxBytes);
  return length > maxBytes ? null : new Uint8Array(await source.arrayBuffer());
}

/** Reads a body as UTF-8 in the same way. */
export async function readText(source: WithBody, maxBytes: number): Promise<string | null> {
  const length = knownLength(source);
  if (length !== null) return length > maxBytes ? null : source.text();
  const bytes = await readChunks(source.body, maxBytes);
  return bytes === null ? null : decoder.decode(bytes);
}

/**
 * Returns the length of a body in bytes; null if it is unknown, or that of a compressed body. A body of a known length
 * can be read at once: the runtime reads no more than the length in its header. Each chunk of a stream would be an
 * event of its own.
 */
function knownLength({ headers }: WithBody): number | null {
  const header = headers.get("Content-Length");
  const length = header === null || headers.has("Content-Encoding") ? NaN : Number(header);
  return Number.isSafeInteger(length) ? length : null;
}

const decoder = new TextDecoder();

async function readChunks(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

const strictDecoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

/** Reads a body as JSON, regardless of its `Content-Type`: with `text/plain`, a browser needs no CORS preflight. */
export async function readJson(
  request: Request,
  maxBytes: number,
): Promise<{ json: unknown } | { problem: BodyProblem }> {
  const bytes = await readBytes(request, maxBytes);
  if (bytes === null) return { problem: "too_large" };
  if (bytes.byteLength === 0) return { problem: "empty" };
  try {
    return { json: JSON.parse(strictDecoder.decode(bytes)) };
  } catch {
    return { problem: "not_json" };
  }
}
