import type { PageStorage } from "./page-storage.ts";
import { required } from "./required.ts";

const STORED_AS = "atelier-brume.sales-strip";
/** How long a copy button says that it has copied, in milliseconds. */
const COPIED_FOR = 2000;

/** The strip for sales people: stays as open as it was left, and copies what is to be copied. */
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
  // Where the clipboard is out of reach (not a secure context, or refused) the text is selected, ready for the keyboard.
  const select = () => getSelection()?.selectAllChildren(source);
  button.addEventListener("click", () => {
    if (!isSecureContext) select();
    else void navigator.clipboard.writeText(source.textContent).then(copied, select);
  });
}
