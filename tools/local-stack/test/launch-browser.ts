import { CHROMIUM_ARGS, findChromium } from "@qonto-pay/browsers";
import { type Browser, chromium } from "playwright-core";

/** A real Chromium. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: [...CHROMIUM_ARGS] });
}
