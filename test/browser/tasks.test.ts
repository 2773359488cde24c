import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useStage } from './scene.ts'
import { inspect } from './screens.ts'
import { choose, composer, entry, gone, post, see, seeLive, soon, thread, visit } from './see.ts'

const stage = useStage()

const column = (page: Page, name: string) => page.locator('main').getByRole('region', { name, exact: true })
const card = (page: Page, title: string) => page.locator('main').getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) })
const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)

test('a team takes a task from a message to its end: made of what was said, on a board that both see move, by the keyboard alone', async () => {
  const { ann, bob, team } = await stage.team()
  const board = await bob.open(`/spaces/${team.id}?view=tasks`)
  await see(board.getByText('No tasks yet'))

  // Ann makes a task of what somebody said, for Bob.
  const anns = await ann.open(`/spaces/${team.id}`)
  await post(anns, `space/${team.id}`, 'The floor is full of flour')
  await choose(anns, entry(anns, 'The floor is full of flour').first(), 'Make a task of this')
  const making = anns.getByRole('dialog', { name: 'Make this a task' })
  await making.getByRole('combobox', { name: 'Who does it' }).fill('Bob')
  await anns.getByRole('option', { name: bob.name }).click()
  await making.getByLabel('Due', { exact: true }).fill(day(2))
  await making.getByRole('combobox', { name: 'Priority' }).selectOption('high')
  await making.getByRole('button', { name: 'Add the task' }).click()
  await gone(making)
  await see(thread(anns).getByRole('link', { name: 'What this task comes from' }))
  await seeLive(column(board, 'To do').getByRole('heading', { name: 'The floor is full of flour' }))
  await see(card(board, 'The floor is full of flour').getByText('High priority'))

  // Bob moves it on by the keyboard alone; the focus goes along.
  await card(board, 'The floor is full of flour').getByRole('button', { name: 'The floor is full of flour' }).focus()
  await board.keyboard.press('Alt+ArrowRight')
  await see(column(board, 'Doing').getByRole('heading', { name: 'The floor is full of flour' }))
  await soon(() => board.evaluate(() => document.activeElement?.textContent)).toBe('The floor is full of flour')
  await seeLive(thread(anns).getByText('moved this to Doing'))
  await board.keyboard.press('Alt+ArrowRight')
  await see(column(board, 'Done').getByRole('heading', { name: 'The floor is full of flour' }))
  await seeLive(thread(anns).getByText('moved this to Done'))
  const [{ id }] = (await ann.get(`/spaces/${team.id}/tasks`)).items
  await soon(async () => (await ann.get(`/entries/${id}`)).task.state).toBe('done')

  // Ann hears that it ended, and takes it up again on her own board, by dragging.
  await visit(anns, '/inbox')
  await see(anns.getByText('A task that concerns you ended or was taken up again').first())
  await anns.goto(`/spaces/${team.id}?view=tasks`)
  await card(anns, 'The floor is full of flour').dragTo(column(anns, 'To do'))
  await see(column(anns, 'To do').getByRole('heading', { name: 'The floor is full of flour' }))
  await seeLive(column(board, 'To do').getByRole('heading', { name: 'The floor is full of flour' }))

  // What is between: its checklist, a part of it, what it waits for.
  await ann.patch(`/entries/${id}/task`, { checklist: [{ text: 'Sweep' }, { text: 'Mop' }] })
  await card(board, 'The floor is full of flour').getByRole('button', { name: 'The floor is full of flour' }).click()
  await thread(board).getByRole('checkbox', { name: 'Mop' }).check()
  await see(thread(board).getByText('1 of 2'))
  await thread(board).getByRole('button', { name: 'Add a subtask' }).click()
  await thread(board).getByRole('textbox', { name: 'What is to be done' }).fill('Find the broom')
  await board.keyboard.press('Enter')
  await see(thread(board).getByRole('list', { name: 'Subtasks' }).getByRole('button', { name: 'Find the broom', exact: true }))
  await seeLive(card(anns, 'The floor is full of flour').getByText('1 of 3'))
  await thread(board).getByRole('button', { name: 'Change…' }).click()
  const changing = board.getByRole('dialog', { name: 'Change this task' })
  await changing.getByRole('combobox', { name: 'Repeats' }).selectOption('Every week')
  await changing.getByRole('combobox', { name: 'Waits for' }).click()
  await board.getByRole('option', { name: 'Find the broom' }).click()
  await changing.getByRole('button', { name: 'Save' }).click()
  await gone(changing)
  await seeLive(card(anns, 'The floor is full of flour').getByText('Waits for another task'))
  await thread(board).getByRole('button', { name: 'Done: Find the broom' }).click()
  await seeLive(column(anns, 'Done').getByRole('heading', { name: 'Find the broom' }))
  await gone(card(anns, 'The floor is full of flour').getByText('Waits for another task'))
})

test('my work stands by days, on a phone too; a calendar gets it by an address, and days are changed in one', async () => {
  const { ann, bob, team } = await stage.team()
  const give = (title: string, more: object) => ann.post(`/spaces/${team.id}/entries`, { kind: 'task', title, assignees: [bob.id], ...more })
  const report = await give('Weekly report', { due: day(0), repeats: 'FREQ=WEEKLY' })
  await give('Long ago', { due: day(-3) })
  await give('Some day', {})
  const phone = await bob.open('/more', { width: 390, height: 844 })
  await phone.getByRole('link', { name: 'My work' }).click()
  await see(phone.getByRole('region', { name: 'Overdue' }).getByRole('button', { name: 'Long ago', exact: true }))
  await see(phone.getByRole('region', { name: 'Without a date' }).getByRole('button', { name: 'Some day', exact: true }))
  await phone.getByRole('button', { name: 'Done: Long ago' }).click()
  await gone(phone.getByRole('button', { name: 'Long ago', exact: true }))
  // What repeats is there again, a week later.
  await phone.getByRole('button', { name: 'Done: Weekly report' }).click()
  await soon(async () => (await bob.get(`/entries/${report.id}`)).task).toMatchObject({ state: 'open', due: day(7) })
  await see(phone.getByRole('button', { name: 'Done: Weekly report' }))

  // What Ann gave others to do, and her calendar of the space.
  const anns = await ann.open('/my-work')
  await see(anns.getByText('Nothing to do'))
  await anns.getByRole('button', { name: 'Given to others' }).click()
  await see(anns.getByRole('button', { name: 'Weekly report', exact: true }))
  await give('Bake a cake', { due: '2027-03-10' })
  await anns.goto(`/spaces/${team.id}?view=tasks&show=calendar&month=2027-03`)
  const cell = (name: string) => anns.locator('main').getByRole('listitem', { name, exact: true })
  await cell('Wednesday 10 March').getByRole('button', { name: 'Bake a cake' }).focus()
  await anns.keyboard.press('Alt+ArrowDown')
  await see(cell('Wednesday 17 March').getByRole('button', { name: 'Bake a cake' }))
  await soon(() => anns.evaluate(() => document.activeElement?.textContent)).toBe('Bake a cake')
  await cell('Wednesday 17 March').getByRole('button', { name: 'Bake a cake' }).dragTo(cell('Friday 19 March'))
  await see(cell('Friday 19 March').getByRole('button', { name: 'Bake a cake' }))
  await soon(async () => (await bob.get('/my/tasks')).items.map(({ task }: { task: { due: string } }) => task.due)).toContain('2027-03-19')

  // Bob's calendar subscribes to what he has to do.
  const bobs = await bob.open('/my-work')
  await bobs.getByRole('button', { name: 'Show in a calendar…' }).click()
  await bobs.getByRole('button', { name: 'Make an address' }).click()
  const address = await bobs.getByLabel('The address, shown this once').inputValue()
  expect(await (await fetch(address)).text()).toContain('SUMMARY:Bake a cake')
})

test('tasks are written in the space, found by whose they are and by words, and listed by date', async () => {
  const { ann, bob, team } = await stage.team()
  await ann.post(`/spaces/${team.id}/entries`, { kind: 'task', title: 'Clean the oven', assignees: [bob.id], due: day(9) })
  const page = await bob.open(`/spaces/${team.id}?view=tasks&show=due`)
  await composer(page, `tasks/${team.id}`).locator('[data-rest]').click()
  await composer(page, `tasks/${team.id}`).getByRole('textbox', { name: 'What is to be done' }).fill('Buy soap')
  await composer(page, `tasks/${team.id}`).getByRole('button', { name: 'Add the task' }).click()
  const rows = () => page.getByRole('list', { name: 'By due date' }).getByRole('listitem').getByRole('button', { name: /^(?!Done)/ }).allTextContents()
  await soon(rows).toEqual(['Clean the oven', 'Buy soap'])
  await page.getByRole('combobox', { name: 'Whose' }).selectOption('Mine')
  await soon(rows).toEqual(['Clean the oven'])
  await page.getByRole('combobox', { name: 'Whose' }).selectOption('Everybody\'s')
  await page.getByRole('searchbox', { name: 'Find by words' }).fill('soap')
  await soon(rows).toEqual(['Buy soap'])

  // All of it can be used by everybody, wide and narrow.
  const [{ id }] = (await bob.get(`/spaces/${team.id}/tasks`)).items
  const at = `/spaces/${team.id}?view=tasks`
  const change = async function change(on: Page) {
    await thread(on).getByRole('button', { name: 'Change…' }).click()
    await see(on.getByRole('dialog', { name: 'Change this task' }))
  }
  const wrong: string[] = []
  for (const screen of [{ path: at }, { path: `${at}&show=calendar` }, { path: `${at}&show=due` }, { path: `${at}&thread=${id}`, then: change }, { path: '/my-work' }]) wrong.push(...(await inspect(page, screen)))
  expect(wrong).toEqual([])
})
