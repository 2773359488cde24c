import { expect, test } from 'vitest'
import { routes } from './app.ts'
import { type Json, scene, server, testConfig } from './scene.ts'
import { startFolkmoot } from './start.ts'

test('health, readiness and metrics are there for machines, and say nothing of people', async () => {
  const { url, bob } = await scene()
  await bob.get('/me')
  expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' })
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' })
  // Each process tells of itself.
  const metrics = (await Promise.all([1, 2].map(async () => (await fetch(`${url}/metrics`)).text()))).join('')
  for (const name of ['folkmoot_http_request_seconds_bucket', 'folkmoot_live_connections', 'folkmoot_live_deliveries_total', 'folkmoot_process_cpu_seconds_total'])
    expect(metrics).toContain(name)
  expect(metrics).toContain('route="/api/v1/me"')
  expect(metrics).not.toContain(bob.id)
})

test('the description of the API names every route, its shapes and its refusals', async () => {
  const { url } = await scene()
  const api: Json = await (await fetch(`${url}/api/v1/openapi.json`)).json()
  expect(api.openapi).toBe('3.1.0')
  // Routes for clients of something else speak what these do, and not our JSON.
  const own = routes.filter(({ dialect }) => !dialect)
  for (const route of own) {
    const operation = api.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()]
    expect(operation, `${route.method} ${route.path}`).toBeDefined()
    expect(operation.summary.length).toBeGreaterThan(3)
    expect(operation.responses[String(route.status ?? 200)]).toBeDefined()
    expect(operation.responses.default.content['application/problem+json'].schema.$ref).toBe('#/components/schemas/Problem')
    // Browsers report in two forms, an object and a list; all else takes an object.
    if (route.body) for (const form of [operation.requestBody.content['application/json'].schema].flatMap((schema) => schema.anyOf ?? schema)) expect(['object', 'array']).toContain(form.type)
    for (const [, name] of route.path.matchAll(/:(\w+)/g))
      expect(operation.parameters).toContainEqual({ name, in: 'path', required: true, schema: route.params?.[name] ? { type: 'string' } : { type: 'string', format: 'uuid' } })
    if (route.access === 'anyone') expect(operation.security).toEqual([])
  }
  const described = Object.values(api.paths as Record<string, object>).reduce((n, methods) => n + Object.keys(methods).length, 0)
  expect(described).toBe(own.length)
  expect(new Set(routes.map(({ method, path }) => `${method} ${path}`)).size, 'a route that is there twice').toBe(routes.length)
})

test('a second server on a port that is taken says so in words', async () => {
  const { running, config } = await server()
  const { config: other, drop } = await testConfig({ PORT: String(running.port), HOST: config.host })
  await expect(startFolkmoot(other)).rejects.toThrow(`Port ${running.port} is in use`)
  await drop()
})
