import { graphql } from '~/generated';

export const JOB_CARD = graphql(`
  fragment JobCard on Job {
    id
    number
    state
    name
    position
    quantity
    quantityGood
    quantityScrapped
    plannedMinutes
    instructions
    reason
    doneAt
    workCentre {
      id
      name
    }
    workOrder {
      id
      number
      quantity
      contractRef
      tier
      productName
      dueOn
    }
    claim {
      id
      fence
      claimedAt
      leaseEndsAt
      startedAt
      runningSince
      workedSeconds
      mine
      maker {
        id
        displayName
      }
    }
    notes {
      id
      text
      writtenAt
      authorName
    }
  }
`);

export const BOARD = graphql(`
  fragment Board on Section {
    id
    slug
    name
    fablab {
      id
      slug
      name
    }
    counts {
      waiting
      ready
      claimed
      running
      paused
      doneToday
    }
    jobs(states: [waiting, ready, claimed, running, paused]) {
      ...JobCard
    }
  }
`);

export const SECTION = graphql(`
  query Section($fablab: String!, $section: String!) {
    section(fablabSlug: $fablab, sectionSlug: $section) {
      ...Board
    }
  }
`);

export const SECTION_CHANGED = graphql(`
  subscription SectionChanged($sectionId: ID!) {
    sectionChanged(sectionId: $sectionId) {
      ...Board
    }
  }
`);

export const FABLAB_SECTIONS = graphql(`
  query FablabSections($fablab: String!) {
    fablabSections(fablabSlug: $fablab) {
      id
      slug
      name
      fablab {
        id
        slug
        name
      }
      counts {
        waiting
        ready
        claimed
        running
        paused
        doneToday
      }
    }
  }
`);

export const MY_JOBS = graphql(`
  query MyJobs {
    myJobs {
      ...JobCard
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
  }
`);

export const TAKE_NEXT_JOB = graphql(`
  mutation TakeNextJob($input: TakeNextJobInput!) {
    takeNextJob(input: $input) {
      reason
      job {
        ...JobCard
      }
    }
  }
`);

export const START_JOB = graphql(`
  mutation StartJob($input: StartJobInput!) {
    startJob(input: $input) {
      ...JobCard
    }
  }
`);

export const PAUSE_JOB = graphql(`
  mutation PauseJob($input: PauseJobInput!) {
    pauseJob(input: $input) {
      ...JobCard
    }
  }
`);

export const RESUME_JOB = graphql(`
  mutation ResumeJob($input: ResumeJobInput!) {
    resumeJob(input: $input) {
      ...JobCard
    }
  }
`);

export const LOG_JOB = graphql(`
  mutation LogJob($input: LogJobInput!) {
    logJob(input: $input) {
      ...JobCard
    }
  }
`);

export const COMPLETE_JOB = graphql(`
  mutation CompleteJob($input: CompleteJobInput!) {
    completeJob(input: $input) {
      ...JobCard
    }
  }
`);

export const RETURN_JOB = graphql(`
  mutation ReturnJob($input: ReturnJobInput!) {
    returnJob(input: $input) {
      ...JobCard
    }
  }
`);
