import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { notify, notifyUndo } from '../../kernel/notify.ts'
import { paths } from '../../kernel/paths.ts'
import { changePages, queryClient, snapshot, useCommand } from '../../kernel/query.ts'
import { INTRODUCTIONS, SUGGESTIONS } from './keys.ts'
import type { Introduction, PersonSuggestion, Suggestions } from './queries.ts'

const refresh = () => void queryClient.invalidateQueries({ queryKey: SUGGESTIONS })

/** Takes a suggestion away for good, unless that is undone at once. */
export function useDecline(kind: 'person' | 'space', id: string, name: string) {
  const { t } = useTranslation('suggestions')
  return useCommand<void, unknown>({
    run: () => api.post('/suggestions/decline', { kind, id }),
    apply: () => {
      const undo = snapshot(SUGGESTIONS)
      queryClient.setQueryData<Suggestions>(SUGGESTIONS, (data) => data && {
        ...data, people: data.people.filter(({ person }) => person.id !== id), spaces: data.spaces.filter(({ space }) => space.id !== id),
      })
      return undo
    },
    done: () => notifyUndo(t('declined', { name }), () => void api.post('/suggestions/undecline', { kind, id }).then(refresh)),
    failed: t('failed.decline'),
  })
}

/** Joins a suggested space in place; it then stands in the rail and leaves the list. */
export function useJoinSuggested(id: string, name: string) {
  const { t } = useTranslation('suggestions')
  return useCommand<void, unknown>({
    run: () => api.post(`/spaces/${id}/join`),
    done: () => {
      refresh()
      void queryClient.invalidateQueries({ queryKey: ['spaces'] })
    },
    failed: t('failed.join', { name }),
  })
}

export function useAskForIntroduction({ person }: PersonSuggestion, done: () => void) {
  const { t } = useTranslation('suggestions')
  return useCommand<{ through: string; note: string }, unknown>({
    run: (input) => api.post('/introductions', { ...input, to: person.id }),
    done: () => {
      notify(t('asked_now'))
      refresh()
      done()
    },
  })
}

type Answer = { state: string; space: string | null }

/** Says yes or no to an introduction; the second yes leads to where the three meet. */
export function useAnswer({ id }: Introduction) {
  const { t } = useTranslation('suggestions')
  const navigate = useNavigate()
  return useCommand<boolean, Answer>({
    run: (isYes) => api.post<Answer>(`/introductions/${id}/${isYes ? 'accept' : 'decline'}`),
    apply: () => {
      const undo = snapshot(INTRODUCTIONS)
      changePages<Introduction>(INTRODUCTIONS, (items) => items.filter((one) => one.id !== id))
      return undo
    },
    done: ({ state, space }) => {
      if (space) void navigate({ to: paths.conversation(space) })
      else if (state === 'passed_on') notify(t('passed_on'))
    },
    failed: t('failed.answer'),
  })
}
