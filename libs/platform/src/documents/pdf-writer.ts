import { COLOURS, MARGIN, PdfSurface, type PdfSettings, type TextStyle } from './pdf-surface.js';
import { drawTable, type Column } from './pdf-table.js';

const PANEL_PADDING = 12;

export interface PanelLine {
  readonly text: string;
  readonly font?: TextStyle['font'];
  readonly size?: number;
  readonly soft?: boolean;
}

/** The vocabulary of our documents: title, headings with bookmarks, paragraphs, terms, tables and panels. */
export class PdfWriter {
  private readonly surface: PdfSurface;

  constructor(settings: PdfSettings) {
    this.surface = new PdfSurface(settings);
  }

  /** The one title, with a small line above it. */
  title(above: string, text: string): this {
    this.write('P', above, { font: 'bold', size: 9.5, colour: COLOURS.green });
    this.gap(3);
    this.surface.bookmark(text);
    this.write('H1', text, { font: 'serif', size: 19 });
    return this.gap(6);
  }

  heading(text: string): this {
    this.gap(13);
    this.surface.room(58);
    this.surface.bookmark(text);
    this.write('H2', text, { font: 'serif', size: 12.5, colour: COLOURS.green });
    return this.gap(4);
  }

  /** Paragraphs, where empty lines part them. */
  paragraph(text: string, style: { soft?: boolean; font?: TextStyle['font']; size?: number } = {}): this {
    const colour = style.soft ? COLOURS.soft : COLOURS.ink;
    for (const block of text.split(/\n\s*\n/)) {
      this.write('P', block.trim(), {
        font: style.font ?? 'regular',
        size: style.size ?? 10,
        colour,
        lineGap: 1.5,
      });
      this.gap(3);
    }
    return this;
  }

  /** An address that can be followed. */
  link(address: string): this {
    const style = { font: 'regular', size: 9.5, colour: COLOURS.green, link: address } as const;
    this.surface.element(this.surface.root, 'Link', () => this.surface.text(address, style), {
      alt: address,
    });
    return this.gap(4);
  }

  /** Each name on a line of its own above the text that stands for it. */
  terms(pairs: readonly (readonly [name: string, text: string])[]): this {
    for (const [name, text] of pairs) {
      this.surface.room(34);
      this.write('P', name, { font: 'bold', size: 10 });
      this.gap(1).paragraph(text);
    }
    return this;
  }

  table(columns: readonly Column[], rows: readonly (readonly string[])[]): this {
    drawTable(this.surface, columns, rows);
    return this.gap(4);
  }

  /** A framed block on a tinted ground, for what must be found at once. */
  panel(lines: readonly PanelLine[]): this {
    const width = this.surface.width - 2 * PANEL_PADDING;
    const styled = lines.map(({ text, font = 'regular', size = 9.5, soft }) => {
      const style = { font, size, colour: soft ? COLOURS.soft : COLOURS.ink };
      return { text, style, height: this.surface.heightOf(text, style, width) + 4 };
    });
    const height = styled.reduce((sum, line) => sum + line.height, 16);
    this.surface.room(height);
    const top = this.surface.y;
    this.surface.artifact(() => this.surface.ground(top, height, true));
    this.surface.y = top + 10;
    for (const { text, style } of styled) {
      this.write('P', text, style, MARGIN.left + PANEL_PADDING, width);
      this.gap(4);
    }
    this.surface.y = top + height;
    return this.gap(6);
  }

  gap(points: number): this {
    this.surface.y += points;
    return this;
  }

  end(): Promise<Buffer> {
    return this.surface.end();
  }

  private write(tag: string, text: string, style: TextStyle, x?: number, width?: number): void {
    this.surface.element(this.surface.root, tag, () => this.surface.text(text, style, x, width));
  }
}
