import * as z from "zod";
import { API_ERROR_TYPES, API_ERRORS, type ApiErrorBody, type ApiErrorCode, type ApiErrorType } from "./error-code.ts";

const CODES = Object.keys(API_ERRORS) as [ApiErrorCode, ...ApiErrorCode[]];
const TYPES = Object.keys(API_ERROR_TYPES) as [ApiErrorType, ...ApiErrorType[]];

/** Every error of the Worker API. */
export const apiErrorBodySchema = z
  .object({
    error: z.object({
      type: z.enum(TYPES).describe("Groups the codes by what to do. Each code has one type."),
      code: z.enum(CODES).describe("Keeps its name and its meaning for as long as v1 lives."),
      message: z.string().describe("One English sentence that is safe to show to a shopper."),
      doc_url: z.url().describe("The section about this code, at this Worker."),
      request_id: z.string().describe("The same as `X-Request-Id`: what to quote when asking for help."),
      param: z.string().describe("The offending field by its path: `items[0].quantity`.").exactOptional(),
      checkout_id: z
        .string()
        .describe("Of `order_already_paid`: the checkout that is paid, or being paid.")
        .exactOptional(),
    }),
  })
  .describe("Every error, whatever the route.") satisfies z.ZodType<ApiErrorBody>;
