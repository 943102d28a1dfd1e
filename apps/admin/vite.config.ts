import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const COMPRESSED = /\.(js|css|html|svg)$/;

/**
 * Writes a .br and a .gz beside every text file, so that the server sends small files without compressing any.
 * After everything was written: Vite still edits the chunks in the last step before that.
 */
function preCompressed(): Plugin {
  return {
    name: 'pre-compressed',
    apply: 'build',
    writeBundle(options, bundle) {
      for (const fileName of Object.keys(bundle)) {
        if (!COMPRESSED.test(fileName)) continue;
        const file = join(options.dir ?? 'dist', fileName);
        const bytes = readFileSync(file);
        const params = {
          [constants.BROTLI_PARAM_QUALITY]: 9,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        };
        writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  base: '/app/',
  plugins: [react(), preCompressed()],
  resolve: {
    alias: {
      '#kernel': fileURLToPath(new URL('../../libs/kernel/src/index.ts', import.meta.url)),
      '~': fileURLToPath(new URL('./src', import.meta.url)),
    },
  },
  build: { target: 'es2022', outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, sourcemap: false },
  server: {
    port: 5173,
    proxy: {
      '/graphql': { target: 'http://127.0.0.1:4000', ws: true },
      '/registry': 'http://127.0.0.1:4000',
      '/books': 'http://127.0.0.1:4000',
      '/labels': 'http://127.0.0.1:4000',
      '/sheet': 'http://127.0.0.1:4000',
    },
  },
});
