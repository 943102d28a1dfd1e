import { useQuery } from '@apollo/client/react';
import { graphql } from '~/generated';

const SECTION_NAMES = graphql(`
  query SectionNames($fablabSlug: String!) {
    fablabSections(fablabSlug: $fablabSlug) {
      id
      name
    }
  }
`);

/** The names of a fablab's sections; none for those who are no members of it, who write the name themselves. */
export function useSections(fablabSlug: string): readonly string[] {
  const { data } = useQuery(SECTION_NAMES, { variables: { fablabSlug }, errorPolicy: 'ignore' });
  return data?.fablabSections.map(({ name }) => name) ?? [];
}
