/** Bytes. For any request without a limit of its own: a shopper's request has a few hundred bytes. */
export const MAX_BODY_BYTES = 16 * 1024;

/** Why a body has no JSON. */
export type BodyProblem = "empty" | "too_large" | "not_json";

/** Reads the bytes of a body; null for more than `maxBytes`. Never holds more than that. */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array | null> {
  if (Number(request.headers.get("Content-Length") ?? 0) > maxBytes) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
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

/** Reads a body as JSON, regardless of its `Content-Type`: with `text/plain`, a browser needs no CORS preflight. */
export async function readJson(
  request: Request,
  maxBytes: number,
): Promise<{ json: unknown } | { problem: BodyProblem }> {
  const bytes = await readBytes(request, maxBytes);
  if (bytes === null) return { problem: "too_large" };
  if (bytes.byteLength === 0) return { problem: "empty" };
  try {
    return { json: JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes)) };
  } catch {
    return { problem: "not_json" };
  }
}
