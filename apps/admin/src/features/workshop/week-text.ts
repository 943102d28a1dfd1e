/** Openings of a day as people write them (`08:00-12:00, 13:00-17:00`), and back. The server reads the times. */
export interface OpeningText {
  readonly from: string;
  readonly to: string;
}

export const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;
export type Weekday = (typeof WEEKDAYS)[number];
export type WeekText = Record<Weekday, string>;

const OPENING = /^(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})$/;

/** Null for what is no list of times. */
export function readOpenings(text: string): OpeningText[] | null {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const openings: OpeningText[] = [];
  for (const part of parts) {
    const [, from, to] = OPENING.exec(part) ?? [];
    if (from === undefined || to === undefined) return null;
    openings.push({ from, to });
  }
  return openings;
}

export function openingsText(openings: readonly OpeningText[]): string {
  return openings.map(({ from, to }) => `${from}-${to}`).join(', ');
}

export function weekText(week: readonly (OpeningText & { readonly weekday: number })[]): WeekText {
  const of = (day: number): string => openingsText(week.filter((each) => each.weekday === day));
  return { 1: of(1), 2: of(2), 3: of(3), 4: of(4), 5: of(5), 6: of(6), 7: of(7) };
}

/** The weekdays whose text is no list of times. */
export function weekProblems(texts: WeekText): Weekday[] {
  return WEEKDAYS.filter((day) => readOpenings(texts[day]) === null);
}

export function readWeekText(texts: WeekText): (OpeningText & { weekday: number })[] {
  return WEEKDAYS.flatMap((day) =>
    (readOpenings(texts[day]) ?? []).map((opening) => ({ weekday: Number(day), ...opening })),
  );
}
