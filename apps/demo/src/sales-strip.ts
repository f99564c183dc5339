import type { PageStorage } from "./page-storage.ts";
import { required } from "./required.ts";

const STORED_AS = "atelier-brume.sales-strip";
/** Time in ms for which a copy button shows "Copied". */
const COPIED_FOR = 2000;

/** The strip for salespeople. It stays open or closed across visits, and copies texts. */
export function salesStrip(root: HTMLDetailsElement, storage: PageStorage): void {
  root.open = storage.read(STORED_AS) === "open";
  root.addEventListener("toggle", () => storage.write(STORED_AS, root.open ? "open" : "closed"));
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-copies]")) {
    copyButton(button, required(root, button.dataset["copies"] ?? "", HTMLElement));
  }
}

function copyButton(button: HTMLButtonElement, source: HTMLElement): void {
  const label = button.textContent;
  const copied = () => {
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = label), COPIED_FOR);
  };
  // Without access to the clipboard (no secure context, or denied), the text is selected for copying by keyboard.
  const select = () => getSelection()?.selectAllChildren(source);
  button.addEventListener("click", () => {
    if (!isSecureContext) select();
    else void navigator.clipboard.writeText(source.textContent).then(copied, select);
  });
}
