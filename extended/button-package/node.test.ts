import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, inject, it } from "vitest";

const run = promisify(execFile);

/** Runs a program in plain Node and returns its output. */
async function node(program: string, ...flags: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [...flags, "--input-type=module", "--eval", program], {
    cwd: inject("shop"),
  });
  return stdout.trim();
}

it.each(["button", "button/define", "button/react", "button/vue", "button/svelte"])(
  "a server can import @qonto-pay/%s",
  async (name) => {
    const program = `const { QontoPayButton } = await import("@qonto-pay/${name}"); console.log(QontoPayButton.name);`;
    expect(await node(program)).toBe("QontoPayButton");
    expect(await node(program, "--conditions=development")).toContain("QontoPayButton");
  },
);

it("a server can import @qonto-pay/button/define-status", async () => {
  const program = 'console.log((await import("@qonto-pay/button/define-status")).QontoPayStatus.name);';
  expect(await node(program)).toBe("QontoPayStatus");
});

it("a server that reloads modules can import the button twice", async () => {
  const define = 'import.meta.resolve("@qonto-pay/button/define")';
  expect(await node(`for (const n of [1, 2]) await import(${define} + "?" + n); console.log("both");`)).toBe("both");
});

it("importing the button defines no window and no document on a server", async () => {
  const program = 'await import("@qonto-pay/button/define"); console.log(typeof window, typeof document);';
  expect(await node(program)).toBe("undefined undefined");
});
