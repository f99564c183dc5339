import type { ReactiveControllerHost } from "lit";
import type { Problem } from "../api/problem.ts";
import type { ShownPrice } from "./create-or-resume-checkout.ts";
import type { Mode } from "./pay-mode.ts";
import type { Purchase } from "./purchase.ts";

export interface ButtonHost extends ReactiveControllerHost, HTMLElement {
  readonly showAmount: boolean | undefined;
}

/**
 * The controllers' interface to a button. All buttons share one object: a page with 100 buttons would otherwise create
 * hundreds of functions before its first paint.
 */
export interface ButtonContext<Host extends ButtonHost> {
  /** Returns the purchase that the button states now. */
  purchase(button: Host): Purchase;
  mode(button: Host): Mode;
  /** Returns the text in a new tab until its pay page is known. */
  tabText(button: Host): string;
  /** Returns the price that the button shows, if any. */
  price(button: Host): ShownPrice;
  /** Draws the pay URL as a QR code. Returns false if that fails. */
  drawQrCode(button: Host, url: string): Promise<boolean>;
  /** Loads what the button shows in the states other than `idle` and `busy`. Never rejects. */
  loadTexts(button: Host): Promise<void>;
  onProblem(button: Host, problem: Problem): void;
}
