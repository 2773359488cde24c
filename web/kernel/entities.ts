const CHECKED = /^[a-z][a-z0-9]{1,30}$/i

// Nothing but the name of one character becomes HTML by it.
const policy = globalThis.trustedTypes?.createPolicy('folkmoot', {
  createHTML: (name) => (CHECKED.test(name) ? `&${name};` : ''),
})

const element = document.createElement('i')

/**
 * The sign that `&name;` stands for in HTML, or false. It takes the place of the package decode-named-character-reference,
 * which hands text to the browser's reader of HTML that the policy of the page (Trusted Types) refuses.
 */
export function decodeNamedCharacterReference(name: string): string | false {
  if (!CHECKED.test(name)) return false
  element.innerHTML = policy ? policy.createHTML(name) : `&${name};`
  const sign = element.textContent
  // Some are read without their semicolon, and the rest then stands behind the sign: `&notit;` as `¬it;`.
  return sign === `&${name};` || (sign.endsWith(';') && name !== 'semi') ? false : sign
}
