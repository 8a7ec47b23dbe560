import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const startWithin = 60_000;
const stopWithin = 35_000;

/** What a program needs of its machine, and no more. */
function machine(): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'USERPROFILE', 'SYSTEMROOT', 'TEMP', 'TMP', 'TMPDIR', 'DOTNET_ROOT', 'LANG'];
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

/** Settings that lead to the stand-in for message services. */
export const messagesAt = (address: string) => ({
  NTFY_URL: address,
  DISCORD_URL: address,
  TELEGRAM_URL: address,
  TELEGRAM_BOT_TOKEN: '123456789:stand-in-bot-token-AAAA',
});

/** The real program, on a port and in a folder of its own. */
export class Program {
  readonly url: string;
  readonly #port: number;
  readonly #folder: string;
  readonly #settings: Readonly<Record<string, string>>;
  #process: ChildProcess | null = null;
  #said = '';

  private constructor(port: number, settings: Readonly<Record<string, string>>) {
    this.#port = port;
    this.#settings = settings;
    this.#folder = mkdtempSync(join(tmpdir(), 'tidemark-'));
    this.url = `http://localhost:${port}`;
  }

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<Program> {
    const program = await Program.prepare(settings);
    await program.run();
    return program;
  }

  /** One that does not serve yet, so that verbs can be run first. */
  static async prepare(settings: Readonly<Record<string, string>> = {}): Promise<Program> {
    return new Program(await freePort(), settings);
  }

  /** Runs a verb to its end. */
  async verb(...words: string[]): Promise<void> {
    const child = this.#spawn(words);
    const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
    if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}:\n${this.#said}`);
  }

  async run(): Promise<void> {
    this.#process = this.#spawn([]);
    await this.#untilReady(this.#process);
  }

  #spawn(words: readonly string[]): ChildProcess {
    const child = spawn('dotnet', [findProgram(), ...words], {
      cwd: this.#folder,
      // Of the developer's own settings nothing may reach the program under test.
      env: {
        ...machine(),
        TIDEMARK_DOTENV: 'none',
        DRAIN_SECONDS: '0',
        REHEARSE_BACKTEST: 'false',
        DOTNET_TieredPGO: '0',
        PORT: String(this.#port),
        PUBLIC_URL: this.url,
        TIDEMARK_DATA: join(this.#folder, 'data'),
        APP_ENV: 'development',
        ALLOW_UNAUTHENTICATED_API: 'true',
        LOG_FORMAT: 'simple',
        // Without a stand-in it reaches no service.
        ...messagesAt('http://127.0.0.1:1'),
        ...this.#settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (text: Buffer) => this.#hear(text));
    child.stderr.on('data', (text: Buffer) => this.#hear(text));
    return child;
  }

  /** A place for files of a test's own. */
  file(name: string): string {
    return join(this.#folder, name);
  }

  /** Asks it to stop, as an operator would, and waits until it has. */
  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const late = new AbortController();
    await Promise.race([
      gone,
      pause(stopWithin, undefined, { signal: late.signal }).then(() => child.kill('SIGKILL')),
    ]);
    late.abort();
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #hear(text: Buffer): void {
    this.#said = (this.#said + text.toString()).slice(-20_000);
  }

  async #untilReady(child: ChildProcess): Promise<void> {
    for (let waited = 0; waited < startWithin; waited += 100) {
      if (child.exitCode !== null)
        throw new Error(`The program ended with ${child.exitCode}:\n${this.#said}`);
      if (await this.#isReady()) return;
      await pause(100);
    }
    throw new Error(`The program was not ready after ${startWithin / 1_000} s:\n${this.#said}`);
  }

  async #isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/health/ready`)).ok;
    } catch {
      return false;
    }
  }
}

/** The newest build, or the one TIDEMARK_PROGRAM names. */
function findProgram(): string {
  const named = process.env['TIDEMARK_PROGRAM'];
  if (named) return named;
  const bin = join(root, 'src/Tidemark/bin');
  const built = (existsSync(bin) ? readdirSync(bin, { recursive: true, encoding: 'utf8' }) : [])
    .filter((path) => basename(path) === 'Tidemark.dll' && !path.includes('publish'))
    .map((path) => join(bin, path))
    .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  const [newest] = built;
  if (!newest) throw new Error('The program is not built. Run `dotnet build` first.');
  return newest;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No port')),
      );
    });
  });
}
