import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { pieces, type Piece } from '../../../server/kernel/text.ts'
import { paths } from '../../kernel/paths.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Entry } from '../../kernel/types.ts'
import { EmojiName } from './EmojiName.tsx'
import classes from './Markdown.module.css'

// Thousands of links in one text would hold up the page; nobody means them.
const MOST = 500

/** Words with their @people, #topics and :emoji:; a line end is a line end, as in any conversation. */
export function MarkdownText({ value, mentions }: { value: string; mentions: Entry['mentions'] }) {
  return fewPieces(value).map((piece, at) => <Fragment key={at}><PieceOfText piece={piece} mentions={mentions} /></Fragment>)
}

function fewPieces(value: string): Piece[] {
  const found = pieces(value)
  if (found.length <= MOST) return found
  return [...found.slice(0, MOST), { type: 'text', value: found.slice(MOST).map((piece) => piece.value).join('') }]
}

function PieceOfText({ piece, mentions }: { piece: Piece; mentions: Entry['mentions'] }) {
  const me = useMe()
  if (piece.type === 'mention') {
    const person = mentions.find(({ handle }) => handle.toLowerCase() === piece.handle)
    if (!person) return piece.value
    return (
      <Link className={classes.mention} data-me={person.id === me.id || undefined} to={paths.person(person.id)} title={piece.value}>
        @{person.name}
      </Link>
    )
  }
  if (piece.type === 'topic') return <Link className={classes.topic} to={paths.topic(piece.topic)}>{piece.value}</Link>
  if (piece.type === 'emoji') return <EmojiName name={piece.name} />
  return piece.value.split('\n').map((line, at) => <Fragment key={at}>{at > 0 && <br />}{line}</Fragment>)
}
