import type { ReactiveControllerHost } from "lit";
import type { announce, build } from "./build-node.ts";
import type { PartMessageName } from "./part-messages.ts";

/** The properties of the button that its parts use. */
export interface PartHost extends HTMLElement, ReactiveControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly product: string | null | undefined;
  quantity: number | null | undefined;
  readonly quantityInput: boolean | undefined;
  amount: string | null | undefined;
  readonly amounts: string | null | undefined;
  readonly methods: string | null | undefined;
  readonly disabled: boolean | undefined;
}

/**
 * A part's interface to the script. The chunks of the parts import nothing from each other or from the script: a shared
 * module would be one more file to wait for, and the script would be loaded twice.
 */
export interface PartTools {
  readonly host: PartHost;
  readonly build: typeof build;
  readonly announce: typeof announce;
  /** Explains the mistakes of the page to its author, each one once. */
  readonly help: () => void;
  /** The locale of amounts. */
  readonly locale: () => string;
  /** Language of the texts. */
  readonly lang: () => string;
  readonly text: (name: PartMessageName, values?: Readonly<Record<string, string>>) => string;
  /** Creates the place of a part with a shadow root of its own: the styles of the button do not apply in it. */
  readonly place: (part: string, exportparts: string, styles: string) => HTMLElement;
}

/** A part of a button. */
export interface Part {
  /** Shows what the button states now. Called after each update of the button. */
  readonly render: () => void;
}
