// Fifty sign-ins at once, at the full price of a password's hash: how long do other people wait meanwhile?
//   node bench/signins.mjs      (builds nothing: run ./tidemark once before)
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const home = resolve(import.meta.dirname, '..');
const data = mkdtempSync(join(tmpdir(), 'tidemark-signins-'));
const address = 'http://127.0.0.1:5098';
const limit = 200;
const program = spawn('dotnet', [join(home, 'src/Tidemark/bin/Debug/net10.0/Tidemark.dll'), '--urls', address], {
  // Each sign-in comes from an address of its own, as fifty people do.
  env: { ...process.env, TIDEMARK_DATA: data, TIDEMARK_DOTENV: 'none', TRUSTED_PROXIES: '127.0.0.1', RATE_LIMIT_ANONYMOUS: '1000000', LOG_LEVEL: 'ERROR' },
});
const ended = new Promise((done) => program.on('exit', done));
try {
  await ready();
  const { access_token: token } = await signIn('pro@tidemark.local', 'Pro123', 1);
  const alone = await signInTime('nobody@example.com', 2);
  const quiet = await others(token, new Promise((done) => setTimeout(done, 2000)));
  const began = performance.now();
  const storm = Promise.all(Array.from({ length: 50 }, (_, i) => signIn(`somebody${i}@example.com`, 'Correct1Horse', 10 + i)));
  const busy = await others(token, storm);
  const lasted = performance.now() - began;
  console.log('| what | measured | limit |\n|---|---:|---:|');
  console.log(`| one sign-in alone | ${alone.toFixed(0)} ms | |`);
  console.log(`| others' p95, quiet (${quiet.length} requests) | ${percentile(quiet).toFixed(1)} ms | ${limit} ms |`);
  console.log(`| others' p95 during 50 sign-ins (${busy.length} requests) | ${percentile(busy).toFixed(1)} ms | ${limit} ms |`);
  console.log(`| the 50 sign-ins, last to first | ${(lasted / 1000).toFixed(1)} s | |`);
  process.exitCode = percentile(busy) <= limit ? 0 : 1;
} finally {
  program.kill('SIGTERM');
  await ended;
  rmSync(data, { recursive: true, force: true });
}

/** Asks two addresses in turn, one of them with a database behind it, until the promise is kept; answers the times. */
async function others(token, until) {
  const times = [];
  let over = false;
  until.then(() => (over = true));
  while (!over) {
    const began = performance.now();
    const answer = await fetch(`${address}/api/v1/${times.length % 2 ? 'status' : 'account'}`, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`Answered ${answer.status}`);
    await answer.arrayBuffer();
    times.push(performance.now() - began);
    await new Promise((done) => setTimeout(done, 10));
  }
  return times;
}

async function signIn(email, password, from) {
  const answer = await fetch(`${address}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.0.0.${from}` },
    body: JSON.stringify({ email, password }),
  });
  const body = await answer.json();
  if (answer.status !== 200 && body.code !== 'INVALID_CREDENTIALS') throw new Error(`${answer.status} ${body.code}`);
  return body.data ?? {};
}

async function signInTime(email, from) {
  const began = performance.now();
  await signIn(email, 'Correct1Horse', from);
  return performance.now() - began;
}

async function ready() {
  for (let i = 0; i < 300; i++) {
    const answer = await fetch(`${address}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('The program did not start.');
}

function percentile(times) {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)];
}
