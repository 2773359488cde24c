import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What a running server counts, in Prometheus' text form at /metrics. */
export function makeMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'folkmoot_' })
  const registers = [registry]
  return {
    registry,
    requests: new Histogram({
      name: 'folkmoot_http_request_seconds', help: 'Time to answer a request', labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10], registers,
    }),
    sockets: new Gauge({ name: 'folkmoot_live_connections', help: 'Open live connections', registers }),
    deliveries: new Counter({ name: 'folkmoot_live_deliveries_total', help: 'Events written to live connections', registers }),
    stamped: new Counter({ name: 'folkmoot_events_total', help: 'Events numbered by the relay of this process', registers }),
    failures: new Counter({ name: 'folkmoot_effect_failures_total', help: 'Effects that failed', labelNames: ['effect'], registers }),
  }
}

/** Adds a gauge that is asked for when somebody looks; while it cannot be answered it is no number. */
export function addGauge({ registry }: Metrics, name: string, help: string, ask: () => Promise<number>): void {
  const gauge: Gauge = new Gauge({
    name, help, registers: [registry],
    collect: () => ask().then((value) => gauge.set(value), () => gauge.set(NaN)),
  })
}

export type Metrics = ReturnType<typeof makeMetrics>
