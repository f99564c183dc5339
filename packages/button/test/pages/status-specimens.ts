import type { CheckoutStatus } from "@qonto-pay/core/api";
import type { Page } from "playwright-core";
import { report } from "../support/answers.ts";
import type { Stage } from "./stage.ts";

export const STATUS_LOOKS = ["open", "processing", "paid", "expired", "canceled"] as const satisfies CheckoutStatus[];

/** Adds a `<qonto-pay-status>` in each status to `main` of a page. Resolves when all are ready. */
export async function showStatuses(stage: Stage, page: Page): Promise<void> {
  await page.addScriptTag({ type: "module", url: `${stage.worker}/qonto-pay-status.js` });
  const shown = STATUS_LOOKS.map((status) => ({ status, checkout: `specimen-${crypto.randomUUID()}` }));
  await Promise.all(
    shown.map(({ status, checkout }) =>
      stage.setScript(checkout, { statuses: [{ status: 503, body: "" }, report(checkout, status)] }),
    ),
  );
  await page.evaluate(
    async ({ specimens, endpoint }) => {
      const main = document.querySelector("main") ?? document.body;
      const until = async (isSo: () => boolean): Promise<void> => {
        while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
      };
      const show = async ({ status, checkout }: { status: string; checkout: string }): Promise<void> => {
        const place = main.appendChild(document.createElement("div"));
        const element = place.appendChild(document.createElement("qonto-pay-status"));
        for (const [name, value] of Object.entries({ endpoint, checkout, token: "t" }))
          element.setAttribute(name, value);
        await until(() => element.shadowRoot?.querySelector("[part~=status]")?.part.contains(status) === true);
      };
      await Promise.all(specimens.map(show));
    },
    { specimens: shown, endpoint: stage.worker },
  );
}
