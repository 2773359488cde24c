/** Words for the editor. A mere string it would read as HTML, for which the policy of the page has no way. */
export const words = (text: string) => ({ type: 'text', text })
