import {
  IconFileText,
  IconHammer,
  IconHome,
  IconSpeakerphone,
  IconUsersGroup,
  IconWorld,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { communitiesOf, type Viewer } from '~/features/identity/use-viewer';

export interface Destination {
  readonly to: string;
  readonly label: string;
  readonly icon: Icon;
  readonly outside?: boolean;
  readonly end?: boolean;
}

/** Where the bar leads. A person of one community goes straight to it. */
export function useDestinations(viewer: Viewer | null | undefined): readonly Destination[] {
  const { t } = useTranslation();
  const contracts = { to: '/contracts', label: t('nav.contracts'), icon: IconFileText };
  const needs = { to: '/needs', label: t('nav.needs'), icon: IconSpeakerphone };
  const registry = { to: '/registry', label: t('nav.registry'), icon: IconWorld, outside: true };
  if (!viewer) return [needs, contracts, registry];
  const own = communitiesOf(viewer);
  const [only] = own;
  const ours =
    own.length === 1 && only
      ? {
          to: `/communities/${only.slug}`,
          label: only.manufactures ? t('nav.fablab') : t('nav.community'),
          icon: only.manufactures ? IconHammer : IconUsersGroup,
        }
      : { to: '/communities', label: t('nav.communities'), icon: IconUsersGroup };
  return [{ to: '/', label: t('nav.work'), icon: IconHome, end: true }, needs, contracts, ours, registry];
}
