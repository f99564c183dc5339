import { toSvg } from "lean-qr/extras/svg";
import { generate } from "lean-qr/nano";
import type { Messages } from "../locales/button-messages.ts";

/** Draws a pay URL as a QR code. */
export function drawQrCode(place: HTMLElement, url: string, { qr_code = "" }: Messages, lang: string): void {
  // Dark on light in every theme: not every phone reads inverted codes.
  const code = toSvg(generate(url), document, { on: "#000", off: "#fff" });
  code.setAttribute("role", "img");
  code.setAttribute("aria-label", qr_code);
  // Through CSSOM, which no content security policy blocks.
  code.style.cssText = "display: block; width: min(100%, 14rem); height: auto; margin: auto; border-radius: 0.5rem";
  place.lang = lang;
  place.replaceChildren(code);
}
