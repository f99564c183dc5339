import { z } from "zod";

/** What Qonto's token endpoint answers. `refresh_token` is there only with the scope `offline_access`. */
export const tokenAnswerSchema = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  /** Seconds. */
  expires_in: z.number().positive(),
});
