import { graphql } from '~/generated';

/** What was handed over of a contract, and what the viewer may say of it. */
export const DELIVERIES = graphql(`
  query Deliveries($ref: String!) {
    contract(ref: $ref) {
      id
      ...ContractDeliveries
    }
  }
`);

export const CONTRACT_DELIVERIES = graphql(`
  fragment ContractDeliveries on Contract {
    viewerCanDeliver
    deliveries {
      id
      line
      quantity
      deliveredOn
      note
      isAccepted
      reason
      viewerCan
      receiver {
        id
        name
      }
    }
  }
`);

export const RECORD_DELIVERY = graphql(`
  mutation RecordDelivery($input: RecordDeliveryInput!) {
    recordDelivery(input: $input) {
      ...ContractDetails
      ...ContractDeliveries
    }
  }
`);

export const ANSWER_DELIVERY = graphql(`
  mutation AnswerDelivery($input: AnswerDeliveryInput!) {
    answerDelivery(input: $input) {
      ...ContractDetails
      ...ContractDeliveries
    }
  }
`);

export const RECORD_PREMIUM_SALES = graphql(`
  mutation RecordPremiumSales($input: RecordPremiumSalesInput!) {
    recordPremiumSales(input: $input) {
      ...ContractDetails
      ...ContractDeliveries
    }
  }
`);
