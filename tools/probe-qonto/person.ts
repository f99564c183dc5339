import { createInterface } from "node:readline/promises";
import type { Person } from "./target.ts";

/** Skips every step that needs a person. */
export const NO_PERSON: Person = { pay: async () => false, choose: async () => null };

/** A person at this terminal. */
export const AT_TERMINAL: Person = {
  pay: async ({ url }, status) => {
    const how = status === "paid" ? "pay it" : 'choose "failed" for the payment';
    return (await choose(`Open ${url} and ${how}. Done?`, ["y", "skip"])) === "y";
  },
  choose,
};

async function choose(question: string, answers: readonly string[]): Promise<string | null> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    for (;;) {
      const answer = (await terminal.question(`${question} [${answers.join("/")}] `)).trim().toLowerCase();
      if (answer === "skip") return answers.includes("skip") ? "skip" : null;
      if (answers.includes(answer)) return answer;
    }
  } finally {
    terminal.close();
  }
}
