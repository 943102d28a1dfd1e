import PDFDocument from 'pdfkit';
import { pdfFonts } from './pdf-fonts.js';

export const COLOURS = {
  ink: '#26221c',
  soft: '#5e5749',
  green: '#1a5449',
  line: '#d9d0bf',
  wash: '#f6f1e7',
} as const;

/** Margins in points (1/72 inch). */
export const MARGIN = { top: 62, bottom: 66, left: 56, right: 56 } as const;
const FOOTER_BASE = 40;

export interface PdfSettings {
  readonly title: string;
  readonly subject: string;
  /** Written as the creation date: with the same text the same bytes come out. */
  readonly date: Date;
  /** Stands at the foot of each page, before the page number. */
  readonly footer: string;
}

export interface TextStyle {
  readonly font: 'regular' | 'bold' | 'serif' | 'mono';
  /** Points. */
  readonly size: number;
  readonly colour?: string;
  readonly align?: 'left' | 'right';
  readonly link?: string;
  /** Points between the lines of one paragraph. */
  readonly lineGap?: number;
}

type Document = InstanceType<typeof PDFDocument>;
export type Element = ReturnType<Document['struct']>;

/**
 * A tagged document that is filled from top to bottom. Every piece of text stands in the structure tree, and what
 * is mere decoration is marked as such. Nothing in it depends on the time or on chance; streams are left
 * uncompressed, since zlib's output differs between versions of Node and the bytes shall not.
 */
export class PdfSurface {
  readonly root: Element;
  /** Of the text, in points. */
  readonly width: number;
  private readonly doc: Document;

  constructor(private readonly settings: PdfSettings) {
    const title = metadataText(settings.title);
    this.doc = new PDFDocument({
      size: 'A4',
      margins: MARGIN,
      pdfVersion: '1.7',
      tagged: true,
      lang: 'en',
      displayTitle: true,
      bufferPages: true,
      compress: false,
      info: {
        Title: title,
        Subject: metadataText(settings.subject),
        Creator: 'Commonwright',
        Producer: 'Commonwright (PDFKit)',
        CreationDate: settings.date,
      },
    });
    for (const [name, font] of Object.entries(pdfFonts())) this.doc.registerFont(name, font);
    this.root = this.doc.struct('Document', { title });
    this.doc.addStructure(this.root);
    this.width = this.doc.page.width - MARGIN.left - MARGIN.right;
  }

  /** Where the next text begins, from the top of the page. */
  get y(): number {
    return this.doc.y;
  }

  set y(points: number) {
    this.doc.y = points;
  }

  newPage(): void {
    this.doc.addPage();
  }

  /** True when this much fits on the present page. */
  fits(points: number): boolean {
    return this.doc.y + points <= this.doc.page.height - MARGIN.bottom;
  }

  /** Starts a page when less than this is left on the present one. */
  room(points: number): void {
    if (!this.fits(points)) this.newPage();
  }

  bookmark(text: string): void {
    this.doc.outline.addItem(text);
  }

  /** A node of the structure tree that holds other nodes. Close it with `end()`. */
  group(parent: Element, tag: string): Element {
    const element = this.doc.struct(tag);
    parent.add(element);
    return element;
  }

  /** A node of the structure tree with what `draw` draws. */
  element(
    parent: Element,
    tag: string,
    draw: () => void,
    options: { scope?: 'Column' | 'Row'; alt?: string } = {},
  ): void {
    // The types of this release of pdfkit do not know the scope yet; pdfkit itself does.
    const element = this.doc.struct(tag, options as Parameters<Document['struct']>[1]);
    parent.add(element);
    element.add(draw);
    element.end();
  }

  /** Decoration, which no reader aloud shall mention. */
  artifact(draw: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
    this.doc.markContent('Artifact', { type });
    draw();
    this.doc.endMarkedContent();
  }

  text(text: string, style: TextStyle, x: number = MARGIN.left, width = this.width): void {
    const { font, size, colour, align = 'left', link, lineGap = 0 } = style;
    this.doc
      .font(font)
      .fontSize(size)
      .fillColor(colour ?? COLOURS.ink);
    this.doc.text(printable(text), x, this.doc.y, { width, align, lineGap, ...(link && { link }) });
    this.doc.x = MARGIN.left;
  }

  heightOf(text: string, { font, size }: TextStyle, width: number): number {
    return this.doc.font(font).fontSize(size).heightOfString(printable(text), { width });
  }

  /** A tinted ground; with a frame, its corners are round. */
  ground(top: number, height: number, framed: boolean): void {
    if (framed)
      this.doc.roundedRect(MARGIN.left, top, this.width, height, 5).fillAndStroke(COLOURS.wash, COLOURS.line);
    else this.doc.rect(MARGIN.left, top, this.width, height).fill(COLOURS.wash);
  }

  rule(y: number): void {
    this.doc
      .moveTo(MARGIN.left, y)
      .lineTo(MARGIN.left + this.width, y)
      .lineWidth(0.5)
      .stroke(COLOURS.line);
  }

  /** Writes the feet of all pages, closes the document and gives its bytes. */
  async end(): Promise<Buffer> {
    this.root.end();
    this.feet();
    const chunks: Buffer[] = [];
    this.doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    const ended = new Promise((resolve, reject) => this.doc.on('end', resolve).on('error', reject));
    this.doc.end();
    await ended;
    return Buffer.concat(chunks);
  }

  private feet(): void {
    const { start, count } = this.doc.bufferedPageRange();
    for (let index = 0; index < count; index += 1) {
      this.doc.switchToPage(start + index);
      // Below the lower margin, where pdfkit would otherwise begin a page of its own.
      this.doc.page.margins.bottom = 0;
      const y = this.doc.page.height - FOOTER_BASE;
      this.artifact(() => {
        this.doc.font('regular').fontSize(8).fillColor(COLOURS.soft);
        this.doc.text(printable(this.settings.footer), MARGIN.left, y, {
          width: this.width - 80,
          lineBreak: false,
        });
        this.doc.text(`Page ${index + 1} of ${count}`, MARGIN.left, y, {
          width: this.width,
          align: 'right',
          lineBreak: false,
        });
      }, 'Pagination');
    }
  }
}

/** Tabs and the carriage returns of pasted text have no glyph. */
function printable(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/\t/g, '    ');
}

/**
 * pdfkit writes the title into XML without escaping it, so that a `<` in it would break the metadata: the three
 * signs are replaced by others that look alike.
 */
function metadataText(text: string): string {
  return text.replace(/&/g, '＆').replace(/</g, '‹').replace(/>/g, '›');
}
