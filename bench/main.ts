import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A benchmark: prints ratios within its own run, and returns what it measured. */
interface Benchmark {
  run(args: readonly string[]): Promise<object>;
}

const here = import.meta.dirname;
const [name, ...args] = process.argv.slice(2);

async function names(): Promise<string[]> {
  const folders = await readdir(here, { withFileTypes: true });
  return folders
    .filter((each) => each.isDirectory() && existsSync(join(here, each.name, 'index.js')))
    .map((each) => each.name);
}

if (!name || !(await names()).includes(name)) {
  console.error(
    `Say which benchmark: ${(await names()).map((each) => `npm run bench -- ${each}`).join(', ')}`,
  );
  process.exit(2);
}

const benchmark = (await import(`./${name}/index.js`)) as Benchmark;
const figures = await benchmark.run(args);
const results = join(process.cwd(), 'bench', 'results');
await mkdir(results, { recursive: true });
await writeFile(join(results, `${name}.json`), `${JSON.stringify(figures, null, 2)}\n`);
console.log(JSON.stringify(figures));
