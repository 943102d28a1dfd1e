/** The figures that a contract's pages show, as far as something is booked behind them. */
export const CONTRACT_FIGURES = [
  'pledged',
  'received',
  'owed',
  'repaid',
  'interest',
  'forgiven',
  'outstanding',
  'waived',
] as const;
export type ContractFigure = (typeof CONTRACT_FIGURES)[number];

/** Which transfers a figure is made of, by their kind; a reversal belongs to what it reverses. */
const KINDS: Readonly<Record<ContractFigure, readonly string[]>> = {
  pledged: ['pledge'],
  received: ['payment'],
  owed: ['payment', 'repayment', 'write-off'],
  repaid: ['repayment'],
  interest: ['repayment'],
  forgiven: ['write-off'],
  outstanding: ['pledge', 'payment', 'waiver'],
  waived: ['waiver'],
};

export function kindsBehind(figure: ContractFigure): readonly string[] {
  return KINDS[figure];
}
