export { InvitationPage } from './invitation.page';
export { SignInPage } from './sign-in.page';
export { SignUpPage } from './sign-up.page';
