import { useQuery } from '@apollo/client/react';
import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { MEMBERS } from '~/features/identity/operations';
import { PRODUCTS } from '~/features/catalogue/operations';
import type { SetUpQuery } from '~/generated/graphql';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';
import { Tag } from '~/ui/tag';
import { FABLAB_SECTIONS } from './operations';
import { MAKER_QUALIFICATIONS } from './set-up-operations';

interface StartCardProps {
  readonly slug: string;
  readonly fablabId: string;
  readonly sections: SetUpQuery['fablabSections'];
}

interface Step {
  readonly name: 'section' | 'centre' | 'maker' | 'qualified' | 'product' | 'job';
  readonly done: boolean;
  readonly to: string | null;
}

/** What a new fablab still lacks before the first job can be pulled; gone when nothing is. */
export function StartCard({ slug, fablabId, sections }: StartCardProps) {
  const { t } = useTranslation('people');
  const members = useQuery(MEMBERS, { variables: { slug } });
  const grants = useQuery(MAKER_QUALIFICATIONS, { variables: { fablabId } });
  const products = useQuery(PRODUCTS, { variables: { fablab: slug } });
  const boards = useQuery(FABLAB_SECTIONS, { variables: { fablab: slug } });
  if (!members.data || !grants.data || !products.data || !boards.data) return null;
  const centres = sections.flatMap((section) => section.workCentres);
  const held = new Set(grants.data.makerQualifications.map((grant) => grant.qualification.id));
  const makers = (members.data.community?.members ?? []).filter((each) => each.roles.includes('maker'));
  const jobs = boards.data.fablabSections.some(({ counts }) =>
    Object.values(counts).some((n) => Number(n) > 0),
  );
  const steps: Step[] = [
    { name: 'section', done: sections.length > 0, to: null },
    { name: 'centre', done: centres.length > 0, to: null },
    { name: 'maker', done: makers.length > 0, to: `/communities/${slug}` },
    {
      name: 'qualified',
      done:
        centres.length > 0 &&
        centres.every((centre) => centre.requiredQualifications.every((each) => held.has(each.id))),
      to: `/fablabs/${slug}/makers`,
    },
    {
      name: 'product',
      done: products.data.products.nodes.some((each) => each.versions.length > 0),
      to: `/fablabs/${slug}/products`,
    },
    { name: 'job', done: jobs, to: '/contracts/new' },
  ];
  const next = steps.find((step) => !step.done);
  if (!next) return null;
  return (
    <SectionCard title={t('start.title')}>
      <Rows>
        {steps.map((step) => (
          <Row
            key={step.name}
            end={
              <Tag tone={step.done ? 'go' : step === next ? 'wait' : 'plain'}>
                {t(step.done ? 'start.here' : step === next ? 'start.missing' : 'start.later')}
              </Tag>
            }
          >
            {step.to !== null && !step.done ? (
              <Anchor component={Link} to={step.to}>
                {t(`start.${step.name}`)}
              </Anchor>
            ) : (
              <Text>{t(`start.${step.name}`)}</Text>
            )}
          </Row>
        ))}
      </Rows>
    </SectionCard>
  );
}
