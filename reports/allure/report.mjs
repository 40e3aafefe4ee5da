// Makes allure-report.html beside the allure-results of a run: npm --prefix reports/allure run report [DIR]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
// npm runs scripts in the directory of the package, and says where the user stands.
const base = process.env.INIT_CWD || process.cwd();
const run = process.argv[2] ? resolve(base, process.argv[2]) : resolve(here, '../latest');
const results = join(run, 'allure-results');
if (!existsSync(results)) {
  console.error(`there are no allure-results in ${run}; name the directory of a run`);
  process.exit(2);
}
const out = mkdtempSync(join(tmpdir(), 'meshcheck-allure-'));
try {
  const allure = join(here, 'node_modules/allure/cli.js');
  execFileSync(
    process.execPath,
    [allure, 'awesome', '--single-file', '--name', 'Meshcheck', '-o', out, results],
    { stdio: ['ignore', 'ignore', 'inherit'], cwd: out });
  // Allure asks a tracker for a script, whatever it is told; this report stays at home.
  const html = readFileSync(join(out, 'index.html'), 'utf8')
    .replace(/\s*<script async src="https:\/\/www\.googletagmanager\.com\/[^"]*"><\/script>/g, '');
  const file = join(run, 'allure-report.html');
  writeFileSync(file, html);
  console.log(file);
} finally {
  rmSync(out, { recursive: true, force: true });
}
