import { Link } from '@tanstack/react-router'
import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import type { Entry } from '../../kernel/types.ts'
import classes from './EntryItem.module.css'

type Props = { entry: Entry; children: ReactNode }

/** Around each entry: what cannot be drawn takes nothing else of the page along, and is tried again when it changes. */
export class EntryGuard extends Component<Props, { of: Entry; isBroken: boolean }> {
  state = { of: this.props.entry, isBroken: false }
  static getDerivedStateFromError = () => ({ isBroken: true })
  static getDerivedStateFromProps = ({ entry }: Props, { of }: { of: Entry }) => (entry === of ? null : { of: entry, isBroken: false })
  render() {
    return this.state.isBroken ? <Broken entry={this.props.entry} /> : this.props.children
  }
}

function Broken({ entry }: { entry: Entry }) {
  const { t } = useTranslation('entries')
  return <p className={classes.broken} data-entry={entry.id}>{t('broken')} <Link to={paths.entry(entry.id)}>{t('broken_open')}</Link></p>
}
