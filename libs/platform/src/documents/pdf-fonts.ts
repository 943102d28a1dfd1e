import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

function font(file: string): Buffer {
  return readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${file}.ttf`));
}

/**
 * DejaVu, embedded in every document: the fonts that each PDF reader brings write neither Polish nor Greek.
 * Read once for each process, on first use.
 */
let loaded: Readonly<Record<'regular' | 'bold' | 'serif' | 'mono', Buffer>> | null = null;

export function pdfFonts(): NonNullable<typeof loaded> {
  loaded ??= {
    regular: font('DejaVuSansCondensed'),
    bold: font('DejaVuSansCondensed-Bold'),
    serif: font('DejaVuSerifCondensed-Bold'),
    mono: font('DejaVuSansMono'),
  };
  return loaded;
}
