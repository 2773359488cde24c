import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '../../kernel/reason.ts'
import classes from './Decisions.module.css'

/** Runs a command once at a time; what the server refuses is said where it was asked. */
export function useAct() {
  const { t } = useTranslation('deciding')
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const act = async (work: () => Promise<unknown>, done?: () => void) => {
    setIsBusy(true)
    setProblem(null)
    try {
      await work()
      done?.()
    } catch (error) {
      setProblem(reasonOf(t, error))
    } finally {
      setIsBusy(false)
    }
  }
  return { act, isBusy, problem: problem && <p className={classes.problem} role="alert">{problem}</p> }
}

/** A part of a decision under a heading of its own. */
export function Part({ title, side, children }: { title: string; side?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.part} aria-label={title}>
      <h4 className={classes.heading}>{title}{side}</h4>
      {children}
    </section>
  )
}
