export { CommunitiesPage } from './communities.page';
export { CommunityPage } from './community.page';
export { NewCommunityPage } from './new-community.page';
