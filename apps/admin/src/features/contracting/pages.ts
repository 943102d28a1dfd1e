export { ContractPage } from './contract.page';
export { ContractsPage } from './contracts.page';
export { PledgePage } from './pledge.page';
