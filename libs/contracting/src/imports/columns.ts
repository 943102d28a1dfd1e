/** What a column of a treasurer's table can hold. */
export const IMPORT_FIELDS = [
  'supporter',
  'contract',
  'instrument',
  'currency',
  'pledged',
  'received',
  'receivedOn',
  'repaid',
  'repaidOn',
  'hours',
  'goods',
  'note',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** Which column holds what: positions from 0 on. */
export type Mapping = Readonly<Partial<Record<ImportField, number>>>;

/** How people head their columns, in English, Spanish, Portuguese, German, French and Catalan; without accents. */
const NAMES: Readonly<Record<ImportField, readonly string[]>> = {
  supporter: [
    ...['supporter', 'community', 'name', 'lender', 'donor', 'backer', 'from', 'supporter name'],
    ...['comunidad', 'nombre', 'prestamista', 'apoyo', 'colaborador', 'donante'],
    ...['comunidade', 'nome', 'apoiador', 'apoiadora', 'financiador', 'credor'],
    ...['gemeinschaft', 'unterstutzer', 'unterstutzerin', 'geldgeber', 'darlehensgeber', 'kreditgeber'],
    ...['communaute', 'nom', 'soutien', 'preteur', 'donateur'],
    ...['comunitat', 'prestador', 'suport', 'donant'],
  ],
  contract: [
    ...[
      'contract',
      'ref',
      'reference',
      'contract ref',
      'contract reference',
      'project',
      'contract title',
      'title',
    ],
    ...['contrato', 'referencia', 'proyecto', 'titulo', 'projeto'],
    ...['vertrag', 'vertragsnummer', 'projekt', 'referenz', 'titel'],
    ...['contrat', 'projet', 'titre', 'contracte', 'projecte', 'titol'],
  ],
  instrument: [
    ...[
      'instrument',
      'kind',
      'type',
      'form',
      'kind of pledge',
      'instrumento',
      'tipo',
      'tipo de aporte',
      'forma',
    ],
    ...['instrument der zusage', 'art', 'art der zusage', 'typ', 'type d apport', 'nature', 'genre'],
    ...['tipus', 'mena', 'tipus d aportacio'],
  ],
  currency: ['currency', 'moneda', 'divisa', 'moeda', 'wahrung', 'waehrung', 'devise', 'monnaie'],
  pledged: [
    ...['pledged', 'pledge', 'promised', 'commitment', 'committed', 'amount pledged', 'pledged amount'],
    ...['prometido', 'comprometido', 'compromiso', 'compromisso', 'importe prometido'],
    ...['zugesagt', 'zusage', 'versprochen', 'betrag zugesagt'],
    ...['promis', 'promesse', 'engagement', 'montant promis', 'promes', 'compromes', 'compromis'],
  ],
  received: [
    ...['received', 'paid', 'payment', 'paid in', 'amount received', 'amount', 'in'],
    ...['recibido', 'pagado', 'ingresado', 'importe', 'cobrado', 'recebido', 'pago', 'valor'],
    ...['erhalten', 'eingegangen', 'bezahlt', 'eingang', 'zahlung', 'betrag'],
    ...['recu', 'paye', 'verse', 'versement', 'montant', 'rebut', 'pagat', 'ingressat', 'import'],
  ],
  receivedOn: [
    ...[
      'received on',
      'date',
      'date received',
      'received date',
      'paid on',
      'payment date',
      'value date',
      'date paid',
    ],
    ...[
      'fecha',
      'fecha de pago',
      'fecha valor',
      'recibido el',
      'data',
      'data de pagamento',
      'recebido em',
      'data valor',
    ],
    ...['datum', 'erhalten am', 'eingegangen am', 'zahlungsdatum', 'wertstellung', 'valuta', 'bezahlt am'],
    ...['recu le', 'date de paiement', 'date de valeur', 'date de versement', 'data de pagament', 'rebut el'],
  ],
  repaid: [
    ...['repaid', 'returned', 'paid back', 'repayment', 'amount repaid', 'out'],
    ...['devuelto', 'reembolsado', 'devolucion', 'reembolso', 'devolvido'],
    ...['zuruckgezahlt', 'zurueckgezahlt', 'ruckzahlung', 'rueckzahlung', 'getilgt', 'tilgung'],
    ...['rembourse', 'remboursement', 'retornat', 'reemborsat', 'devolucio', 'reemborsament'],
  ],
  repaidOn: [
    ...['repaid on', 'returned on', 'repayment date', 'date repaid', 'date returned', 'paid back on'],
    ...['devuelto el', 'fecha de devolucion', 'fecha de reembolso', 'devolvido em', 'data de reembolso'],
    ...['zuruckgezahlt am', 'zurueckgezahlt am', 'ruckzahlungsdatum', 'rueckzahlungsdatum', 'getilgt am'],
    ...['rembourse le', 'date de remboursement', 'retornat el', 'data de devolucio', 'data de reemborsament'],
  ],
  hours: [
    ...[
      'hours',
      'hours pledged',
      'pledged hours',
      'horas',
      'horas prometidas',
      'stunden',
      'zugesagte stunden',
    ],
    ...['heures', 'heures promises', 'hores', 'hores promeses'],
  ],
  goods: [
    ...['goods', 'material', 'materials', 'quantity', 'quantity pledged', 'tools', 'tool'],
    ...['materiales', 'cantidad', 'herramienta', 'materiais', 'quantidade', 'ferramenta'],
    ...['waren', 'menge', 'werkzeug', 'materiel', 'materiau', 'quantite', 'outil', 'quantitat', 'eina'],
  ],
  note: [
    ...['note', 'notes', 'comment', 'remark', 'nota', 'notas', 'comentario', 'observaciones', 'observacoes'],
    ...['notiz', 'bemerkung', 'kommentar', 'anmerkung', 'remarque', 'commentaire', 'notes', 'comentari'],
  ],
};

/** Without accents, capitals, punctuation and a currency behind it: `Zugesagt (EUR)` is `zugesagt`. */
export function headerKey(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[([]?\s*\b(eur|usd|gbp|chf)\b\s*[)\]]?|€|\$|£/g, ' ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

const FIELD_OF = new Map(
  IMPORT_FIELDS.flatMap((field) => NAMES[field].map((name) => [name, field] as const)).toReversed(),
);

/**
 * Which column holds what, by its head; the first of two that say the same. A second column that is a plain date, right
 * of what was repaid, is when that was: that is how such tables are laid out.
 */
export function proposeMapping(header: readonly string[]): Mapping {
  const mapping: Partial<Record<ImportField, number>> = {};
  for (const [index, head] of header.entries()) {
    const field = FIELD_OF.get(headerKey(head));
    if (!field) continue;
    if (mapping[field] === undefined) mapping[field] = index;
    else if (field === 'receivedOn' && mapping.repaidOn === undefined && mapping.repaid !== undefined)
      mapping.repaidOn = index;
  }
  return mapping;
}
