import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, upload } from '../../kernel/api.ts'
import { useCommand } from '../../kernel/query.ts'

/** The systems whose archives are read; which one it is, the archive says. */
export type ImportKind = 'slack' | 'stackexchange'

/** What was not carried over. `code` names the reason, `what` and `why` say it in English. */
export type Loss = { code: string; what: string; count: number; why: string; examples: string[] }
export type Report = { people: number; spaces: number; entries: number; losses: Loss[] } & Record<string, unknown>

/** An import as the server tells it while it runs and afterwards. */
export type ImportJob = {
  id: string
  kind: ImportKind
  state: 'waiting' | 'running' | 'done' | 'failed'
  dry_run: boolean
  done: number
  total: number | null
  step: 'reading' | 'writing' | null
  report: Report | null
  error: { code: string; detail: string } | null
  started_by: string | null
  /** the archive of a dry run can be imported until then, by whoever sent it */
  kept_until: string | null
}

export function useImport(id: string | undefined) {
  return useQuery({
    queryKey: ['import', id],
    queryFn: ({ signal }) => api.get<ImportJob>(`/imports/${id}`, {}, signal),
    enabled: !!id,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && (state.data.state === 'done' || state.data.state === 'failed') ? false : 700),
  })
}

/** Imports the archive that was looked into. */
export const useImportKept = (done: (id: string) => void) =>
  useCommand<string, { id: string }>({ run: (id) => api.post<{ id: string }>(`/imports/${id}/begin`), done: ({ id }) => done(id) })

type Archive = { file: File; dry_run: boolean; confirm_addresses: boolean; name?: string }

/** Sends the archive; `share` is how much of it has left. */
export function useSendArchive(done: (id: string) => void) {
  const [share, setShare] = useState(0)
  const send = useCommand<Archive, { id: string }>({
    run: ({ file, ...wish }) => {
      const form = new FormData()
      form.append('file', file)
      setShare(0)
      return upload<{ id: string }>('/imports', form, setShare, wish)
    },
    done: ({ id }) => done(id),
  })
  return { ...send, share }
}
