import { registerEnumType } from '@nestjs/graphql';

/** The form in which a version is offered, as a GraphQL enum; here because every context that speaks of tiers may import the catalogue. */
export const TierEnum = { free: 'free', fair: 'fair', premium: 'premium' } as const;
registerEnumType(TierEnum, {
  name: 'Tier',
  description: 'The form in which a product version is offered: free, moderately paid (fair), premium.',
});
