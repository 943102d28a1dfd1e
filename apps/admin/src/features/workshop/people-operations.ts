import { graphql } from '~/generated';

export const PEOPLE = graphql(`
  query People($fablabId: ID!) {
    onboarding(fablabId: $fablabId)
    stays(fablabId: $fablabId) {
      id
      fromDay
      toDay
      skills
      person {
        id
        displayName
      }
      host {
        id
        displayName
      }
      onboarding {
        position
        text
        tickedAt
      }
    }
    makerTimes(fablabId: $fablabId) {
      visiting
      person {
        id
        displayName
      }
      week {
        weekday
        from
        to
      }
      absences {
        id
        fromDay
        toDay
      }
    }
  }
`);

export const WITHDRAW_QUALIFICATION = graphql(`
  mutation WithdrawQualification($input: WithdrawQualificationInput!) {
    withdrawQualification(input: $input) {
      id
      withdrawnReason
    }
  }
`);

export const CREATE_STAY = graphql(`
  mutation CreateStay($input: CreateStayInput!) {
    createStay(input: $input) {
      id
      person {
        id
        displayName
      }
    }
  }
`);

export const CANCEL_STAY = graphql(`
  mutation CancelStay($input: CancelStayInput!) {
    cancelStay(input: $input) {
      id
    }
  }
`);

export const TICK_ONBOARDING = graphql(`
  mutation TickOnboarding($input: TickOnboardingInput!) {
    tickOnboarding(input: $input) {
      id
      onboarding {
        position
        text
        tickedAt
      }
    }
  }
`);

export const SAVE_ONBOARDING = graphql(`
  mutation SaveOnboarding($input: SaveOnboardingInput!) {
    saveOnboarding(input: $input)
  }
`);

export const SAVE_MAKER_HOURS = graphql(`
  mutation SaveMakerHours($input: SaveMakerHoursInput!) {
    saveMakerHours(input: $input) {
      person {
        id
      }
    }
  }
`);

export const ADD_ABSENCE = graphql(`
  mutation AddAbsence($input: AddAbsenceInput!) {
    addAbsence(input: $input) {
      person {
        id
      }
    }
  }
`);

export const REMOVE_ABSENCE = graphql(`
  mutation RemoveAbsence($input: RemoveAbsenceInput!) {
    removeAbsence(input: $input) {
      person {
        id
      }
    }
  }
`);

export const SET_MAKER_VISITING = graphql(`
  mutation SetMakerVisiting($input: SetMakerVisitingInput!) {
    setMakerVisiting(input: $input) {
      person {
        id
      }
    }
  }
`);
