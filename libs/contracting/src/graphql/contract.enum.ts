import { registerEnumType } from '@nestjs/graphql';
import { CONTRACT_STATES, PLEDGE_STATES, type ContractState, type PledgeState } from '../domain/contract.js';

export const ContractStateEnum = Object.fromEntries(CONTRACT_STATES.map((state) => [state, state])) as {
  [State in ContractState]: State;
};
registerEnumType(ContractStateEnum, {
  name: 'ContractState',
  description: 'Where a contract is in its life.',
});

export const PledgeStateEnum = Object.fromEntries(PLEDGE_STATES.map((state) => [state, state])) as {
  [State in PledgeState]: State;
};
registerEnumType(PledgeStateEnum, {
  name: 'PledgeState',
  description: '“active” binds; “pledged” can be withdrawn.',
});
