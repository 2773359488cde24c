import { useEffect } from 'react'

let page = 'Folkmoot'
let waiting = 0

const MOST = 99
const show = () => {
  document.title = waiting ? `(${waiting > MOST ? `${MOST}+` : waiting}) ${page}` : page
}

/** Names the page in the browser's tab, while the component is there. */
export function useTitle(title: string) {
  useEffect(() => {
    page = `${title} · Folkmoot`
    show()
  }, [title])
}

/** How much waits for me, before the name of the page: what one sees of a tab in the background. */
export function useWaitingInTitle(count: number) {
  useEffect(() => {
    waiting = count
    show()
    return () => {
      waiting = 0
      show()
    }
  }, [count])
}
