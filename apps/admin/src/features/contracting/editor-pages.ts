export { EditContractPage } from './edit-contract.page';
export { NewContractPage } from './new-contract.page';
