import { Link } from '@tanstack/react-router'
import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import type { Entry } from '../../kernel/types.ts'
import classes from './EntryItem.module.css'

type Props = { entry: Entry; children: ReactNode }

/** Around each entry: what cannot be drawn takes nothing else of the page along, and is tried again when it changes. */
export class EntryGuard extends Component<Props, { brokenAt: Entry | null }> {
  state = { brokenAt: null as Entry | null }
  static getDerivedStateFromError = () => ({})
  componentDidCatch(error: unknown) {
    console.error(error)
    this.setState({ brokenAt: this.props.entry })
  }
  render() {
    return this.state.brokenAt === this.props.entry ? <Broken entry={this.props.entry} /> : this.props.children
  }
}

function Broken({ entry }: { entry: Entry }) {
  const { t } = useTranslation('entries')
  return <p className={classes.broken} data-entry={entry.id}>{t('broken')} <Link to={paths.entry(entry.id)}>{t('broken_open')}</Link></p>
}
