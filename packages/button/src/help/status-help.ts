import type { Problem } from "../api/problem.ts";
import { tell } from "./tell.ts";

export { explainSecondScript } from "./second-script.ts";

const TAG = "qonto-pay-status";

/** Explains why the Worker rejects the requests of a status element. */
export function explainStatus(
  element: Element,
  { code, message }: Problem,
  { endpoint, id }: { readonly endpoint: string; readonly id: string },
): void {
  const reason =
    message ?? `the answer of ${endpoint} is not that of a Worker. Set \`endpoint\` to the address of yours.`;
  tell(element, TAG, { text: `${code}: ${reason}`, section: "status" }, endpoint + id);
}
