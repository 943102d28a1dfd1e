import { graphql } from '~/generated';

export const MAIL_LINE = graphql(`
  fragment MailLine on Mail {
    id
    kind
    subject
    body
    path
    state
    createdAt
    recipient {
      id
      displayName
    }
  }
`);

export const MAILS = graphql(`
  query Mails($after: String) {
    mailLeaves
    mails(first: 20, after: $after) {
      nodes {
        ...MailLine
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const DEMO_MAILS = graphql(`
  query DemoMails($after: String) {
    demoMails(first: 20, after: $after) {
      nodes {
        ...MailLine
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const MAIL_SETTINGS = graphql(`
  query MailSettings {
    mailSettings {
      kind
      isOn
    }
  }
`);

export const CHANGE_MAIL_SETTING = graphql(`
  mutation ChangeMailSetting($input: ChangeMailSettingInput!) {
    changeMailSetting(input: $input) {
      kind
      isOn
    }
  }
`);

export const MAIL_UNSUBSCRIPTION = graphql(`
  query MailUnsubscription($token: String!) {
    mailUnsubscription(token: $token) {
      kind
    }
  }
`);

export const UNSUBSCRIBE_FROM_MAIL = graphql(`
  mutation UnsubscribeFromMail($input: UnsubscribeFromMailInput!) {
    unsubscribeFromMail(input: $input) {
      kind
    }
  }
`);
