export { StatementsPage } from './statements.page';
