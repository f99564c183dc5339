import * as z from "zod";

/** The query of `GET /v1/diagnostics`, which takes no parameters. */
export const diagnosticsQuerySchema = z.strictObject({});
