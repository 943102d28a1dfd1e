import { graphql } from '~/generated';

export const SET_UP = graphql(`
  query SetUp($fablab: String!) {
    community(slug: $fablab) {
      id
      slug
      name
    }
    fablabSections(fablabSlug: $fablab) {
      id
      slug
      name
      coordinator {
        id
        displayName
      }
      workCentres {
        id
        name
        capacity
        hourlyCost {
          amountMinor
          currency
        }
        calendar {
          id
          name
        }
        machines {
          id
          name
          code
          state
          inspectedOn
          inspectionDueOn
        }
        requiredQualifications {
          id
          name
          kind
        }
      }
    }
  }
`);

export const QUALIFICATIONS = graphql(`
  query Qualifications($fablabId: ID!) {
    qualifications(fablabId: $fablabId) {
      id
      name
      kind
    }
  }
`);

export const MAKER_QUALIFICATIONS = graphql(`
  query MakerQualifications($fablabId: ID!) {
    makerQualifications(fablabId: $fablabId) {
      id
      grantedAt
      expiresOn
      level
      mayTeach
      supervisor {
        id
        displayName
      }
      person {
        id
        displayName
      }
      qualification {
        id
        name
        kind
      }
    }
  }
`);

export const CREATE_SECTION = graphql(`
  mutation CreateSection($input: CreateSectionInput!) {
    createSection(input: $input) {
      id
      name
    }
  }
`);

export const UPDATE_SECTION = graphql(`
  mutation UpdateSection($input: UpdateSectionInput!) {
    updateSection(input: $input) {
      id
      name
    }
  }
`);

export const RETIRE_SECTION = graphql(`
  mutation RetireSection($input: RetireSectionInput!) {
    retireSection(input: $input) {
      id
      name
    }
  }
`);

export const UPDATE_WORK_CENTRE = graphql(`
  mutation UpdateWorkCentre($input: UpdateWorkCentreInput!) {
    updateWorkCentre(input: $input) {
      id
      name
    }
  }
`);

export const RETIRE_WORK_CENTRE = graphql(`
  mutation RetireWorkCentre($input: RetireWorkCentreInput!) {
    retireWorkCentre(input: $input) {
      id
      name
    }
  }
`);

export const CREATE_WORK_CENTRE = graphql(`
  mutation CreateWorkCentre($input: CreateWorkCentreInput!) {
    createWorkCentre(input: $input) {
      id
      name
    }
  }
`);

export const CREATE_QUALIFICATION = graphql(`
  mutation CreateQualification($input: CreateQualificationInput!) {
    createQualification(input: $input) {
      id
      name
    }
  }
`);

export const GRANT_QUALIFICATION = graphql(`
  mutation GrantQualification($input: GrantQualificationInput!) {
    grantQualification(input: $input) {
      id
      person {
        id
        displayName
      }
      qualification {
        id
        name
      }
    }
  }
`);
