/// <reference types="vite/client" />

declare module '@fontsource-variable/*'
declare module 'virtual:mantine-variables.css'

/** Trusted Types, as far as we use them; not every browser has them. */
declare var trustedTypes: { createPolicy: (name: string, rules: { createHTML: (text: string) => string }) => { createHTML: (text: string) => string } } | undefined
