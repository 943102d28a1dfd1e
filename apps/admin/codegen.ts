import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types of every document in src, from the schema that the API generates and the repository keeps. */
const config: CodegenConfig = {
  schema: process.env['SCHEMA'] ?? '../../schema.graphql',
  documents: ['src/**/*.{ts,tsx}', '!src/generated/**'],
  generates: {
    'src/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars: { DateTime: 'string', MinorUnits: 'string' },
      },
    },
  },
};

export default config;
