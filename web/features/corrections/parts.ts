import './readings.ts'

// What comes with the first corrected entry, the first menu, or once the page has settled.
export { correctionLines } from './menu.ts'
export { Note } from './Note.tsx'
