export { BoardPage } from './board.page';
export { MachinePage, SectionLabelPage } from './machine.page';
export { WorkshopPage } from './workshop.page';
