/** Every namespace of the language in one file to fetch: a file per namespace would be thirty requests. */
export default import.meta.glob<object>('./en/*.json', { eager: true, import: 'default' })
