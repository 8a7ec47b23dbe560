// What the .NET build asks of npm, one at a time however many builds run: `install` or `bundle`.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const artifacts = `${root}artifacts`;
const lock = `${artifacts}/npm.lock`;
const stamp = `${root}node_modules/.tidemark-installed`;
const longestWait = 10 * 60_000;

const tasks = {
  install() {
    // Another build may have installed while this one waited for the lock.
    if (newest('package.json', 'package-lock.json', '.npmrc') <= age(stamp)) return;
    npm('ci', '--no-progress');
    writeFileSync(stamp, '');
  },
  bundle() {
    npm('run', '--silent', 'build');
  },
};

await takeLock();
try {
  const task = tasks[process.argv[2]];
  if (!task) throw new Error('Say `install` or `bundle`.');
  task();
} finally {
  rmSync(lock, { force: true });
}

function npm(...args) {
  const { status, error } = spawnSync('npm', args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (status !== 0) {
    rmSync(lock, { force: true });
    process.exit(status ?? 1);
  }
}

async function takeLock() {
  mkdirSync(artifacts, { recursive: true });
  for (let waited = 0; !tryLock(); waited += 250) {
    if (waited > longestWait)
      throw new Error(`Another build has held ${lock} for ten minutes. Delete it if none runs.`);
    await pause(250);
  }
}

function tryLock() {
  try {
    const file = openSync(lock, 'wx');
    writeFileSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isAbandoned()) rmSync(lock, { force: true });
    return false;
  }
}

/** A build that was killed leaves its lock behind; the process it names is gone then. */
function isAbandoned() {
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    if (holder === 0) return false;
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function newest(...files) {
  return Math.max(...files.map((file) => age(root + file)));
}

function age(file) {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}
