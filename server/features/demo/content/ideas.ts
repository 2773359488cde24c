/** Somebody answers, takes the idea a step on, or says whether it worked; `after` is since the line before, as in the other scripts. */
export type IdeaLine = {
  after: string; author: string; body: string
  stage?: 'discussed' | 'trial' | 'adopted' | 'declined'; measured?: string
  /** up to how many days after the anchor it is tried */
  until?: number
  owner?: true
  worked?: 'yes' | 'partly' | 'no'
  /** into which idea, by its key */
  merged?: string
}
export type IdeaScript = { key: string; space: string; at: string; author: string; title: string; body: string; support: string; lines: IdeaLine[] }

/** What people of Kolovar propose, and what became of it. */
export const ideas: IdeaScript[] = [
  {
    key: 'bins', space: 'line4', at: '-90 09:40', author: 'zala', title: 'Screws in the colour of their hole',
    body: 'M5 and M6 stand side by side in grey bins. Once a shift somebody takes the wrong one, and station 12 finds it an hour later. Could the bin have the same colour as the ring around the hole?',
    support: 'nejc fatmir spela dejan caua andrej luka tomaz',
    lines: [
      { after: '35m', author: 'fatmir', body: 'I have powder coat in eleven colours. Somebody once ordered wrong.' },
      { after: '5h', author: 'zala', stage: 'trial', body: 'Fatmir has painted four bins. We try it at station 11 only.', measured: 'Wrong screws found at station 12, per shift', until: -105 },
      { after: '1d', author: 'spela', body: 'I count them. Before: 1.2 a shift over three weeks.' },
      { after: '4d', author: 'tomaz', stage: 'adopted', body: 'All stations until Friday. And the drawing of the casing gets the colours too, so that Joinville starts with it.', measured: '0 wrong screws in 12 shifts, before it was 1.2 a shift' },
      { after: '1d3h', author: 'caua', body: 'We copy it. Ours will be yellow and blue, because of the football.' },
      { after: '68d', author: 'spela', worked: 'yes', body: 'Three in a quarter of a year, all on the same evening, with the light off.' },
      { after: '4h', author: 'fatmir', worked: 'partly', body: 'It works. But who is colour-blind asks the neighbour, so the next bins get a notch as well.' },
    ],
  },
  {
    key: 'quiet', space: 'line4', at: '-26 07:15', author: 'nejc', title: 'Ten quiet minutes at the change of shift',
    body: 'At six all of us talk, the radios talk, and line 4 talks loudest. What if the line stood for ten minutes and we really handed over? I believe we lose 8 packs and win 20.',
    support: 'zala andrej fatmir dejan spela ivana',
    lines: [
      { after: '50m', author: 'ivana', body: 'Eight packs a shift are 24 a day. I would like to believe in the 20.' },
      { after: '2h', author: 'nejc', stage: 'discussed', body: 'Then let us count instead of believing.' },
      { after: '1d', author: 'andrej', body: 'A machine that stands ten minutes is checked by ten people for free.' },
      { after: '3d', author: 'nejc', stage: 'trial', body: 'Two weeks, only the morning change, Tomaž has agreed.', measured: 'Good packs a shift and rework in the first hour, against the two weeks before', until: 9 },
      { after: '5d', author: 'spela', body: 'Half time: 6 packs fewer in the first hour, rework down from 9 to 4. It is a draw so far, with happier people.' },
    ],
  },
  {
    key: 'tablet', space: 'line4', at: '-41 10:05', author: 'benedek', title: 'A tablet at every station instead of the board',
    body: 'The board is full, wet, and in Slovenian. A tablet shows everybody the same in their language.',
    support: 'imran thiago',
    lines: [
      { after: '1h', author: 'zala', body: 'At the board we meet. At a tablet I stand alone with gloves.' },
      { after: '1d', author: 'ivana', stage: 'declined', body: 'Fourteen tablets cost what we need for the second tester, and what Zala says is the better reason: the board is where the crew talks. What stays true is the language, so the board gets English beside Slovenian from Monday.' },
      { after: '2h', author: 'benedek', body: 'Fair. I take the English, and I translate the first week myself.' },
    ],
  },
  {
    key: 'loan', space: 'line4', at: '-6 13:30', author: 'fatmir', title: 'A shelf of tools that everybody may borrow',
    body: 'Every locker has a torque wrench that sleeps. One shelf, one list, and whoever needs one takes one. I build the shelf.',
    support: 'nejc zala caua',
    lines: [{ after: '3h', author: 'dejan', body: 'And at three at night I would not have to wake you for a 13 mm socket. My voice you have twice, if that goes.' }],
  },
  {
    key: 'lend', space: 'line4', at: '-4 08:20', author: 'luka', title: 'Borrow measuring clocks between the stations',
    body: 'We have nine and always look for the tenth.', support: 'nejc benedek',
    lines: [{ after: '1d', author: 'luka', merged: 'loan', body: 'It is the same shelf as Fatmir\'s.' }],
  },
  {
    key: 'soup', space: 'night', at: '-12 03:40', author: 'olena', title: 'Warm food at three at night',
    body: 'The canteen closes at ten. At three we eat what a machine gives us. One pot of soup that somebody only has to heat would be enough.',
    support: 'zala andrej dejan nejc jonas matej friederike ruediger',
    lines: [
      { after: '20m', author: 'andrej', body: 'I bring tomatoes.' },
      { after: '9h', author: 'emina', body: 'A pot for twelve costs me 20 minutes and 9 €. What I do not have is somebody who cleans it.' },
      { after: '15h', author: 'olena', stage: 'discussed', body: 'We clean it. By turns, the list hangs at the dry room.' },
      { after: '1d', author: 'emina', owner: true, body: 'Then I take it. It is my pot anyway.' },
      { after: '2h', author: 'emina', stage: 'trial', body: 'Mondays and Thursdays. If the pot comes back clean, we go on.', measured: 'How many bowls are eaten, and how the pot comes back', until: 14 },
    ],
  },
  {
    key: 'hours', space: 'square', at: '-9 14:00', author: 'wambui', title: 'Two hours a week without meetings, the same for all eight sites',
    body: 'Between 09 and 11 UTC every one of us is awake, so every meeting of the company lands there. Could Wednesday be free of them? Then somebody in Hamamatsu goes home in time once a week, and I could think.',
    support: 'haruka kenji mio takumi oisin femke lan achieng layla arjun katrin meera',
    lines: [
      { after: '40m', author: 'haruka', body: 'Yes, please. お願いします。' },
      { after: '1d', author: 'mojca', stage: 'discussed', body: 'We look at the calendars of a month and come back with numbers, not with an opinion.' },
    ],
  },
  {
    key: 'names', space: 'square', at: '-2 09:10', author: 'layla', title: 'Say how your name is spoken',
    body: 'In my third week I called a Soren "so-REN" for an hour. A recording of three seconds at everybody\'s page would have saved both of us.', support: 'soren oisin',
    lines: [],
  },
]
