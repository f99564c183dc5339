import * as z from "zod";
import { challengeSchema } from "../checkout/challenge.schema.ts";
import { API_ERROR_TYPES, API_ERRORS, type ApiErrorBody, type ApiErrorCode, type ApiErrorType } from "./error-code.ts";

const CODES = Object.keys(API_ERRORS) as [ApiErrorCode, ...ApiErrorCode[]];
const TYPES = Object.keys(API_ERROR_TYPES) as [ApiErrorType, ...ApiErrorType[]];

/** The body of every error of the Worker API. */
export const apiErrorBodySchema = z
  .object({
    error: z.object({
      type: z.enum(TYPES).describe("Groups the codes by remedy. Each code has one type."),
      code: z.enum(CODES).describe("Keeps its name and its meaning throughout v1."),
      message: z.string().describe("One English sentence that is safe to show to a shopper."),
      doc_url: z.url().describe("Address of the section about this code, on a page of this Worker."),
      request_id: z.string().describe("The same as `X-Request-Id`. Quote it when you ask for help."),
      param: z.string().describe("The path of the invalid field: `items[0].quantity`.").exactOptional(),
      checkout_id: z
        .string()
        .describe(
          "Of `order_already_paid`: the checkout that is paid or being paid. If it is `open`, Qonto rejected the deactivation of its link: a payment may be under way.",
        )
        .exactOptional(),
      challenge: challengeSchema
        .describe("Of `challenge_required`: solve it, and repeat the request with the solution.")
        .exactOptional(),
    }),
  })
  .describe("The body of every error.") satisfies z.ZodType<ApiErrorBody>;
