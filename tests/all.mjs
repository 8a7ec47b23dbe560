// Runs every test and ends on one line: N passed, N failed, N skipped. Called by `tidemark test`.
// --coverage prints the line coverage of the C# code. --built says that everything was built a moment ago.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const results = join(home, 'artifacts', 'tests');
const withCoverage = process.argv.includes('--coverage');
// Programs that live for seconds gain nothing from profiling themselves, and hundreds of them are started here.
const environment = { ...process.env, DOTNET_NOLOGO: '1', DOTNET_TieredPGO: '0' };
const counts = { passed: 0, failed: 0, skipped: 0 };
const skipped = new Map();
const failures = [];
const broken = [];

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

process.argv.includes('--built') || step('dotnet', ['build', 'Tidemark.slnx', '--nologo', '-v', 'quiet', '-clp:NoSummary'], 'the build') || finish();
const collect = withCoverage ? ['--collect', 'XPlat Code Coverage', '--settings', join('tests', 'coverage.runsettings')] : [];
for (const project of ['Tidemark.Quant.Tests', 'Tidemark.Simulator.Tests', 'Tidemark.Tests']) {
  const logger = `trx;LogFileName=${project}.trx`;
  const ok = step('dotnet', ['test', join('tests', project), '--no-build', '--nologo', '-v', 'quiet', '--logger', logger, '--results-directory', results, ...collect], project);
  countTrx(join(results, `${project}.trx`), project, ok);
}
countVitest('src/web', step(...vitest('src/web'), 'src/web'));
// Pages wait more than they work: each half of the files has a program and a browser of its own.
const halves = ['1/2', '2/2'].map((shard) => aside(...vitest('tests/browser', shard)));
for (const [half, { name, ok }] of (await Promise.all(halves)).entries()) {
  if (!ok) broken.push(name);
  countVitest(`tests/browser`, ok, half + 1);
}
if (withCoverage) printCoverage();
finish();

function step(command, args, name) {
  console.log(`\n> ${name}`);
  const ran = spawnSync(command, args, { cwd: home, stdio: 'inherit', shell: process.platform === 'win32', env: environment });
  if (ran.status !== 0) broken.push(name);
  return ran.status === 0;
}

/** The same beside others: what it prints is shown once it has ended. */
function aside(command, args) {
  const name = `tests/browser ${args.find((word) => word.startsWith('--shard'))}`;
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: home, shell: process.platform === 'win32', env: environment });
    const output = [];
    child.stdout.on('data', (text) => output.push(text));
    child.stderr.on('data', (text) => output.push(text));
    child.once('close', (code) => {
      console.log(`\n> ${name}\n${Buffer.concat(output)}`);
      resolve({ name, ok: code === 0 });
    });
  });
}

/** The command that runs a workspace's own tests and writes down what came of each. */
function vitest(workspace, shard) {
  const report = reportOf(workspace, shard?.[0]);
  return ['npm', ['run', '--silent', 'test', '-w', workspace, '--', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...(shard ? [`--shard=${shard}`] : [])]];
}

function reportOf(workspace, part = '') {
  return join(results, `${workspace.replace('/', '-')}${part}.json`);
}

function countTrx(file, name, ok) {
  if (!existsSync(file)) return countMissing(name);
  const text = readFileSync(file, 'utf8');
  let failed = 0;
  for (const [, attributes, inside] of text.matchAll(/<UnitTestResult ([^>]*?)(?:\/>|>([\s\S]*?)<\/UnitTestResult>)/g)) {
    const outcome = /outcome="(\w+)"/.exec(attributes)?.[1];
    if (outcome === 'Passed') counts.passed++;
    else if (outcome === 'NotExecuted') skip(/<Message>([\s\S]*?)<\/Message>/.exec(inside ?? '')?.[1] ?? 'no reason given');
    else {
      failed++;
      failures.push(`${plain(/testName="([^"]*)"/.exec(attributes)?.[1] ?? name)}\n${shortened(/<Message>([\s\S]*?)<\/Message>/.exec(inside ?? '')?.[1])}`);
    }
  }
  counts.failed += failed;
  if (!ok && failed === 0) countMissing(name);
}

function countVitest(name, ok, part) {
  const file = reportOf(name, part);
  if (!existsSync(file)) return countMissing(name);
  const report = JSON.parse(readFileSync(file, 'utf8'));
  counts.passed += report.numPassedTests;
  counts.failed += report.numFailedTests;
  for (const file of report.testResults) {
    if (file.status === 'failed' && file.message) failures.push(`${name} ${file.name.slice(home.length + 1)}\n${shortened(file.message)}`);
    for (const test of file.assertionResults.filter((one) => one.status === 'failed')) failures.push(`${name} ${test.fullName}\n${shortened(test.failureMessages[0])}`);
  }
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
  const text = plain(reason).trim();
  skipped.set(text, (skipped.get(text) ?? 0) + 1);
}

function plain(xml) {
  return xml.replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Enough of a message to know what went wrong; the rest stands above, where it happened. */
function shortened(message) {
  const lines = plain(message ?? 'no message').split('\n').map((line) => line.trimEnd()).filter(Boolean);
  return lines.slice(0, 8).map((line) => `    ${line.slice(0, 300)}`).join('\n');
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
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map((failure) => `  ${failure}`).join('\n')}`);
  if (skipped.size > 0) {
    console.log('\nSkipped:');
    for (const [reason, times] of skipped) console.log(`  ${times} x ${reason}`);
  }
  if (broken.length > 0 && counts.failed === 0) counts.failed = broken.length;
  console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exit(counts.failed > 0 ? 1 : 0);
}
