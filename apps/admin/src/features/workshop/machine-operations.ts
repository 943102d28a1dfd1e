import { graphql } from '~/generated';

export const MACHINE = graphql(`
  query Machine($code: String!) {
    machineByCode(code: $code) {
      id
      name
      code
      state
      stateReason
      stateSince
      inspectedOn
      inspectionDueOn
      workCentre {
        id
        name
        section {
          id
          slug
          name
          fablab {
            id
            slug
            name
          }
        }
      }
      history {
        id
        fromState
        toState
        reason
        happenedAt
        person {
          id
          displayName
        }
      }
    }
  }
`);

export const SECTION_BY_CODE = graphql(`
  query SectionByCode($code: String!) {
    sectionByCode(code: $code) {
      id
      slug
      fablab {
        id
        slug
      }
    }
  }
`);

export const REPORT_BREAKDOWN = graphql(`
  mutation ReportBreakdown($input: ReportBreakdownInput!) {
    reportBreakdown(input: $input) {
      id
      name
      state
      stateReason
      stateSince
    }
  }
`);

export const START_MAINTENANCE = graphql(`
  mutation StartMaintenance($input: StartMaintenanceInput!) {
    startMaintenance(input: $input) {
      id
      name
      state
      stateReason
      stateSince
    }
  }
`);

export const REPAIR_MACHINE = graphql(`
  mutation RepairMachine($input: RepairMachineInput!) {
    repairMachine(input: $input) {
      id
      name
      state
      stateReason
      stateSince
    }
  }
`);

export const CREATE_MACHINE = graphql(`
  mutation CreateMachine($input: CreateMachineInput!) {
    createMachine(input: $input) {
      id
      name
    }
  }
`);

export const UPDATE_MACHINE = graphql(`
  mutation UpdateMachine($input: UpdateMachineInput!) {
    updateMachine(input: $input) {
      id
      name
      inspectedOn
      inspectionDueOn
    }
  }
`);

export const RETIRE_MACHINE = graphql(`
  mutation RetireMachine($input: RetireMachineInput!) {
    retireMachine(input: $input) {
      id
      name
      machines {
        id
      }
    }
  }
`);
