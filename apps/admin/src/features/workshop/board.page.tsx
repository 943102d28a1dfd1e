import { useQuery, useSubscription } from '@apollo/client/react';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useOnReturn } from '~/app/live';
import { NotFoundPage } from '~/app/not-found.page';
import { hasRole, useViewer } from '~/features/identity/use-viewer';
import type { BoardFragment, JobCardFragment } from '~/generated/graphql';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import classes from './board.module.css';
import { JobColumn } from './job-column';
import { LiveTag } from './live-tag';
import { MyJobCard } from './my-job-card';
import { SECTION, SECTION_CHANGED } from './operations';
import { TakeNext } from './take-next';

export function BoardPage() {
  const { fablab = '', section = '' } = useParams();
  const query = useQuery(SECTION, { variables: { fablab, section } });
  useOnReturn(() => void query.refetch());
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {(data) => (data.section ? <BoardView board={data.section} /> : <NotFoundPage />)}
    </Loaded>
  );
}

const HELD: ReadonlySet<JobCardFragment['state']> = new Set(['claimed', 'running', 'paused']);

/** My job and the one big button first; then who does what, what comes next, and what waits. */
function BoardView({ board }: { readonly board: BoardFragment }) {
  const { t } = useTranslation('workshop');
  const viewer = useViewer();
  useSubscription(SECTION_CHANGED, { variables: { sectionId: board.id }, ignoreResults: true });
  const mine = board.jobs.filter((job) => job.claim?.mine === true);
  const held = board.jobs.filter((job) => HELD.has(job.state) && job.claim?.mine !== true);
  const maker = hasRole(viewer, board.fablab.id, 'maker');
  return (
    <Page
      title={board.name}
      width="wide"
      crumbs={[
        { label: board.fablab.name, to: `/communities/${board.fablab.slug}` },
        { label: t('boards.title'), to: `/workshop/${board.fablab.slug}` },
      ]}
      actions={<LiveTag />}
    >
      <div className={classes.board}>
        {mine.map((job) => (
          <MyJobCard key={job.id} job={job} />
        ))}
        {maker && mine.length === 0 && <TakeNext sectionId={board.id} ready={board.counts.ready} />}
        {!maker && <Text c="dimmed">{t('board.noMaker')}</Text>}
        <div className={classes.columns}>
          <JobColumn
            title={t('board.running')}
            empty={t(mine.length > 0 ? 'board.nobodyElse' : 'board.runningEmpty')}
            jobs={held}
            count={held.length}
          />
          <JobColumn
            title={t('board.ready')}
            empty={t('board.readyEmpty')}
            jobs={board.jobs.filter((job) => job.state === 'ready')}
            count={board.counts.ready}
          />
          <JobColumn
            title={t('board.waiting')}
            empty={t('board.waitingEmpty')}
            jobs={board.jobs.filter((job) => job.state === 'waiting')}
            count={board.counts.waiting}
          />
        </div>
        <Text c="dimmed" size="sm">
          {t('board.doneToday', { count: board.counts.doneToday })}
        </Text>
      </div>
    </Page>
  );
}
