import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { compress } from './compress.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const output = here('../../artifacts/web');
const server = process.env['TIDEMARK_SERVER'] ?? 'http://localhost:5000';

// Pages are rendered by the server, which finds each entry's files in the manifest.
// index.html serves `npm run dev` alone: hot reload against a running server.
export default defineConfig({
  root: here('.'),
  plugins: [react(), compress(output)],
  build: {
    outDir: output,
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: 'es2023',
    // A data: font or script would need a wider content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1600,
    rolldownOptions: {
      input: {
        app: here('src/main.tsx'),
        appearance: here('src/preferences/boot.ts'),
        public: here('src/public/public.css'),
        docs: here('src/docs/main.ts'),
      },
    },
  },
  server: {
    proxy: {
      '/api': { target: server, ws: true, changeOrigin: false },
      '/docs': { target: server },
    },
  },
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts'],
    reporters: ['default', ['junit', { outputFile: here('../../artifacts/test-results/web.xml') }]],
  },
});
