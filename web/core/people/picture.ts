import { useQuery } from '@tanstack/react-query'
import type { TieChoices } from '../../../server/core/ties/schema.ts'
import { api } from '../../kernel/api.ts'
import { queryClient, snapshot, useCommand } from '../../kernel/query.ts'

/** Whatever is derived from who talks with whom lies below `all`: it changes when somebody leaves the picture. */
export const pictureKeys = { all: ['picture'] as const, choices: ['picture', 'choices'] as const }

/** Whether I am part of the picture of the network. */
export function usePictureChoices() {
  return useQuery({ queryKey: pictureKeys.choices, queryFn: ({ signal }) => api.get<TieChoices>('/me/network', {}, signal) })
}

/** Leaves the picture, or comes back. */
export function useChoosePicture(failed: string, done?: () => void) {
  return useCommand<Partial<TieChoices>, TieChoices>({
    run: (choices) => api.patch<TieChoices>('/me/network', choices),
    apply: (choices) => {
      const undo = snapshot(pictureKeys.choices)
      queryClient.setQueryData<TieChoices>(pictureKeys.choices, (before) => before && { ...before, ...choices })
      return undo
    },
    done: () => {
      void queryClient.invalidateQueries({ queryKey: pictureKeys.all })
      done?.()
    },
    failed,
  })
}
