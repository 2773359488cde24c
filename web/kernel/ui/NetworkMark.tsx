const SEATS = [[23.39, 7.19], [27.33, 14], [25.96, 21.75], [19.93, 26.81], [12.07, 26.81], [6.04, 21.75], [4.67, 14], [8.61, 7.19]]

/** A ring of people, one of them speaking. */
export function NetworkMark({ size = 30 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <circle cx="16" cy="4.5" r="3.4" fill="var(--amber)" />
      {SEATS.map(([x, y]) => <circle key={`${x}${y}`} cx={x} cy={y} r="2.5" fill="var(--moss)" />)}
    </svg>
  )
}
