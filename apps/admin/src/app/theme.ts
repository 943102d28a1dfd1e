import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** The green of an old workbench: the colour of everything that can be pressed. */
const bench: MantineColorsTuple = [
  '#eef6f3', '#dcebe6', '#b5d6cc', '#8cc1b1', '#68ad9a', '#479a85', '#2f7f6d', '#1f6658', '#1a5449', '#123d35',
]; // prettier-ignore

/** Ochre: what waits, and what wants attention. */
const ochre: MantineColorsTuple = [
  '#fdf6e3', '#f8eac3', '#f1d68c', '#e9c156', '#e0ad34', '#cf9720', '#a87513', '#875a0b', '#6c4708', '#4f3405',
]; // prettier-ignore

const brick: MantineColorsTuple = [
  '#fdf0ec', '#f8dcd3', '#efb7a6', '#e59078', '#dc6f52', '#cb5335', '#b04227', '#93341d', '#752917', '#561d10',
]; // prettier-ignore

/** Greys with a little yellow in them, so that they belong to the paper. */
const gray: MantineColorsTuple = [
  '#faf7f0', '#f3eee3', '#e8e1d3', '#d9d0bf', '#c3b8a4', '#9c917d', '#766d5c', '#5b5346', '#433d33', '#2b2721',
]; // prettier-ignore

const dark: MantineColorsTuple = [
  '#e9e4d9', '#c9c3b5', '#a9a294', '#6f695d', '#4a463d', '#3a372f', '#2b2923', '#211f1b', '#1a1915', '#12110e',
]; // prettier-ignore

export const theme = createTheme({
  primaryColor: 'bench',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  colors: { bench, ochre, brick, gray, dark, red: brick, green: bench, yellow: ochre },
  black: '#26221c',
  white: '#fffdf8',
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: {
    fontFamily:
      'Charter, "Bitstream Charter", "Sitka Text", "Iowan Old Style", Cambria, Georgia, "DejaVu Serif", serif',
    fontWeight: '600',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: 'clamp(1.5rem, 1.2rem + 1.4vw, 2.1rem)', lineHeight: '1.2' },
      h2: { fontSize: 'clamp(1.15rem, 1.05rem + 0.5vw, 1.4rem)', lineHeight: '1.3' },
      h3: { fontSize: '1.05rem', lineHeight: '1.35' },
    },
  },
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '10px', lg: '14px', xl: '22px' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2.25rem' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  // By name, for an import would bring every one of them to the first page.
  components: {
    // A long name in a button wraps on a phone: what would be cut off is what the person agrees to.
    Button: {
      defaultProps: { size: 'md' },
      styles: {
        root: { height: 'auto', minHeight: 'var(--button-height)', paddingBlock: 6 },
        // A link that looks like a button has no centring of its own.
        inner: { minHeight: 'calc(var(--button-height) - 14px)' },
        label: { whiteSpace: 'normal' },
      },
    },
    ActionIcon: { defaultProps: { size: 44, variant: 'subtle', color: 'gray' } },
    Anchor: { defaultProps: { underline: 'always' } },
    Card: { defaultProps: { withBorder: true, padding: 'lg', radius: 'lg' } },
    Paper: { defaultProps: { radius: 'lg' } },
    // 16 px keeps phones from zooming into a field.
    TextInput: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    NumberInput: { defaultProps: { size: 'md', clampBehavior: 'none' } },
    NativeSelect: { defaultProps: { size: 'md' } },
    Checkbox: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md', autosize: true, minRows: 2 } },
    Modal: { defaultProps: { centered: true, radius: 'lg' } },
    Tooltip: { defaultProps: { events: { hover: true, focus: true, touch: true } } },
  },
});

/** Paper under everything, cards a shade lighter; measured against WCAG AA by the browser tests. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f6f1e7',
    '--mantine-color-text': '#26221c',
    '--mantine-color-dimmed': '#5e5749',
    '--mantine-color-placeholder': '#746b5a',
    '--mantine-color-error': '#93341d',
    '--mantine-color-anchor': '#1a5449',
    '--mantine-color-default-border': '#d9d0bf',
    '--cw-surface': '#fffdf8',
    '--cw-sunken': '#efe8da',
    '--cw-line': '#ddd4c3',
    '--cw-accent': '#a87513',
  },
  dark: {
    '--mantine-color-body': '#1a1915',
    '--mantine-color-text': '#ece7dc',
    '--mantine-color-dimmed': '#b5ae9f',
    '--mantine-color-placeholder': '#9d9687',
    '--mantine-color-error': '#efb7a6',
    '--mantine-color-anchor': '#8cc1b1',
    '--mantine-color-default-border': '#46423a',
    '--mantine-color-default': '#2b2923',
    '--cw-surface': '#24221d',
    '--cw-sunken': '#151410',
    '--cw-line': '#3a372f',
    '--cw-accent': '#e0ad34',
  },
});
