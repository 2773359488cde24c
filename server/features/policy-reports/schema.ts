import { z } from 'zod'

const Text = z.string().max(10_000).optional()

// `report-uri` (CSP Level 2) names things with hyphens.
const Old = z.object({ 'csp-report': z.object({ 'effective-directive': Text, 'violated-directive': Text, 'blocked-uri': Text, 'source-file': Text, 'line-number': z.number().optional() }) })

// `report-to` (Reporting API) sends several at once, of whatever kind.
const Report = z.object({ type: z.string().max(100), body: z.object({ effectiveDirective: Text, blockedURL: Text, sourceFile: Text, lineNumber: z.number().nullish() }).nullish() })

/** What browsers send when the page's policy kept it from something, in the two ways they have. */
export const Reports = z.union([Old, z.array(Report).max(100)])
export type Reports = z.output<typeof Reports>
