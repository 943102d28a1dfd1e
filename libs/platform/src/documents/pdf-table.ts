import { MARGIN, type Element, type PdfSurface, type TextStyle } from './pdf-surface.js';

const CELL_PADDING = 5;
const CELL_SIZE = 9;

export interface Column {
  readonly head: string;
  /** Share of the width. */
  readonly weight: number;
  readonly align?: 'left' | 'right';
}

/** A table that goes on over the page with its header repeated. The first cell of each row is its header. */
export function drawTable(
  surface: PdfSurface,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): void {
  const table = surface.group(surface.root, 'Table');
  const total = columns.reduce((sum, { weight }) => sum + weight, 0);
  const layout = { surface, columns, widths: columns.map(({ weight }) => (surface.width * weight) / total) };
  const head = columns.map((column) => column.head);
  surface.room(rowHeight(layout, head, true) + rowHeight(layout, rows[0] ?? [], false));
  drawRow(layout, table, head, true);
  for (const row of rows) {
    if (!surface.fits(rowHeight(layout, row, false))) {
      surface.newPage();
      drawRow(layout, null, head, true);
    }
    drawRow(layout, table, row, false);
  }
  table.end();
}

interface Layout {
  readonly surface: PdfSurface;
  readonly columns: readonly Column[];
  readonly widths: readonly number[];
}

function styleOf(column: Column | undefined, header: boolean): TextStyle {
  return { font: header ? 'bold' : 'regular', size: CELL_SIZE, align: column?.align ?? 'left' };
}

function rowHeight({ surface, columns, widths }: Layout, cells: readonly string[], head: boolean): number {
  const heights = cells.map((text, index) =>
    surface.heightOf(
      text,
      styleOf(columns[index], head || index === 0),
      (widths[index] ?? 0) - 2 * CELL_PADDING,
    ),
  );
  return Math.max(0, ...heights) + 2 * CELL_PADDING;
}

/** Without a table it is a repeated header, which a reader aloud has heard before. */
function drawRow(layout: Layout, table: Element | null, cells: readonly string[], head: boolean): void {
  const { surface, columns, widths } = layout;
  const top = surface.y;
  const height = rowHeight(layout, cells, head);
  surface.artifact(() => {
    if (head) surface.ground(top, height, false);
    surface.rule(top + height);
  });
  const row = table && surface.group(table, 'TR');
  let x: number = MARGIN.left;
  columns.forEach((column, index) => {
    const width = widths[index] ?? 0;
    const header = head || index === 0;
    const left = x;
    const draw = (): void => {
      surface.y = top + CELL_PADDING;
      surface.text(
        cells[index] ?? '',
        styleOf(column, header),
        left + CELL_PADDING,
        width - 2 * CELL_PADDING,
      );
    };
    if (!row) surface.artifact(draw);
    else if (header) surface.element(row, 'TH', draw, { scope: head ? 'Column' : 'Row' });
    else surface.element(row, 'TD', draw);
    x += width;
  });
  row?.end();
  surface.y = top + height;
}
