import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

/** A house of the same plan with one file in each room; each test hangs one bad door into it. */
describe('the boundaries between contexts', () => {
  let house: string;

  beforeAll(() => {
    house = mkdtempSync(join(tmpdir(), 'commonwright-house-'));
    for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs'])
      cpSync(file, join(house, file));
    symlinkSync(join(process.cwd(), 'node_modules'), join(house, 'node_modules'));
    for (const context of ['kernel', 'platform', 'ledger', 'contracting', 'registry']) {
      write(`libs/${context}/src/index.ts`, `export const ${context} = 1;\n`);
    }
    write('libs/contracting/src/contract.repository.ts', `export const rows = 1;\n`);
    write('apps/api/src/main.ts', `import '#contracting';\n`);
  });

  afterAll(() => rmSync(house, { recursive: true, force: true }));

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  }

  /** The names of the rules that the house breaks with one more file in it. */
  function broken(path: string, text: string): string[] {
    write(path, text);
    const run = spawnSync(
      process.execPath,
      [
        join(process.cwd(), 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
        'libs',
        'apps',
        '--config',
        '.dependency-cruiser.cjs',
        '--output-type',
        'json',
      ],
      { cwd: house, encoding: 'utf8', maxBuffer: 64e6 },
    );
    rmSync(join(house, path));
    const report = JSON.parse(run.stdout) as { summary: { violations: { rule: { name: string } }[] } };
    return report.summary.violations.map((violation) => violation.rule.name);
  }

  it('are whole in a house without a bad door', () => {
    expect(broken('libs/registry/src/good.ts', `import '#contracting';\n`)).toEqual([]);
  });

  it('are broken by an import against the arrows', () => {
    expect(broken('libs/ledger/src/bad.ts', `import '#contracting';\n`)).toEqual(['arrows-of-ledger']);
  });

  it('are broken by an import past the index.ts of another context', () => {
    const bad = `import '../../contracting/src/contract.repository.js';\n`;
    expect(broken('libs/registry/src/bad.ts', bad)).toEqual(['door-of-contracting']);
  });

  it('are broken by a domain that imports the platform, Node or a package', () => {
    expect(broken('libs/contracting/src/domain/bad.ts', `import '#platform';\n`)).toEqual(['pure-domain']);
    expect(broken('libs/contracting/src/domain/bad.ts', `import 'node:fs';\n`)).toEqual(['pure-domain']);
    expect(broken('libs/contracting/src/domain/bad.ts', `import '@nestjs/common';\n`)).toEqual([
      'pure-domain',
    ]);
  });

  it('are broken by a core of the log, or a verifier, that imports the platform or Node', () => {
    for (const folder of ['log/core', 'verify']) {
      const rule = folder === 'verify' ? 'verifier-stands-alone' : 'pure-log-core';
      for (const bad of ['#platform', 'node:crypto', '@nestjs/common'])
        expect(broken(`libs/registry/src/${folder}/bad.ts`, `import '${bad}';\n`)).toEqual([rule]);
    }
  });

  it('are broken by a context that imports an app', () => {
    const rules = broken('libs/registry/src/bad.ts', `import '../../../apps/api/src/main.js';\n`);
    expect(rules).toEqual(expect.arrayContaining(['nobody-imports-apps', 'arrows-of-registry']));
  });
});
