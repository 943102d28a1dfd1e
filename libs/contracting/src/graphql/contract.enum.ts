import { registerEnumType } from '@nestjs/graphql';
import { RELEASE_STATUSES, type ReleaseStatus } from '../domain/amendment.js';
import { CONTRACT_STATES, PLEDGE_STATES, type ContractState, type PledgeState } from '../domain/contract.js';

export const ContractStateEnum = Object.fromEntries(CONTRACT_STATES.map((state) => [state, state])) as {
  [State in ContractState]: State;
};
registerEnumType(ContractStateEnum, {
  name: 'ContractState',
  description: 'Where a contract is in its life.',
});

export const ReleaseStatusEnum = Object.fromEntries(RELEASE_STATUSES.map((status) => [status, status])) as {
  [Status in ReleaseStatus]: Status;
};
registerEnumType(ReleaseStatusEnum, {
  name: 'ReleaseStatus',
  description:
    '“in_force” is what holds; “replaced” held before it; “closed” was not decided when the contract ended.',
});

export const PledgeStateEnum = Object.fromEntries(PLEDGE_STATES.map((state) => [state, state])) as {
  [State in PledgeState]: State;
};
registerEnumType(PledgeStateEnum, {
  name: 'PledgeState',
  description: '“active” binds; “pledged” can be withdrawn.',
});
