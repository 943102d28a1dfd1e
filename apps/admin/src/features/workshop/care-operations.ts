import { graphql } from '~/generated';

export const CARE_PLANS = graphql(`
  query CarePlans($fablabId: ID!) {
    carePlans(fablabId: $fablabId) {
      id
      kind
      name
      minutes
      everyDays
      nextOn
      workCentre {
        id
        name
      }
    }
  }
`);

export const CREATE_HOUSE_JOB = graphql(`
  mutation CreateHouseJob($input: CreateHouseJobInput!) {
    createHouseJob(input: $input) {
      id
      number
      name
    }
  }
`);

export const CREATE_CARE_PLAN = graphql(`
  mutation CreateCarePlan($input: CreateCarePlanInput!) {
    createCarePlan(input: $input) {
      id
    }
  }
`);

export const END_CARE_PLAN = graphql(`
  mutation EndCarePlan($input: EndCarePlanInput!) {
    endCarePlan(input: $input) {
      id
    }
  }
`);
