import type { ComponentType } from 'react';
import { createBrowserRouter } from 'react-router';
import { NotFoundPage } from './not-found.page';
import { RequireViewer } from './require-viewer';
import { RouteFailure } from './route-failure';
import { Shell } from './shell';

type Pages = Promise<Record<string, ComponentType>>;

/** A page that is fetched when somebody goes there. */
function page(load: () => Pages, name: string) {
  return async (): Promise<{ Component: ComponentType }> => {
    const Component = (await load())[name];
    if (!Component) throw new Error(`There is no page ${name}.`);
    return { Component };
  };
}

const catalogue = () => import('~/features/catalogue/pages');
const contracting = () => import('~/features/contracting/pages');
const changes = () => import('~/features/changes/pages');
const editing = () => import('~/features/contracting/editor-pages');
const identity = () => import('~/features/identity/pages');
const signing = () => import('~/features/identity/signing-pages');
const needs = () => import('~/features/needs/pages');
const templates = () => import('~/features/templates/pages');
const workshop = () => import('~/features/workshop/pages');
const setUp = () => import('~/features/workshop/set-up-pages');
const ledger = () => import('~/features/ledger/pages');
const mail = () => import('~/features/mail/pages');
const unsubscribing = () => import('~/features/mail/unsubscribe-pages');
const imports = () => import('~/features/imports/pages');
const sheet = () => import('~/features/sheet/pages');
const statements = () => import('~/features/statements/pages');
const home = () => import('~/features/home/pages');

export const router = createBrowserRouter(
  [
    {
      element: <Shell />,
      errorElement: <RouteFailure />,
      hydrateFallbackElement: <></>,
      children: [
        {
          errorElement: <RouteFailure />,
          children: [
            { path: 'sign-in', lazy: page(signing, 'SignInPage') },
            { path: 'sign-up', lazy: page(signing, 'SignUpPage') },
            { path: 'invitation/:token', lazy: page(signing, 'InvitationPage') },
            { path: 'unsubscribe/:token', lazy: page(unsubscribing, 'UnsubscribePage') },
            { path: 'contracts', lazy: page(contracting, 'ContractsPage') },
            { path: 'needs', lazy: page(needs, 'NeedsPage') },
            { path: 'needs/:id', lazy: page(needs, 'NeedPage') },
            { path: 'contracts/:ref', lazy: page(contracting, 'ContractPage') },
            {
              element: <RequireViewer />,
              children: [
                { index: true, lazy: page(home, 'HomePage') },
                { path: 'statements', lazy: page(statements, 'StatementsPage') },
                { path: 'mail', lazy: page(mail, 'MailPage') },
                { path: 'mail/settings', lazy: page(mail, 'MailSettingsPage') },
                { path: 'communities', lazy: page(identity, 'CommunitiesPage') },
                { path: 'communities/new', lazy: page(identity, 'NewCommunityPage') },
                { path: 'communities/:slug', lazy: page(identity, 'CommunityPage') },
                { path: 'fablabs/:slug/sections', lazy: page(setUp, 'SectionsPage') },
                { path: 'fablabs/:slug/makers', lazy: page(setUp, 'MakersPage') },
                { path: 'fablabs/:slug/hours', lazy: page(setUp, 'HoursPage') },
                { path: 'm/:code', lazy: page(workshop, 'MachinePage') },
                { path: 's/:code', lazy: page(workshop, 'SectionLabelPage') },
                { path: 'fablabs/:slug/templates', lazy: page(templates, 'TemplatesPage') },
                { path: 'fablabs/:slug/products', lazy: page(catalogue, 'ProductsPage') },
                { path: 'fablabs/:slug/products/new', lazy: page(catalogue, 'NewProductPage') },
                { path: 'fablabs/:slug/products/:product', lazy: page(catalogue, 'ProductPage') },
                {
                  path: 'fablabs/:slug/products/:product/new-version',
                  lazy: page(catalogue, 'NewVersionPage'),
                },
                { path: 'needs/new', lazy: page(needs, 'NewNeedPage') },
                { path: 'needs/:id/edit', lazy: page(needs, 'EditNeedPage') },
                { path: 'contracts/new', lazy: page(editing, 'NewContractPage') },
                { path: 'contracts/:ref/edit', lazy: page(editing, 'EditContractPage') },
                { path: 'contracts/:ref/amend', lazy: page(changes, 'AmendPage') },
                { path: 'contracts/:ref/terminate', lazy: page(changes, 'TerminatePage') },
                { path: 'contracts/:ref/pledge', lazy: page(contracting, 'PledgePage') },
                { path: 'workshop/:fablab', lazy: page(workshop, 'WorkshopPage') },
                { path: 'workshop/:fablab/:section', lazy: page(workshop, 'BoardPage') },
                { path: 'contracts/:ref/entries', lazy: page(ledger, 'ContractEntriesPage') },
                { path: 'imports/:slug', lazy: page(imports, 'ImportsPage') },
                { path: 'import/:id', lazy: page(imports, 'ImportPage') },
                { path: 'contracts/:ref/transfers/:transferId', lazy: page(ledger, 'ContractTransferPage') },
                { path: 'ledger/:slug/transfers/:transferId', lazy: page(ledger, 'LedgerTransferPage') },
                { path: 'sheet/:slug', lazy: page(sheet, 'SheetPage') },
                { path: 'ledger/:slug', lazy: page(ledger, 'AccountsPage') },
                { path: 'ledger/:slug/:accountId', lazy: page(ledger, 'AccountPage') },
              ],
            },
            { path: '*', element: <NotFoundPage /> },
          ],
        },
      ],
    },
  ],
  { basename: '/app' },
);
