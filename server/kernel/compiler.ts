import { type BinaryOperationNode, OperatorNode, PostgresDialect, PostgresQueryCompiler, PrimitiveValueListNode } from 'kysely'

const AS_ARRAY: Record<string, string> = { in: '= any', 'not in': '<> all' }

/**
 * Sends a list as one array: `id in ($1, $2, …)` is another text for each length, planned anew each time and kept as
 * another statement; `id = any($1)` is one. An empty list finds nothing and is no error.
 */
class Compiler extends PostgresQueryCompiler {
  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    const form = OperatorNode.is(node.operator) && AS_ARRAY[node.operator.operator]
    if (!form || !PrimitiveValueListNode.is(node.rightOperand)) return super.visitBinaryOperation(node)
    this.visitNode(node.leftOperand)
    this.append(` ${form} (`)
    this.appendValue(node.rightOperand.values)
    this.append(')')
  }
}

/** PostgreSQL as Kysely knows it, but for lists. */
export class Dialect extends PostgresDialect {
  override createQueryCompiler = () => new Compiler()
}
