import * as z from "zod";

/** The query of `GET /v1/diagnostics`: there is nothing to ask for. */
export const diagnosticsQuerySchema = z.strictObject({});
