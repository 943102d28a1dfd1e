export { BoardPage } from './board.page';
export { WorkshopPage } from './workshop.page';
