import type { CheckoutStatus } from "@qonto-pay/core/api";
import type { Page } from "playwright-core";
import { report, workerError } from "../support/answers.ts";
import type { Script } from "../support/scripted-worker.ts";
import type { Stage } from "./stage.ts";

const STATUSES = ["open", "processing", "paid", "expired", "canceled"] as const satisfies CheckoutStatus[];

/** The looks of a status. `loading` comes last: it holds a connection that the others need. */
export const STATUS_LOOKS = [...STATUSES, "unknown", "refused", "trouble", "offline", "loading"] as const;
export type StatusLook = (typeof STATUS_LOOKS)[number];

/** Longer than any test. */
const NEVER_MS = 600_000;

const NO_ANSWER = { status: 503, body: "" };

function answersOf(look: StatusLook, checkout: string): NonNullable<Script["statuses"]> {
  switch (look) {
    case "unknown":
      return [{ status: 404, body: workerError("checkout_not_found", "This checkout does not exist.") }];
    case "refused":
      return [{ status: 403, body: workerError("origin_not_allowed", "Payments are not allowed from this website.") }];
    case "trouble":
    case "offline":
      return [NO_ANSWER];
    case "loading":
      return [{ ...NO_ANSWER, delay_ms: NEVER_MS }];
    default:
      return [NO_ANSWER, { ...report(checkout, look), reference: "AB-1042" }];
  }
}

/** Adds a `<qonto-pay-status>` with each look to `main` of a page. Resolves when all are ready. */
export async function showStatuses(
  stage: Stage,
  page: Page,
  looks: readonly StatusLook[] = STATUS_LOOKS,
  attributes: Readonly<Record<string, string>> = {},
): Promise<void> {
  await page.addScriptTag({ type: "module", url: `${stage.worker}/qonto-pay-status.js` });
  const shown = looks.map((look) => ({ look, checkout: `specimen-${crypto.randomUUID()}` }));
  await Promise.all(
    shown.map(({ look, checkout }) => stage.setScript(checkout, { statuses: answersOf(look, checkout) })),
  );
  await page.evaluate(
    async ({ specimens, given }) => {
      const main = document.querySelector("main") ?? document.body;
      const until = async (isSo: () => boolean): Promise<void> => {
        while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
      };
      for (const { look, checkout } of specimens) {
        Object.defineProperty(navigator, "onLine", { configurable: true, value: look !== "offline" });
        const place = main.appendChild(document.createElement("div"));
        const element = place.appendChild(document.createElement("qonto-pay-status"));
        for (const [name, value] of Object.entries({ ...given, checkout, token: "t" }))
          element.setAttribute(name, value);
        const box = (): Element | null | undefined => element.shadowRoot?.querySelector("[part~=status]");
        await until(() => box()?.part.contains(look) === true && !box()?.classList.contains("texts-loading"));
        // Words that appear only after a long wait belong to the look.
        if (look === "loading") await until(() => element.shadowRoot?.querySelector("[part=hint]")?.textContent !== "");
      }
    },
    { specimens: shown, given: { endpoint: stage.worker, "back-url": "/", ...attributes } },
  );
}
