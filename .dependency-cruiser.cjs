/**
 * The arrows of docs/architecture.md, as rules. Each context may import the contexts in its row, through their
 * index.ts alone.
 */
const mayImport = {
  kernel: [],
  platform: ['kernel'],
  identity: ['kernel', 'platform'],
  ledger: ['kernel', 'platform', 'identity'],
  scheduling: ['kernel', 'platform'],
  catalogue: ['kernel', 'platform', 'identity'],
  contracting: ['kernel', 'platform', 'identity', 'ledger', 'catalogue'],
  workshop: ['kernel', 'platform', 'identity', 'catalogue', 'scheduling'],
  freemium: ['kernel', 'platform', 'identity', 'ledger', 'catalogue'],
  registry: ['kernel', 'platform', 'identity', 'ledger', 'catalogue', 'contracting', 'workshop', 'freemium'],
};

const arrows = Object.entries(mayImport).map(([context, allowed]) => ({
  name: `arrows-of-${context}`,
  severity: 'error',
  comment: `libs/${context} may import: ${allowed.join(', ') || 'nothing'}.`,
  from: { path: `^libs/${context}/`, pathNot: '\\.spec\\.ts$' },
  to: { path: '^(libs|apps)/', pathNot: `^libs/(${[context, ...allowed].join('|')})/` },
}));

const doors = Object.keys(mayImport).map((context) => ({
  name: `door-of-${context}`,
  severity: 'error',
  comment: `libs/${context} is entered through its index.ts alone.`,
  from: { pathNot: [`^libs/${context}/`, '\\.spec\\.ts$', '^test/'] },
  to: { path: `^libs/${context}/src/`, pathNot: `^libs/${context}/src/index\\.ts$` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment:
        'A cycle means that two things are one, or that a third is missing. Types may refer to each other.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'pure-domain',
      severity: 'error',
      comment: 'Rules are pure: domain/ imports its own folder and the kernel; no Nest, no TypeORM, no Node.',
      from: { path: '^libs/([^/]+)/src/domain/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^libs/$1/src/domain/', '^libs/kernel/src/index\\.ts$'] },
    },
    {
      name: 'pure-kernel',
      severity: 'error',
      comment: 'The kernel is pure TypeScript.',
      from: { path: '^libs/kernel/src/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^libs/kernel/src/' },
    },
    {
      name: 'pure-log-core',
      severity: 'error',
      comment:
        'The core of the log runs in any browser: it imports its own folder and @noble; no Nest, no Node.',
      from: { path: '^libs/registry/src/log/core/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^libs/registry/src/log/core/', 'node_modules/@noble/'] },
    },
    {
      name: 'verifier-stands-alone',
      severity: 'error',
      comment: 'What checks the log from outside shares the core with it, and nothing else.',
      from: { path: '^libs/registry/src/verify/', pathNot: ['\\.spec\\.ts$', 'command-line\\.ts$'] },
      to: { pathNot: ['^libs/registry/src/(verify|log/core)/', 'node_modules/@noble/'] },
    },
    {
      name: 'nobody-imports-apps',
      severity: 'error',
      comment: 'apps/ are composition roots. The worker shares the list of rows and migrations with the API.',
      from: { path: '^(?:libs|apps/([^/]+))/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^apps/', pathNot: ['^apps/$1/', '^apps/api/src/database/'] },
    },
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: '\\.spec\\.ts$' },
      to: { path: ['^test/', '\\.spec\\.ts$'] },
    },
    ...arrows,
    ...doors,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|apps/[^/]+/dist|apps/admin/src/generated)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
