import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

/** Mantine wants ten shades; the light theme takes the seventh, the dark one the third. */
const moss: MantineColorsTuple = [
  '#e4efe7', '#cfe3d6', '#a9dcc2', '#7cc4a0', '#57a783', '#3f8a67', '#2b6a4d', '#245b42', '#1e4f39', '#153a2a',
]
const berry: MantineColorsTuple = [
  '#f9e6eb', '#f3ccd6', '#efadc0', '#ea8fa8', '#d4698a', '#b84b6c', '#9c2f4f', '#862743', '#6f2038', '#57182b',
]
const amber: MantineColorsTuple = [
  '#faeeda', '#f4ddb5', '#edc98c', '#e6b566', '#d1963c', '#b5771f', '#9a5b0b', '#834d09', '#6b3f07', '#533105',
]

// The fifth of each is the line around fields: 3 : 1 against their ground.
const gray: MantineColorsTuple = [
  '#f8f7f2', '#f3f1ea', '#efece3', '#e5e1d6', '#918f85', '#7d7f77', '#6b746e', '#5d6470', '#4c5550', '#1d2320',
]
const dark: MantineColorsTuple = [
  '#e9ebe6', '#b4bbb5', '#8d958f', '#7a837d', '#68716b', '#2c322e', '#1c201e', '#161917', '#121513', '#0d100e',
]

export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  primaryColor: 'moss',
  primaryShade: { light: 6, dark: 3 },
  colors: { moss, berry, amber, gray, dark },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  fontSizes: { xs: '13px', sm: '15px', md: '15px', lg: '17px', xl: '18px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.35', xl: '1.3' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '10px', xl: '16px' },
  headings: {
    fontFamily: 'var(--font)',
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '18px', lineHeight: '1.3' },
      h2: { fontSize: '17px', lineHeight: '1.3' },
      h3: { fontSize: '15px', lineHeight: '1.4' },
    },
  },
  components: {
    // White letters, Mantine's choice for both schemes, cannot be read on the light moss of the dark one.
    Button: { vars: (_theme: unknown, { variant }: { variant?: string }) => ({ root: !variant || variant === 'filled' ? { '--button-color': 'var(--paper)' } : {} }) },
    Checkbox: { defaultProps: { size: 'md' }, vars: () => ({ root: { '--checkbox-icon-color': 'var(--paper)' } }) },
    Radio: { defaultProps: { size: 'md' }, vars: () => ({ root: { '--radio-icon-color': 'var(--paper)' } }) },
    PasswordInput: { defaultProps: { visibilityToggleFocusable: true } },
    // At the left it would move the words of one line only.
    Select: { defaultProps: { checkIconPosition: 'right' } },
    Modal: { defaultProps: { centered: true, radius: 'lg', transitionProps: { duration: 120 }, overlayProps: { backgroundOpacity: 0.35 } } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 100 } } },
    Popover: { defaultProps: { transitionProps: { duration: 100 } } },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 80 } } },
  },
})

const colours = {
  '--mantine-color-body': 'var(--paper)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-anchor': 'var(--moss-ink)',
  '--mantine-color-error': 'var(--berry)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-default': 'var(--sheet)',
  '--mantine-color-default-hover': 'var(--line-soft)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-moss-filled': 'var(--moss)',
  '--mantine-color-moss-filled-hover': 'color-mix(in srgb, var(--moss) 88%, var(--ink))',
  '--mantine-color-moss-light': 'var(--moss-soft)',
  '--mantine-color-moss-light-hover': 'color-mix(in srgb, var(--moss-soft) 80%, var(--moss))',
  '--mantine-color-moss-light-color': 'var(--moss-ink)',
  '--mantine-color-moss-text': 'var(--moss-ink)',
  '--mantine-color-moss-outline': 'var(--moss)',
  '--mantine-color-berry-text': 'var(--berry)',
  '--mantine-color-berry-light': 'var(--berry-soft)',
  '--mantine-color-berry-light-color': 'var(--berry)',
  '--mantine-color-amber-light': 'var(--amber-soft)',
  '--mantine-color-amber-light-color': 'var(--amber)',
}

/** Mantine's own names for colours, answered with ours, so that both schemes have one source. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--mantine-shadow-md': 'var(--shadow)', '--mantine-shadow-lg': 'var(--shadow)' },
  light: { ...colours, '--mantine-primary-color-contrast': '#fbfaf6' },
  dark: { ...colours, '--mantine-primary-color-contrast': '#161917' },
})
