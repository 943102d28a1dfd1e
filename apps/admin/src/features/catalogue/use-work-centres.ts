import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { WORK_CENTRES } from './operations';

/** Work centres of a fablab as `Woodworking: table saw`, by their id. */
export function useWorkCentreNames(fablab: string): ReadonlyMap<string, string> {
  const { data } = useQuery(WORK_CENTRES, { variables: { fablab } });
  return useMemo(
    () =>
      new Map(
        (data?.fablabSections ?? []).flatMap((section) =>
          section.workCentres.map((centre) => [centre.id, `${section.name}: ${centre.name}`] as const),
        ),
      ),
    [data],
  );
}
