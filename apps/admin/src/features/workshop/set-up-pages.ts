export { HoursPage } from './hours.page';
export { MakersPage } from './makers.page';
export { SectionsPage } from './sections.page';
