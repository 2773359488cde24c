import { IconDownload, IconFile, IconFileOff } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { later } from '../../kernel/later.ts'
import type { FileRecord } from '../../kernel/types.ts'
import { fileSize } from './file-size.ts'
import classes from './FileGallery.module.css'

const Lightbox = later(() => import('./Lightbox.tsx').then((file) => file.Lightbox))

const isPicture = (file: FileRecord) => file.state === 'stored' && !!file.thumbnail && file.type.startsWith('image/')

/** The files of an entry: pictures to look at, the others to fetch, and those that only an import knows of. */
export function FileGallery({ files }: { files: FileRecord[] }) {
  const { t } = useTranslation('entries')
  const [shown, setShown] = useState<number | null>(null)
  const pictures = files.filter(isPicture)
  const others = files.filter((file) => !isPicture(file))
  return (
    <div className={classes.gallery}>
      {pictures.length > 0 && (
        <div className={classes.pictures} data-count={Math.min(pictures.length, 3)}>
          {pictures.map((file, at) => (
            <button key={file.id} type="button" className={classes.picture} onClick={() => setShown(at)} aria-label={t('open_picture', { name: file.alt || file.name })}>
              <img src={file.thumbnail!} alt="" loading="lazy" style={ratio(file)} />
            </button>
          ))}
        </div>
      )}
      {others.map((file) => <FileLine key={file.id} file={file} />)}
      {shown !== null && <Suspense><Lightbox files={pictures} at={shown} close={() => setShown(null)} /></Suspense>}
    </div>
  )
}

// Known before the picture is there, so that nothing below it jumps.
const ratio = ({ width, height }: FileRecord) => (width && height ? { aspectRatio: `${width} / ${height}` } : undefined)

function FileLine({ file }: { file: FileRecord }) {
  const { t } = useTranslation(['entries', 'kernel'])
  const size = file.size ? fileSize(t('kernel:locale'), file.size) : ''
  if (file.state === 'record' || !file.url)
    return (
      <div className={classes.file} data-missing>
        <IconFileOff size={20} stroke={1.5} aria-hidden />
        <span className={classes.name}>{file.name}<small>{t('file_record')}</small></span>
      </div>
    )
  return (
    <a className={classes.file} href={file.url} download={file.name}>
      <IconFile size={20} stroke={1.5} aria-hidden />
      <span className={classes.name}>{file.name}<small>{[file.alt, size].filter(Boolean).join(' · ')}</small></span>
      <IconDownload size={16} stroke={1.75} aria-label={t('download')} />
    </a>
  )
}
