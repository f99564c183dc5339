import ts from "typescript";

/** Modifiers with which a test does not run: `it.skip`, `describe.skipIf(…)`, `it.todo`. */
const NOT_RUN = /^(skip|skipIf|runIf|todo|fails)$/;

/** Returns the names of the tests that a file runs, without those in comments or in skipped groups. */
export function testsIn(source: string): readonly string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const [head, ...chain] = wordsOf(node.expression);
      const isOfTests = head === "it" || head === "describe";
      if (isOfTests && chain.some((word) => NOT_RUN.test(word))) return;
      const [name] = node.arguments;
      if (head === "it" && name !== undefined && ts.isStringLiteralLike(name)) names.push(name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("test.ts", source, ts.ScriptTarget.Latest));
  return names;
}

/** Splits `it.skip` and `it.skip("…")` into it, skip. */
function wordsOf(node: ts.Expression): readonly string[] {
  if (ts.isIdentifier(node)) return [node.text];
  if (ts.isPropertyAccessExpression(node)) return [...wordsOf(node.expression), node.name.text];
  return ts.isCallExpression(node) ? wordsOf(node.expression) : [];
}
