import { expect, test } from 'vitest'
import { fc } from '../../../test/chance.ts'
import { schulze } from '../../kernel/schulze.ts'
import { count } from './count.ts'
import { type Choice, isAccepted, type Option } from './policy.ts'

const options = (ids: string): Option[] => [...ids].map((id) => ({ id, text: id }))
const ballots = (text: string) => text.trim().split(/\s+/).flatMap((group) => {
  const [n, order] = group.split(':')
  return Array.from({ length: Number(n) }, () => [...order])
})

test('Schulze: the example of his paper (45 voters, five candidates) comes out as he counts it', () => {
  const counted = schulze([...'ABCDE'], ballots('5:ACBED 5:ADECB 8:BEDAC 3:CABED 7:CAEBD 2:CBADE 7:DCEBA 8:EBADC'))
  expect(counted.pairs).toEqual([[0, 20, 26, 30, 22], [25, 0, 16, 33, 18], [19, 29, 0, 17, 24], [15, 12, 28, 0, 14], [23, 27, 21, 31, 0]])
  expect(counted.paths).toEqual([[0, 28, 28, 30, 24], [25, 0, 28, 33, 24], [25, 29, 0, 29, 24], [25, 28, 28, 0, 24], [25, 28, 28, 31, 0]])
  expect(counted).toMatchObject({ winner: 'E', tied: [] })
})

test('Schulze: a circle of three is opened where it is weakest, as by hand', () => {
  // A beats B by 5 of 9, B beats C by 7, C beats A by 6: the weakest defeat is that of B by A, and without it B stands above C above A.
  const counted = schulze([...'ABC'], ballots('3:ABC 4:BCA 2:CAB'))
  expect(counted.pairs).toEqual([[0, 5, 3], [4, 0, 7], [6, 2, 0]])
  expect(counted.winner).toBe('B')
})

test('Schulze: a circle of equals is a tie of all, and it is said between whom', () => {
  expect(schulze([...'ABC'], ballots('1:ABC 1:BCA 1:CAB'))).toMatchObject({ winner: null, tied: ['A', 'B', 'C'] })
  expect(schulze([...'AB'], [])).toMatchObject({ winner: null, tied: [] })
})

test('Schulze: what a ballot leaves out is below what it names, and level among itself', () => {
  expect(schulze([...'ABC'], [['A']]).pairs).toEqual([[0, 1, 1], [0, 0, 0], [0, 0, 0]])
})

test('consent: nothing passes that somebody objects to, and of the rest what most prefer', () => {
  const say = (...choices: Choice[]) => count('consent', options('123'), choices)
  expect(say({ option: '1' }, { option: '1' }, { option: '2', objects: ['1'] })).toMatchObject({ winner: '2', tied: [] })
  expect(say({ option: '1' }, { option: '2' })).toMatchObject({ winner: null, tied: ['1', '2'] })
  expect(say({ option: '1', objects: ['2', '3'] }, { option: null, objects: ['1'] })).toMatchObject({ winner: null, tied: [] })
  expect(say({ option: null })).toMatchObject({ winner: null, tied: [], voices: 0, abstained: 1 })
})

test('majority: more than half of those who chose; abstentions do not count', () => {
  const say = (...chosen: (string | null)[]) => count('majority', options('123'), chosen.map((option) => ({ option })))
  expect(say('1', '1', '2', null, null, null)).toMatchObject({ winner: '1', voices: 3, abstained: 3 })
  expect(say('1', '1', '2', '3')).toMatchObject({ winner: null, tied: [] })
  expect(say('1', '2')).toMatchObject({ winner: null, tied: ['1', '2'] })
})

test('a decider is advised, and bound by nothing', () => {
  expect(count('decider', options('12'), [{ option: '1' }])).toMatchObject({ winner: null, tied: [], tally: [{ option: '1', prefer: 1 }, { option: '2', prefer: 0 }] })
})

const IDS = ['1', '2', '3', '4', '5']
const ranking = fc.shuffledSubarray(IDS, { minLength: 1 }).map((order): Choice => ({ ranking: order }))
const consent = fc.tuple(fc.option(fc.constantFrom(...IDS)), fc.subarray(IDS)).map(([option, objects]): Choice => ({ option, objects: objects.filter((id) => id !== option) }))
const single = fc.option(fc.constantFrom(...IDS)).map((option): Choice => ({ option }))
const some = [['ranked', ranking], ['consent', consent], ['majority', single], ['decider', single]] as const

test.each(some)('%s: the order in which people speak does not matter', (method, choice) => {
  fc.assert(fc.property(fc.array(choice, { maxLength: 20 }).chain((said) => fc.tuple(fc.constant(said), fc.shuffledSubarray(said, { minLength: said.length }))), ([said, shuffled]) => {
    expect(count(method, options('12345'), shuffled)).toEqual(count(method, options('12345'), said))
  }))
})

test.each(some)('%s: the names of the options do not matter', (method, choice) => {
  const renamed = (id: string) => String(6 - Number(id))
  const turned = ({ option, objects, ranking: order }: Choice): Choice => ({ ...(option !== undefined && { option: option && renamed(option) }), ...(objects && { objects: objects.map(renamed) }), ...(order && { ranking: order.map(renamed) }) })
  fc.assert(fc.property(fc.array(choice, { maxLength: 15 }), (said) => {
    const [one, other] = [count(method, options('12345'), said), count(method, options('12345'), said.map(turned))]
    expect(other.winner).toBe(one.winner && renamed(one.winner))
    expect(other.tied.toSorted()).toEqual(one.tied.map(renamed).toSorted())
  }))
})

test('whom more than half put first wins by Schulze as well; and whoever beats all others one by one', () => {
  fc.assert(fc.property(fc.array(ranking, { minLength: 1, maxLength: 21 }), (said) => {
    const counted = count('ranked', options('12345'), said)
    const majority = count('majority', options('12345'), said.map((one) => ({ option: one.ranking![0] }))).winner
    if (majority) expect(counted.winner).toBe(majority)
    const condorcet = IDS.find((_, i) => IDS.every((__, j) => i === j || counted.pairs![i][j] > counted.pairs![j][i]))
    if (condorcet) expect(counted.winner).toBe(condorcet)
  }))
})

test('one more voice that puts the winner first leaves it the winner', () => {
  fc.assert(fc.property(fc.array(ranking, { minLength: 1, maxLength: 15 }), (said) => {
    const { winner } = count('ranked', options('12345'), said)
    if (winner) expect(count('ranked', options('12345'), [...said, { ranking: [winner] }]).winner).toBe(winner)
  }))
})

test('a summary is accepted when somebody of each side says so; one side alone has nothing to agree about', () => {
  const holder = (option: string | null, accepts: boolean, objects?: string[]) => ({ choice: { option, objects }, accepts })
  expect(isAccepted([holder('1', true), holder('2', false)])).toBe(false)
  expect(isAccepted([holder('1', true), holder('1', false), holder('2', true), holder(null, false)])).toBe(true)
  expect(isAccepted([holder('1', true), holder('1', true)])).toBe(false)
  expect(isAccepted([holder('1', true), holder('1', false, ['2'])])).toBe(false)
})
