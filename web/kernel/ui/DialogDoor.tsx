import { shownDialog } from '../show-dialog.ts'

/** Where a dialog is drawn that something opened by `showDialog`. */
export function DialogDoor() {
  const shown = shownDialog.use()
  return shown && <shown.Dialog {...shown.props} close={() => shownDialog.set(null)} />
}
