import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import care from '~/i18n/en/care.json';
import catalogue from '~/i18n/en/catalogue.json';
import changes from '~/i18n/en/changes.json';
import common from '~/i18n/en/common.json';
import contracting from '~/i18n/en/contracting.json';
import deliveries from '~/i18n/en/deliveries.json';
import home from '~/i18n/en/home.json';
import identity from '~/i18n/en/identity.json';
import imports from '~/i18n/en/imports.json';
import instruments from '~/i18n/en/instruments.json';
import ledger from '~/i18n/en/ledger.json';
import machines from '~/i18n/en/machines.json';
import mail from '~/i18n/en/mail.json';
import needs from '~/i18n/en/needs.json';
import obligations from '~/i18n/en/obligations.json';
import people from '~/i18n/en/people.json';
import questions from '~/i18n/en/questions.json';
import sheet from '~/i18n/en/sheet.json';
import statements from '~/i18n/en/statements.json';
import templates from '~/i18n/en/templates.json';
import workshop from '~/i18n/en/workshop.json';

/** English is complete and comes with the app; every other language falls back to it, text by text. */
export const en = {
  care,
  catalogue,
  changes,
  common,
  contracting,
  deliveries,
  home,
  identity,
  imports,
  instruments,
  ledger,
  machines,
  mail,
  needs,
  obligations,
  people,
  questions,
  sheet,
  statements,
  templates,
  workshop,
};

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof en;
  }
}

void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en },
  ns: Object.keys(en),
  defaultNS: 'common',
  // React escapes already.
  interpolation: { escapeValue: false },
  returnNull: false,
});

document.documentElement.lang = i18next.language;

export { i18next };
