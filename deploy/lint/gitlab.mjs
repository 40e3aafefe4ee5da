// GitLab's schema, and the jobs of a scheduled pipeline, as gitlab-ci-local reads them; of a page, its part on GitLab.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const tool = fileURLToPath(new URL("node_modules/.bin/gitlab-ci-local", import.meta.url));

function pipeline(file) {
  const text = readFileSync(file, "utf8");
  if (!file.endsWith(".md")) {
    return text;
  }
  const block = /^## GitLab$[^]*?^```yaml\n([^]*?)^```$/m.exec(text);
  if (!block) {
    throw new Error(`${file} has no pipeline below "## GitLab"`);
  }
  return block[1];
}

let mistakes = 0;
for (const file of process.argv.slice(2)) {
  // What it keeps between runs goes away with the directory.
  const directory = mkdtempSync(join(tmpdir(), "meshcheck-gitlab-"));
  try {
    writeFileSync(join(directory, ".gitlab-ci.yml"), pipeline(file));
    execFileSync("git", ["init", "--quiet", directory]);
    const options = ["--list-csv", "--variable", "CI_PIPELINE_SOURCE=schedule"];
    const jobs = execFileSync(tool, options, {
      cwd: directory,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    // Below the names of the columns; in front of them come its own remarks.
    if (!/^name;.*\n./m.test(jobs)) {
      throw new Error("a schedule runs no job of it");
    }
  } catch (e) {
    console.error(`${file}: ${(e.stderr || e.message).trim()}`);
    mistakes++;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
process.exit(mistakes ? 1 : 0);
