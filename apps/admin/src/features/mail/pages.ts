export { MailPage } from './mail.page';
export { MailSettingsPage } from './mail-settings.page';
