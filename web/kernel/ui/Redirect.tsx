import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'

/** Goes elsewhere, once. The router's own Navigate goes again with each render, for ever where its parent watches the address. */
export function Redirect({ to, back }: { to: string; back?: string }) {
  const navigate = useNavigate()
  useEffect(() => {
    void navigate({ to, search: (back ? { back } : {}) as never, replace: true })
  }, [to])
  return null
}
