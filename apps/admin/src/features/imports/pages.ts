export { ImportPage } from './import.page';
export { ImportsPage } from './imports.page';
