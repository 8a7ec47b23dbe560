// Runs every test and ends on one line: N passed, N failed, N skipped. Called by `tidemark test`.
// --coverage prints the line coverage of the C# code.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const results = join(home, 'artifacts', 'tests');
const withCoverage = process.argv.includes('--coverage');
const counts = { passed: 0, failed: 0, skipped: 0 };
const skipped = new Map();
const broken = [];

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

step('dotnet', ['build', 'Tidemark.slnx', '--nologo', '-v', 'quiet', '-clp:NoSummary'], 'the build') || finish();
const collect = withCoverage ? ['--collect', 'XPlat Code Coverage', '--settings', join('tests', 'coverage.runsettings')] : [];
for (const project of ['Tidemark.Quant.Tests', 'Tidemark.Simulator.Tests', 'Tidemark.Tests']) {
  const logger = `trx;LogFileName=${project}.trx`;
  const ok = step('dotnet', ['test', join('tests', project), '--no-build', '--nologo', '-v', 'quiet', '--logger', logger, '--results-directory', results, ...collect], project);
  countTrx(join(results, `${project}.trx`), project, ok);
}
for (const workspace of ['src/web', 'tests/browser']) {
  const report = join(results, `${workspace.replace('/', '-')}.json`);
  const ok = step('npm', ['run', '--silent', 'test', '-w', workspace, '--', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], workspace);
  countVitest(report, workspace, ok);
}
if (withCoverage) printCoverage();
finish();

function step(command, args, name) {
  console.log(`\n> ${name}`);
  const ran = spawnSync(command, args, { cwd: home, stdio: 'inherit', shell: process.platform === 'win32', env: { ...process.env, DOTNET_NOLOGO: '1' } });
  if (ran.status !== 0) broken.push(name);
  return ran.status === 0;
}

function countTrx(file, name, ok) {
  if (!existsSync(file)) return countMissing(name);
  const text = readFileSync(file, 'utf8');
  let failed = 0;
  for (const [, attributes, inside] of text.matchAll(/<UnitTestResult ([^>]*?)(?:\/>|>([\s\S]*?)<\/UnitTestResult>)/g)) {
    const outcome = /outcome="(\w+)"/.exec(attributes)?.[1];
    if (outcome === 'Passed') counts.passed++;
    else if (outcome === 'NotExecuted') skip(/<Message>([\s\S]*?)<\/Message>/.exec(inside ?? '')?.[1] ?? 'no reason given');
    else failed++;
  }
  counts.failed += failed;
  if (!ok && failed === 0) countMissing(name);
}

function countVitest(file, name, ok) {
  if (!existsSync(file)) return countMissing(name);
  const report = JSON.parse(readFileSync(file, 'utf8'));
  counts.passed += report.numPassedTests;
  counts.failed += report.numFailedTests;
  for (let i = 0; i < report.numPendingTests + (report.numTodoTests ?? 0); i++) skip(`${name}: see its output`);
  if (!ok && report.numFailedTests === 0) countMissing(name);
}

/** A part that broke before it could count itself is one failure, never nothing. */
function countMissing(name) {
  counts.failed++;
  console.error(`${name} did not finish.`);
}

function skip(reason) {
  counts.skipped++;
  const text = reason.replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&').trim();
  skipped.set(text, (skipped.get(text) ?? 0) + 1);
}

function printCoverage() {
  const lines = new Map();
  for (const file of readdirSync(results, { recursive: true }).filter((name) => String(name).endsWith('coverage.cobertura.xml'))) {
    const text = readFileSync(join(results, String(file)), 'utf8');
    for (const [, source, body] of text.matchAll(/<class [^>]*filename="([^"]+)"[^>]*>([\s\S]*?)<\/class>/g)) {
      if (source.includes('/obj/')) continue;
      for (const [, number, hits] of body.matchAll(/<line number="(\d+)" hits="(\d+)"/g)) {
        const key = `${source}:${number}`;
        lines.set(key, Math.max(lines.get(key) ?? 0, Number(hits)));
      }
    }
  }
  const covered = [...lines.values()].filter((hits) => hits > 0).length;
  console.log(`\nLine coverage: ${((100 * covered) / Math.max(1, lines.size)).toFixed(1)} % (${covered} of ${lines.size} lines)`);
}

function finish() {
  if (broken.length > 0) console.log(`\nNot passed: ${broken.join(', ')}`);
  if (skipped.size > 0) {
    console.log('\nSkipped:');
    for (const [reason, times] of skipped) console.log(`  ${times} x ${reason}`);
  }
  if (broken.length > 0 && counts.failed === 0) counts.failed = broken.length;
  console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exit(counts.failed > 0 ? 1 : 0);
}
