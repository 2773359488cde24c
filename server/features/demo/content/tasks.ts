/** Somebody says something about a task, or moves it on; `after` is since the line before, as in the other scripts. */
export type TaskLine = { after: string; author: string; body: string; state?: 'open' | 'doing' | 'done' | 'dropped' }
export type TaskScript = {
  key: string; space: string; at: string; author: string; title: string; body: string; assignees?: string
  /** how many days after the anchor it is due */
  due?: number
  priority?: 'low' | 'high' | 'urgent'; estimate?: number; repeats?: string
  /** a cross before what is done */
  checklist?: string[]
  /** keys of the task that it is a part of, and of those that have to be done before */
  of?: string; waits?: string
  lines: TaskLine[]
}

/** What people of Kolovar have to do. */
export const tasks: TaskScript[] = [
  {
    key: 'tester', space: 'line4', at: '-15 08:05', author: 'ivana', title: 'Get the second tester running', assignees: 'andrej tomaz', due: 6, priority: 'high',
    body: 'It stands in hall 2, wrapped, since Monday. Before it tests anything that we sell, it has to agree with the old one on twenty packs.', lines: [
      { after: '2h', author: 'andrej', body: 'Unwrapped. It is prettier than the old one, which worries me.' },
      { after: '3d', author: 'andrej', state: 'doing', body: 'Air and power are there' },
      { after: '2d', author: 'tomaz', body: 'I need the socket list from Luka for the adapter, else I build it twice.' },
    ],
  },
  {
    key: 'adapter', space: 'line4', at: '-13 10:30', author: 'tomaz', title: 'Adapter plate for the second tester', assignees: 'fatmir', due: 1, estimate: 480, of: 'tester', waits: 'sockets',
    body: '', lines: [{ after: '1d', author: 'fatmir', body: 'The plate is cut. The holes wait for Luka.' }],
  },
  {
    key: 'sockets', space: 'line4', at: '-13 10:40', author: 'tomaz', title: 'List of sockets with their positions', assignees: 'luka', due: -1, estimate: 60, of: 'tester',
    body: 'To a tenth of a millimetre, please, not from the drawing of last year.', lines: [{ after: '4d', author: 'luka', state: 'doing', body: 'I measure all nine, drawing and part differ in two.' }],
  },
  {
    key: 'twenty', space: 'line4', at: '-13 10:45', author: 'tomaz', title: 'Measure twenty packs on both testers', assignees: 'spela', of: 'tester', waits: 'adapter', body: '', lines: [],
  },
  {
    key: 'board', space: 'line4', at: '-40 07:20', author: 'ivana', title: 'English beside Slovenian on the board', assignees: 'benedek', due: -33, body: 'As decided, when we left the tablets where they are.', lines: [
      { after: '1d', author: 'benedek', state: 'doing', body: 'First week is translated' },
      { after: '5d', author: 'benedek', state: 'done', body: 'Printed, laminated, hung. Zala found one word that made everybody laugh, it stays.' },
    ],
  },
  {
    key: 'fans', space: 'line4', at: '-20 13:10', author: 'dejan', title: 'Clean the fans of the dry room', assignees: 'dejan', due: 3, repeats: 'FREQ=WEEKLY', estimate: 45,
    body: 'Every week, before the weekend shift, as long as the dust from the new floor comes.', checklist: ['North wall', 'South wall', 'Write the pressure into the book'], lines: [],
  },
  {
    key: 'notch', space: 'line4', at: '-9 09:15', author: 'fatmir', title: 'Bins with a notch for station 11', assignees: 'fatmir nejc', due: 9, body: 'For everybody to whom yellow and green are the same.',
    checklist: ['x Drawing', 'x One to try', 'Twelve pieces', 'Swap them at the change of shift'], lines: [{ after: '2d', author: 'fatmir', state: 'doing', body: 'Nejc has found it in the dark with gloves' }],
  },
  { key: 'radio', space: 'line4', at: '-5 06:10', author: 'nejc', title: 'Ask whether the radios have a quieter setting', priority: 'low', body: 'At six they are louder than the line.', lines: [] },
  {
    key: 'second', space: 'line4', at: '-24 11:00', author: 'imran', title: 'Order a second label printer', assignees: 'imran', body: '', lines: [
      { after: '3d', author: 'imran', state: 'dropped', body: 'The old one only wanted a new roll. It prints faster than we glue.' },
    ],
  },
]
