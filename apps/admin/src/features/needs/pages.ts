export { EditNeedPage } from './edit-need.page';
export { NeedPage } from './need.page';
export { NeedsPage } from './needs.page';
export { NewNeedPage } from './new-need.page';
