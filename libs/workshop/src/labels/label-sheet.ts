import PDFDocument from 'pdfkit';
import encodeQR from 'qr';
import { pdfFonts } from '#platform';
import type { LabelView } from '../machine.reader.js';

/** A sheet of 21 labels of 63.5 × 38.1 mm on A4, as shops sell them; plain paper and scissors do as well. */
const SHEET = { columns: 3, rows: 7, left: 7.25, top: 15.15, width: 63.5, height: 38.1, gap: 2.5 } as const;

const POINTS_PER_MILLIMETRE = 72 / 25.4;
const QR_MILLIMETRES = 29;
/** The quiet zone that ISO/IEC 18004 asks for. */
const QUIET_MODULES = 4;
const PADDING_MILLIMETRES = 3;

/** The address behind a label: short, so that its squares stay large. */
export function labelAddress(label: Pick<LabelView, 'kind' | 'code'>, origin: string): string {
  return `${origin}/${label.kind === 'machine' ? 'm' : 's'}/${label.code}`;
}

/**
 * Draws a PDF with one label for each, in their order.
 * @param origin the address of this instance without a trailing slash
 * @param now stands in the document as its date
 */
export function drawLabels(
  labels: readonly LabelView[],
  about: { readonly title: string; readonly origin: string; readonly now: Date },
): Promise<Buffer> {
  const document = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    lang: 'en',
    displayTitle: true,
    info: { Title: about.title, CreationDate: about.now, ModDate: about.now },
  });
  const fonts = pdfFonts();
  document.registerFont('regular', fonts.regular).registerFont('bold', fonts.bold);
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<Buffer>((resolve, reject) => {
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
  const perPage = SHEET.columns * SHEET.rows;
  labels.forEach((label, index) => {
    if (index % perPage === 0) document.addPage();
    const place = index % perPage;
    const column = place % SHEET.columns;
    const row = Math.floor(place / SHEET.columns);
    const x = points(SHEET.left + column * (SHEET.width + SHEET.gap));
    const y = points(SHEET.top + row * SHEET.height);
    drawLabel(document, label, about.origin, x, y);
  });
  if (labels.length === 0) document.addPage();
  document.end();
  return done;
}

type Document = InstanceType<typeof PDFDocument>;

function drawLabel(document: Document, label: LabelView, origin: string, x: number, y: number): void {
  const padding = points(PADDING_MILLIMETRES);
  const address = labelAddress(label, origin);
  drawCode(document, address, x + padding, y + points(SHEET.height - QR_MILLIMETRES) / 2);
  const left = x + padding + points(QR_MILLIMETRES + 2);
  const width = x + points(SHEET.width) - left - padding;
  const line = { width, lineBreak: true, ellipsis: true } as const;
  document.fillColor('#111111');
  document.font('bold').fontSize(10);
  document.text(label.name, left, y + padding + 4, { ...line, height: 38 });
  document.font('regular').fontSize(7.5);
  const where = label.kind === 'section' ? 'Section' : `${label.place}, ${label.section}`;
  document.text(where, left, y + points(17), { ...line, height: 20 });
  const what = label.kind === 'section' ? 'Scan: the board' : 'Scan: report, repair, take jobs';
  document.fontSize(6.5).text(what, left, y + points(25.5), { ...line, height: 18 });
  document
    .font('bold')
    .fontSize(7.5)
    .text(label.code, left, y + points(32), { ...line, height: 10 });
}

function drawCode(document: Document, address: string, x: number, y: number): void {
  const modules = encodeQR(address, 'raw', { ecc: 'medium', border: QUIET_MODULES });
  const size = points(QR_MILLIMETRES) / modules.length;
  document.fillColor('#000000');
  modules.forEach((row, down) => {
    row.forEach((dark, right) => {
      if (dark) document.rect(x + right * size, y + down * size, size, size);
    });
  });
  // One path for all squares: drawn one by one, printers leave hairlines between them.
  document.fill();
}

function points(millimetres: number): number {
  return millimetres * POINTS_PER_MILLIMETRE;
}
