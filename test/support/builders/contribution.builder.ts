/** What is recorded about hours and goods that were pledged. */
export const RECEIVE = `mutation ($input: RecordReceiptInput!) { recordReceipt(input: $input) { id receivedQuantity state } }`;
export const GIVE_BACK = `mutation ($input: RecordReturnInput!) { recordReturn(input: $input) { id state } }`;
export const WAIVE_CONTRIBUTION = `mutation ($input: WaiveContributionInput!) { waiveContribution(input: $input) { id state } }`;
export const REVERSE_CONTRIBUTION = `mutation ($input: ReverseContributionInput!) { reverseContribution(input: $input) { id receivedQuantity } }`;
