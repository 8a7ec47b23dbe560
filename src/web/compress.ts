import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const worthIt = /\.(js|css|svg|webmanifest)$/;
const least = 1_024;

/** Lays a brotli and a gzip copy beside every text file: pressed once and hard, not at every request. */
export function compress(folder: string): Plugin {
  return {
    name: 'tidemark-compress',
    apply: 'build',
    async closeBundle() {
      const names = await readdir(folder, { recursive: true });
      await Promise.all(names.filter((name) => worthIt.test(name)).map((name) => press(join(folder, name))));
    },
  };
}

async function press(path: string): Promise<void> {
  const content = await readFile(path);
  if (content.length < least) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  await Promise.all([
    promisify(brotliCompress)(content, { params }).then((pressed) => writeFile(`${path}.br`, pressed)),
    promisify(gzip)(content, { level: 9 }).then((pressed) => writeFile(`${path}.gz`, pressed)),
  ]);
}
