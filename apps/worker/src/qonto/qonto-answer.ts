import * as z from "zod";
import { notJson, unknownShape } from "./http-exchange.ts";
import type { IncomingAnswer, OutgoingRequest } from "./outgoing-request.ts";
import { parseJson } from "./parse-json.ts";
import { QontoError, type QontoErrorDetail } from "./qonto-error.ts";

/** The part of a call that is needed to read its answer. */
interface AnsweredCall<Schema extends z.ZodType> {
  readonly operation: string;
  readonly answer: Schema;
}

/**
 * Returns the content of an answer. @throws QontoError `refused`, `not_found`, or `unavailable` for an unreadable one.
 */
export function readAnswer<Schema extends z.ZodType>(
  { operation, answer: schema }: AnsweredCall<Schema>,
  request: OutgoingRequest,
  { status, body: text }: IncomingAnswer,
): z.output<Schema> {
  const json = parseJson(text);
  const isForeign = json === undefined && text !== "";
  // A 404 of a gateway does not show whether Qonto has the resource.
  if (isForeign && (status < 400 || status === 404)) throw notJson(operation, request);
  if (status >= 400) {
    const foreign = isForeign ? notJson(operation, request) : null;
    const message = foreign?.message ?? `Qonto answered ${status} to ${operation}`;
    throw new QontoError(status === 404 ? "not_found" : "refused", message, { ...readError(json), status, isForeign });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw unknownShape(operation);
}

const textOrNothing = z.string().optional().catch(undefined);

const oneErrorSchema = z.object({
  code: textOrNothing,
  detail: textOrNothing,
  source: z.object({ pointer: textOrNothing }).optional().catch(undefined),
});

/** Qonto's `{errors: [{code, detail, source?}], trace_id?}`. Webhook subscriptions answer the error bare. */
const errorsSchema = z.object({
  errors: z.array(oneErrorSchema).optional().catch(undefined),
  trace_id: z
    .string()
    .regex(/^[\w:./+=-]{1,128}$/)
    .optional()
    .catch(undefined),
});

/** Reads the first error, without unreadable parts. */
function readError(json: unknown): Pick<QontoErrorDetail, "code" | "field" | "traceId"> {
  const envelope = errorsSchema.safeParse(json);
  const { errors, trace_id: traceId } = envelope.success ? envelope.data : {};
  const bare = oneErrorSchema.safeParse(json);
  const error = errors?.[0] ?? (bare.success ? bare.data : undefined);
  const code = isWithoutConnection(error) ? NO_CONNECTION : error?.code;
  return { code, field: error?.source?.pointer?.split("/").at(-1), traceId };
}

/** The code for a missing connection to the payment provider. Qonto has no code of its own for it. */
export const NO_CONNECTION = "no_connection";

/**
 * Qonto answers 400 with the code `invalid`, which is unspecific, and this text (observed in production on 2026-09-07
 * and in the sandbox on 2026-07-12; field notes of 2026-11-29, 4.1).
 */
function isWithoutConnection(error: z.output<typeof oneErrorSchema> | undefined): boolean {
  return /connection with the provider does not exist/i.test(error?.detail ?? "");
}
