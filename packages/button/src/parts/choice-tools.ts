import type { PartTools } from "./part-tools.ts";
import type { Bounds } from "./product-bounds.ts";

/** What takes effect: the properties that the button gets. */
export type Chosen = { readonly amount: string } | { readonly quantity: number };

/** A view's interface to the button. */
export interface ChoiceTools extends PartTools {
  /** Returns the bounds of the product, if they are known. */
  readonly bounds: () => Bounds;
  /** Reads the bounds, unless they are known or were requested before. */
  readonly readBounds: () => void;
  /**
   * Makes a choice. The first of several quick choices takes effect at once, the last one after a pause. A typed choice
   * always waits, and undefined cancels it.
   */
  readonly choose: (chosen: Chosen | undefined, isTyped: boolean) => void;
  /** Returns a typed text with the digits 0 to 9, without white space and signs of the euro. */
  readonly plain: (text: string) => string;
}

/** The nodes with which the shopper chooses. */
export interface ChoiceView {
  readonly nodes: readonly Node[];
  /** Shows the choice that the button has, in its language. */
  readonly update: (isLocked: boolean) => void;
  /** Returns whether the choice can be paid. */
  readonly isValid: () => boolean;
  /** Shows why it can't be paid, and moves the focus there. */
  readonly showProblem: () => void;
}
