import * as z from "zod";
import type { Organization } from "./organization.ts";

const text = z.string().optional().catch(undefined);

/** Lenient: `GET /v2/organization`. */
export const organizationSchema = z.looseObject({
  organization: z.looseObject({
    id: z.string().min(1),
    slug: z.string(),
    name: text,
    legal_name: text,
    bank_accounts: z.array(
      z.looseObject({
        id: z.string().min(1),
        iban: z.string(),
        main: z.boolean().optional().catch(undefined),
        name: text,
      }),
    ),
  }) satisfies z.ZodType<Organization>,
});
