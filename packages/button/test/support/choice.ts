import { en, type PartMessageName } from "../../src/parts/part-messages.ts";
import type { Shop } from "./page.ts";
import { journal, until } from "./page.ts";

/** Returns the nodes in the shadow root of the choice of a button. */
export function inChoice<Type extends Element = HTMLElement>({ element }: Shop, selector: string): Type[] {
  const place = element.shadowRoot?.querySelector("[part=choice]");
  return [...(place?.shadowRoot?.querySelectorAll<Type>(selector) ?? [])];
}

/** Waits until the choice is shown. */
export async function untilChoice(shop: Shop): Promise<void> {
  await until(() => inChoice(shop, "fieldset").length > 0);
}

/** Returns the field of a choice. */
export const fieldOf = (shop: Shop): HTMLInputElement =>
  inChoice<HTMLInputElement>(shop, "[part=field]")[0] as HTMLInputElement;

/** Returns the message of a choice if it is shown. */
export function messageOf(shop: Shop): string {
  const [message] = inChoice(shop, "[part=choice-message]");
  return message !== undefined && message.getClientRects().length > 0 ? message.textContent : "";
}

/** Types as a shopper does who replaces the text of the field. */
export function type(shop: Shop, text: string): void {
  const field = fieldOf(shop);
  field.focus();
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Leaves the field after typing. */
export function leave(shop: Shop): void {
  fieldOf(shop).dispatchEvent(new Event("change", { bubbles: true }));
}

/** Returns the bodies of the price requests, oldest first. */
export async function pricesAsked(product: string): Promise<readonly Record<string, unknown>[]> {
  const { requests } = await journal(product);
  return requests
    .filter(({ url }) => url === "/v1/prices")
    .map(({ body }) => JSON.parse(body) as Record<string, unknown>);
}

/** Waits for longer than a pause between two choices. */
export async function pause(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 400));
}

export const LANGUAGES = ["de", "en", "es", "fr", "it", "nl", "pt"] as const;

/** Returns a text of the choices in a language, with these values. */
export async function textIn(
  lang: string,
  name: PartMessageName,
  values: Readonly<Record<string, string>> = {},
): Promise<string> {
  const texts =
    lang === "en" ? en : ((await import(`../../src/locales/button/${lang}.ts`)) as { default: typeof en }).default;
  return texts[name].replaceAll(/\{(\w+)\}/g, (_, value: string) => values[value] ?? "");
}
