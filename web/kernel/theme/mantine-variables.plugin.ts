import { MantineProvider } from '@mantine/core'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { Plugin } from 'vite'
import { cssVariables, theme } from './theme.ts'

const NAME = 'virtual:mantine-variables.css'

const WRITERS = /@mantine\/core\/esm\/core\/MantineProvider\/(?:MantineCssVariables|MantineClasses)\/(MantineCssVariables|MantineClasses)\.mjs$/

/** The styles that Mantine would write into the page for our theme, as a stylesheet; what writes them there is not shipped. */
export const mantineVariables = (): Plugin => ({
  name: 'mantine-variables',
  enforce: 'pre',
  resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
  load(id) {
    if (id === `\0${NAME}`) return variables()
    const [, writer] = WRITERS.exec(id) ?? []
    return writer ? `export const ${writer} = () => null` : null
  },
})

function variables(): string {
  const page = renderToStaticMarkup(createElement(MantineProvider, { theme, cssVariablesResolver: cssVariables, withGlobalClasses: false }))
  const [, css] = /^<style [^>]*>([^<]+)<\/style>$/.exec(page) ?? []
  if (!css) throw new Error(`Mantine writes its variables in another way now: ${page.slice(0, 200)}`)
  return css
}
