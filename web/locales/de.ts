/** The texts of the first view in one file: a file per namespace would be a request for each. */
export const first = import.meta.glob<object>('./de/*.json', { eager: true, import: 'default' })

/** The texts of pages that few open, by namespace; such a page names them in `texts`. */
export const later = import.meta.glob<object>('./de/later/*.json', { import: 'default' })
