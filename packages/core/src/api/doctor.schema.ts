import { z } from "zod";

/** The query of `GET /v1/doctor`: there is nothing to ask for. */
export const doctorQuerySchema = z.strictObject({});
