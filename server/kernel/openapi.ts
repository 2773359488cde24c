import { z } from 'zod'
import type { Route } from './http.ts'

const Problem = {
  type: 'object', required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' },
    code: { type: 'string', description: 'stable; made for programs' },
    errors: { type: 'array', items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } } },
  },
}

const schemaOf = (shape: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: 'any', target: 'draft-2020-12' })
  return schema
}

function parametersOf(route: Route) {
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name, in: 'path', required: true, schema: route.params?.[name] ? schemaOf(route.params[name], 'input') : { type: 'string', format: 'uuid' },
  }))
  const query = route.query ? (schemaOf(route.query, 'input') as { properties?: Record<string, object>; required?: string[] }) : {}
  const inQuery = Object.entries(query.properties ?? {}).map(([name, schema]) =>
    ({ name, in: 'query', required: query.required?.includes(name) ?? false, schema }))
  const key = route.method === 'GET' ? [] : [{
    name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 200 },
    description: 'Repeating a command with the same key does it once; the repetition is answered with what is there now.',
  }]
  return [...inPath, ...inQuery, ...key]
}

const bodyOf = (route: Route) =>
  route.streams ? { requestBody: { content: { 'multipart/form-data': { schema: { type: 'object' } } } } }
    : route.body ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } } } : {}

function operationOf(route: Route) {
  const status = String(route.status ?? 200)
  const answer = route.reply ? { content: { 'application/json': { schema: schemaOf(route.reply, 'output') } } } : {}
  return {
    summary: route.summary, tags: [route.path.split('/')[1]], parameters: parametersOf(route), ...bodyOf(route),
    security: route.access === 'anyone' ? [] : [{ bearer: [] }, { session: [] }],
    responses: {
      [status]: { description: 'done', ...answer },
      default: { description: 'a problem', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  }
}

/** The OpenAPI 3.1 description, made from the same shapes that validate; what speaks another dialect is described by those whose it is. */
export function describeApi(routes: Route[], version: string) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes.filter(({ dialect }) => !dialect)) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) }
  }
  return {
    openapi: '3.1.0', info: { title: 'Folkmoot', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/api/v1' }], paths,
    components: {
      schemas: { Problem },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, session: { type: 'apiKey', in: 'cookie', name: 'session' } },
    },
  }
}
