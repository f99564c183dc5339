import type { MerchantContext } from "../context/merchant-context.ts";
import { ALERT_PERCENTAGES, RESERVED_FROM_PERCENT } from "../storage/database-size.ts";
import { failing, type Finding, ok, warning } from "./check.ts";

const [WARNING_FROM, FAILING_FROM] = ALERT_PERCENTAGES;

const REMEDIATION = `Export the merchant's data, then delete checkouts earlier: PATCH /v1/merchants/{merchant} with a shorter retention. From ${RESERVED_FROM_PERCENT} % on, no checkout can be opened; open ones can be paid, and are reported. See docs/operations/data.md, "When the storage of a merchant fills up".`;

/** Checks how much of the limit the merchant's database uses. */
export function checkStorage({ databaseSize }: MerchantContext): Finding<"storage"> {
  const { usedBytes, usedPercent, limitBytes } = databaseSize;
  const measured = { used_bytes: usedBytes, limit_bytes: limitBytes, used_share: usedPercent / 100 };
  const used = `${usedPercent.toFixed(1)} % of the merchant's storage is used`;
  if (usedPercent < WARNING_FROM) return ok(`${used}.`, measured);
  if (usedPercent < FAILING_FROM) return warning(`${used}.`, REMEDIATION, measured);
  if (usedPercent < RESERVED_FROM_PERCENT) return failing(`${used}.`, REMEDIATION, measured);
  return failing(`${used}. No checkout can be opened.`, REMEDIATION, measured);
}
