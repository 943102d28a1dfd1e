import type { Instrument } from '../domain/instrument.js';

/** How people call an instrument, in English, Spanish, Portuguese, German, French and Catalan; without accents. */
const NAMES: Readonly<Record<Instrument, readonly string[]>> = {
  loan: ['loan', 'prestamo', 'emprestimo', 'darlehen', 'kredit', 'pret', 'prestec'],
  'pre-purchase': [
    ...['pre purchase', 'prepurchase', 'prepaid', 'advance purchase', 'precompra', 'compra anticipada'],
    ...[
      'compra antecipada',
      'vorkauf',
      'vorbestellung',
      'vorauszahlung',
      'preachat',
      'pre achat',
      'prevente',
    ],
    ...['compra anticipada', 'precompra'],
  ],
  premium: ['premium', 'premium purchase', 'compra premium', 'premiumkauf', 'achat premium'],
  gift: [
    ...['gift', 'donation', 'grant', 'donacion', 'donativo', 'regalo', 'doacao', 'donativo'],
    ...['spende', 'schenkung', 'geschenk', 'don', 'donacio', 'donatiu'],
  ],
  labour: ['labour', 'labor', 'work', 'trabajo', 'trabalho', 'arbeit', 'arbeitszeit', 'travail', 'treball'],
  material: ['material', 'materials', 'materiales', 'materiais', 'materialien', 'materiel', 'materiau'],
  'tool-loan': [
    ...['tool loan', 'loan of a tool', 'tool', 'prestamo de herramienta', 'emprestimo de ferramenta'],
    ...['werkzeugleihe', 'leihe', 'pret d outil', 'prestec d eina'],
  ],
};

const INSTRUMENT_OF = new Map(
  (Object.keys(NAMES) as Instrument[]).flatMap((instrument) =>
    NAMES[instrument].map((name) => [name, instrument] as const),
  ),
);

/** @returns null for a word that names none */
export function readInstrument(cell: string): Instrument | null {
  const key = cell
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim();
  return INSTRUMENT_OF.get(key) ?? null;
}
