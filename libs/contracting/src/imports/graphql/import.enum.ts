import { registerEnumType } from '@nestjs/graphql';
import { DATE_ORDERS } from '../cells.js';
import { IMPORT_FIELDS } from '../columns.js';
import { IMPORT_STATES } from '../import.js';

function enumOf<Name extends string>(names: readonly Name[]): { [Each in Name]: Each } {
  return Object.fromEntries(names.map((name) => [name, name])) as { [Each in Name]: Each };
}

export const ImportStateEnum = enumOf(IMPORT_STATES);
registerEnumType(ImportStateEnum, { name: 'ImportState' });

export const ImportFieldEnum = enumOf(IMPORT_FIELDS);
registerEnumType(ImportFieldEnum, { name: 'ImportField', description: 'What a column of a table can hold.' });

export const DateOrderEnum = enumOf(DATE_ORDERS);
registerEnumType(DateOrderEnum, {
  name: 'DateOrder',
  description: 'Which number comes first in 03/04/2026.',
});

export const IMPORT_ROW_STATES = ['ready', 'exists', 'problem', 'leftOut'] as const;
export const ImportRowStateEnum = enumOf(IMPORT_ROW_STATES);
registerEnumType(ImportRowStateEnum, {
  name: 'ImportRowState',
  description: '“exists”: all that it asks for stands in the books already.',
});

export const ImportDeedKindEnum = enumOf(['proposal', 'payment', 'repayment'] as const);
registerEnumType(ImportDeedKindEnum, {
  name: 'ImportDeedKind',
  description: '“proposal”: a pledge that counts once the supporter confirms it.',
});
