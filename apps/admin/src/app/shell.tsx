import { Anchor, Box } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet, ScrollRestoration, useNavigation } from 'react-router';
import { useViewer } from '~/features/identity/use-viewer';
import { Brand } from './brand';
import { useDestinations, type Destination } from './destinations';
import { PersonMenu } from './person-menu';
import classes from './shell.module.css';

/** Four places to go, by what a person came to do: along the bottom on a phone, down the side on a desk. */
export function Shell() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const destinations = useDestinations(viewer);
  const busy = useNavigation().state !== 'idle';
  return (
    <Box className={classes.shell}>
      <a className="cw-skip" href="#content">
        {t('skipToContent')}
      </a>
      <header className={classes.header}>
        <Anchor component={Link} to="/" underline="never" c="inherit" className={classes.brand}>
          <Brand />
        </Anchor>
        <PersonMenu viewer={viewer} />
      </header>
      <nav className={classes.nav} aria-label={t('nav.label')}>
        {destinations.map((destination) => (
          <NavEntry key={destination.to} destination={destination} />
        ))}
      </nav>
      <main id="content" tabIndex={-1} className={classes.main} aria-busy={busy}>
        <Outlet />
      </main>
      <ScrollRestoration />
    </Box>
  );
}

function NavEntry({
  destination: { to, label, icon: Icon, outside, end },
}: {
  readonly destination: Destination;
}) {
  const inside = (
    <>
      <Icon size={24} stroke={1.7} aria-hidden />
      <span>{label}</span>
    </>
  );
  // The registry is plain HTML from the server, outside of this app.
  if (outside) {
    return (
      <a href={to} className={classes.entry}>
        {inside}
      </a>
    );
  }
  return (
    <NavLink to={to} end={end ?? false} className={classes.entry}>
      {inside}
    </NavLink>
  );
}
