import type { Ctx } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { isCommonPassword } from './common-passwords.ts'
import { findNetwork } from './queries.ts'

/**
 * Wherever a password is chosen, it passes here.
 * @param about what its person is called
 * @throws Refusal 422 `common_password` for one of the first that anybody would try
 */
export async function demandUncommon(ctx: Pick<Ctx, 'db'>, password: string, about: (string | null)[] = []): Promise<void> {
  const network = await findNetwork(ctx)
  if (isCommonPassword(password, [...about, network?.name ?? ''].filter((one) => one !== null)))
    throw invalid('common_password', 'This password is among the first that anybody tries. Take several words that do not belong together.',
      { errors: [{ path: 'password', message: 'is among the first that anybody tries' }] })
}
