import type { ReactiveControllerHost } from "lit";
import type { build } from "./build-node.ts";
import type { PartMessageName } from "./part-messages.ts";

/** The properties of the button that its parts use. */
export interface PartHost extends HTMLElement, ReactiveControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly methods: string | null | undefined;
}

/**
 * A part's interface to the script. The chunks of the parts import nothing from each other or from the script: a shared
 * module would be one more file to wait for, and the script would be loaded twice.
 */
export interface PartTools {
  readonly host: PartHost;
  readonly build: typeof build;
  /** Language of the texts. */
  readonly lang: () => string;
  readonly text: (name: PartMessageName) => string;
  /** Creates the place of a part with a shadow root of its own: the styles of the button do not apply in it. */
  readonly place: (part: string, exportparts: string, styles: string) => HTMLElement;
}

/** A part of a button. */
export interface Part {
  /** Shows what the button states now. Called after each update of the button. */
  readonly render: () => void;
}
