import type { z } from 'zod'
import { invalid } from './errors.ts'

/**
 * What came from outside, as a shape has it.
 * @param where what it is called in the refusal: `body`, `query`
 * @throws Refusal 422 that names what is not as it should be
 */
export function checked<T extends z.ZodType>(shape: T, value: unknown, where: string): z.output<T> {
  const parsed = shape.safeParse(value)
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.slice(0, 20).map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  const first = errors[0]
  throw invalid('invalid', `The ${where} is not as it should be: ${first.path || where}: ${first.message}`, { errors })
}
