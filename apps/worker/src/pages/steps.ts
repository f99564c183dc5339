import type { Connecting } from "../connection/onboarding.ts";
import { type Html, html } from "./html.ts";

const STEPS = [
  { step: "consent", label: "Qonto" },
  { step: "business", label: "Business" },
  { step: "provider", label: "Provider" },
  { step: "connected", label: "Ready" },
] as const satisfies readonly { step: Exclude<Connecting["step"], "activation">; label: string }[];

/** Returns all steps, with the current one marked. */
export function stepList(current: (typeof STEPS)[number]["step"]): Html {
  const position = STEPS.findIndex(({ step }) => step === current);
  return html`<ol class="steps" aria-label="Steps">
${STEPS.map(({ label }, index) => {
  if (index < position) return html`<li class="done">${label}<span class="hidden"> (done)</span></li>`;
  return index === position ? html`<li aria-current="step">${label}</li>` : html`<li>${label}</li>`;
})}
</ol>`;
}
