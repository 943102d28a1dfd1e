import { graphql } from '~/generated';

export const HOURS = graphql(`
  query Hours($fablabId: ID!) {
    workshopSetting(fablabId: $fablabId) {
      timeZone
      currency
    }
    calendars(fablabId: $fablabId) {
      id
      name
      week {
        weekday
        from
        to
      }
      exceptions {
        day
        reason
        openings {
          from
          to
        }
      }
      opening(days: 7) {
        start
        end
      }
    }
  }
`);

export const SAVE_SETTING = graphql(`
  mutation SaveWorkshopSetting($input: SaveWorkshopSettingInput!) {
    saveWorkshopSetting(input: $input) {
      timeZone
      currency
    }
  }
`);

export const SAVE_CALENDAR = graphql(`
  mutation SaveCalendar($input: SaveCalendarInput!) {
    saveCalendar(input: $input) {
      id
      name
    }
  }
`);
