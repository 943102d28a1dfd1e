export { AmendPage } from './amend.page';
export { TerminatePage } from './terminate.page';
