import { Suspense } from 'react'
import { later } from '../../kernel/later.ts'
import type { NoteProps } from './Note.tsx'

const Note = later(() => import('./parts.ts').then((file) => file.Note), ['corrections', 'history'])

/** What of an entry was wrong, as soon as what shows it has come. */
export const NoteDoor = (props: NoteProps) => props.entry.corrected && <Suspense><Note {...props} /></Suspense>
