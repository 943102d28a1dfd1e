import { useMutation } from '@apollo/client/react';
import {
  Box,
  Button,
  Group,
  Menu,
  Skeleton,
  useMantineColorScheme,
  type MantineColorScheme,
} from '@mantine/core';
import {
  IconChevronDown,
  IconDeviceDesktop,
  IconLogout,
  IconMail,
  IconMoon,
  IconReceipt,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { SIGN_OUT } from '~/features/identity/operations';
import type { Viewer } from '~/features/identity/use-viewer';
import { failureOf } from '~/ui/failure';
import { LinkButton } from '~/ui/link-button';
import { toastDone, toastRefused } from '~/ui/toast';
import { changePerson } from './apollo';
import classes from './shell.module.css';

const SCHEMES: readonly (readonly [MantineColorScheme, typeof IconSun])[] = [
  ['light', IconSun],
  ['dark', IconMoon],
  ['auto', IconDeviceDesktop],
];

/** All of a name that fits beside the brand on a phone. */
function firstName(displayName: string): string {
  return displayName.split(' ')[0]?.slice(0, 9) ?? '';
}

/** Who is signed in, the look, and the way out. */
export function PersonMenu({ viewer }: { readonly viewer: Viewer | null | undefined }) {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [signOut] = useMutation(SIGN_OUT);
  const navigate = useNavigate();
  if (viewer === undefined) return <Skeleton height={44} width={120} />;
  const leave = async (): Promise<void> => {
    try {
      await signOut();
      await navigate('/sign-in');
      await changePerson();
      toastDone(t('signedOut'));
    } catch (error) {
      toastRefused(failureOf(error).message);
    }
  };
  return (
    <Group gap={4} wrap="nowrap">
      {viewer === null && (
        <LinkButton to="/sign-in" variant="default" size="sm" mih={44}>
          {t('signIn')}
        </LinkButton>
      )}
      <Menu position="bottom-end" width={230} shadow="md">
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            size="sm"
            mih={44}
            maw={240}
            px="xs"
            aria-label={viewer ? t('personMenuOf', { name: viewer.displayName }) : t('look')}
            leftSection={
              viewer ? <IconUserCircle size={20} aria-hidden /> : <IconSun size={20} aria-hidden />
            }
            rightSection={viewer && <IconChevronDown size={16} aria-hidden />}
            className={viewer ? '' : (classes.lookOnly ?? '')}
          >
            <Box component="span" visibleFrom="xs" className={classes.name}>
              {viewer?.displayName}
            </Box>
            <Box component="span" hiddenFrom="xs">
              {viewer && firstName(viewer.displayName)}
            </Box>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('look')}</Menu.Label>
          {SCHEMES.map(([scheme, Icon]) => (
            <Menu.Item
              key={scheme}
              leftSection={<Icon size={18} aria-hidden />}
              onClick={() => setColorScheme(scheme)}
              fw={colorScheme === scheme ? 700 : undefined}
            >
              {t(`scheme.${scheme}`)}
            </Menu.Item>
          ))}
          {viewer && (
            <>
              <Menu.Divider />
              <Menu.Item component={Link} to="/mail" leftSection={<IconMail size={18} aria-hidden />}>
                {t('mail')}
              </Menu.Item>
              <Menu.Item
                component={Link}
                to="/statements"
                leftSection={<IconReceipt size={18} aria-hidden />}
              >
                {t('statements')}
              </Menu.Item>
              <Menu.Item leftSection={<IconLogout size={18} aria-hidden />} onClick={() => void leave()}>
                {t('signOut')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
