/** The addresses of a text that was typed or pasted: one a line, or with commas, semicolons or `Name <address>` as mail programs write them. */
export const addressesIn = (text: string): string[] =>
  text.split(/[\n,;]+/).map((part) => (/<([^<>]+)>/.exec(part)?.[1] ?? part).trim()).filter(Boolean)
