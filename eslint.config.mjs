import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Mistakes of the domain that a type cannot see. */
const domainMistakes = [
  {
    selector:
      "CallExpression[callee.object.name='Math'][callee.property.name=/^(round|floor|ceil)$/] MemberExpression[property.name=/Minor$/]",
    message: 'Money is never rounded: use allocate() of the kernel.',
  },
  {
    selector: "CallExpression[callee.name='Number'] MemberExpression[property.name=/Minor$/]",
    message: 'Money stays bigint: a number loses cents above 2^53.',
  },
  {
    selector: "CallExpression[callee.name='parseFloat']",
    message: 'Quantities and money are integers: use parseMilli() or BigInt().',
  },
];

const noClock = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'The time is injected: take it from the command or from tx.now.',
  },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'The time is injected.',
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Randomness is injected.',
  },
];

export default tseslint.config(
  {
    ignores: [
      '**/node_modules',
      '**/dist',
      '.data*',
      'coverage',
      'apps/admin/src/generated',
      'bench/results',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 7],
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', ...domainMistakes],
    },
  },
  {
    files: ['libs/*/src/domain/**/*.ts', 'libs/kernel/src/**/*.ts'],
    ignores: ['**/*.spec.ts', 'libs/kernel/src/clock.ts'],
    rules: { 'no-restricted-syntax': ['error', ...domainMistakes, ...noClock] },
  },
  {
    // A decorated parameter's class must stay a value for Nest's metadata, which this rule cannot see.
    files: [
      '**/*.module.ts',
      '**/*.service.ts',
      '**/*.controller.ts',
      '**/*.resolver.ts',
      '**/*.loader.ts',
      '**/*.repository.ts',
      '**/*.reaction.ts',
      '**/*.delivery.ts',
      '**/*.processor.ts',
      'libs/platform/src/**/*.ts',
      'apps/{api,worker}/src/**/*.ts',
    ],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    // A describe block is a table of contents, not a function to be kept short.
    files: ['**/*.spec.ts', 'test/**/*.ts', 'apps/api/src/database/migrations/**'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    // One React component with its markup reads better whole.
    files: ['apps/admin/**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 150, skipBlankLines: true, skipComments: true }] },
  },
  {
    // Runs before the first paint, as a plain script of the page.
    files: ['apps/admin/public/*.js'],
    languageOptions: { globals: { document: 'readonly', localStorage: 'readonly', matchMedia: 'readonly' } },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'setImmediate',
          'URL',
          'fetch',
          'Buffer',
          'globalThis',
          'module',
          'require',
          'AbortSignal',
          'AbortController',
          'performance',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
);
