import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import classes from './Map.module.css'
import { frameName } from './words.ts'

const PACE = 1100

type Props = { months: string[]; frame: number; change: (frame: number) => void }

/** The months of the map, and last all of it: which groups there are stays, what is between them moves. */
export function Frames({ months, frame, change }: Props) {
  const { t } = useTranslation('map')
  const [isPlaying, setPlaying] = useState(false)
  const last = months.length
  useEffect(() => {
    if (!isPlaying) return
    const timer = setTimeout(() => (frame >= last ? setPlaying(false) : change(frame + 1)), PACE)
    return () => clearTimeout(timer)
  }, [isPlaying, frame, last, change])
  if (!months.length) return null
  const play = () => {
    if (!isPlaying && frame >= last) change(0)
    setPlaying(!isPlaying)
  }
  return (
    <div className={classes.frames}>
      <IconButton label={isPlaying ? t('pause') : t('play')} outlined size={36} onClick={play}>
        {isPlaying ? <IconPlayerPause size={18} /> : <IconPlayerPlay size={18} />}
      </IconButton>
      <input type="range" className={classes.slider} min={0} max={last} step={1} value={frame} onChange={(event) => change(event.currentTarget.valueAsNumber)}
        aria-label={t('month')} aria-valuetext={frameName(t, months, frame)} />
      <output className={classes.month} aria-live="polite">{frameName(t, months, frame)}</output>
    </div>
  )
}
