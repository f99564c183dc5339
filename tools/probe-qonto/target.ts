import type { EventListener } from "./event-listener.ts";

/** A person for the steps that a program can't do: paying, and looking at a page. */
export interface Person {
  /** Asks the person to pay a link. @returns false if they do not. */
  pay(link: { readonly id: string; readonly url: string }, status: "paid" | "failed"): Promise<boolean>;
  /** Asks a question. @returns one of the answers, in lower case; null without an answer. */
  choose(question: string, answers: readonly string[]): Promise<string | null>;
}

/** The probed Qonto and the settings of the run. */
export interface Target {
  readonly apiUrl: string;
  readonly oauthUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Null in production. */
  readonly stagingToken: string | null;
  readonly isProduction: boolean;
  readonly person: Person;
  /** The receiver of events; null means that events are not checked. */
  readonly events: EventListener | null;
  /** Milliseconds between two requests. */
  readonly pauseMs: number;
  /** How long a paid link is watched, and how often it is read, in milliseconds. */
  readonly watch: { readonly forMs: number; readonly everyMs: number };
  /** Steps that run only when requested. */
  readonly allows: { readonly revoke: boolean; readonly flood: boolean; readonly connect: boolean };
  /** An unpaid invoice, to try invoice links with. */
  readonly invoice: { readonly id: string; readonly number: string; readonly amount: string } | null;
  /** Lets time pass, really or by the sandbox's clock. */
  wait(milliseconds: number): Promise<void>;
}
