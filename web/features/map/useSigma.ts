import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import Sigma from 'sigma'
import { useScheme } from '../../kernel/theme/use-scheme.ts'
import { readColors } from './colors.ts'
import { buildGraph, regionOfNode, type Scene } from './scene.ts'

/** The whole is drawn around (0, 0), and reaches so far. */
export const REACH = 104
const CLOSEST = 0.02
const GLIDE = 140

export type Picture = {
  sigma: Sigma | null
  /** the browser can not draw it */
  isImpossible: boolean
  zoomBy: (factor: number) => void
  showAll: () => void
  /** brings a disc into view, as large as can be */
  lookAt: (disc: { x: number; y: number; r: number }) => void
}

type On = { choose: (region: string | null) => void; look: (region: string) => void }

/** Sigma in an element: what is drawn follows the scene. */
export function useSigma(container: RefObject<HTMLDivElement | null>, scene: Scene, on: On): Picture {
  const [sigma, setSigma] = useState<Sigma | null>(null)
  const [isImpossible, setImpossible] = useState(false)
  const { colorScheme } = useScheme()
  const now = useRef(on)
  now.current = on
  useEffect(() => {
    if (!container.current) return
    let made: Sigma
    try {
      made = makeSigma(container.current)
    } catch {
      // No WebGL, or switched off.
      setImpossible(true)
      return
    }
    made.on('clickNode', ({ node }) => now.current.choose(regionOfNode(node)))
    made.on('clickStage', () => now.current.choose(null))
    made.on('doubleClickNode', ({ node, preventSigmaDefault }) => {
      preventSigmaDefault()
      now.current.look(regionOfNode(node))
    })
    setSigma(made)
    return () => made.kill()
  }, [container])
  useEffect(() => {
    sigma?.setGraph(buildGraph(scene, readColors()))
    // Colours come from the theme, which has changed by then.
  }, [sigma, scene, colorScheme])
  const zoomBy = useCallback((factor: number) => void sigma?.getCamera().animatedZoom({ factor, duration: glide() }), [sigma])
  const showAll = useCallback(() => void sigma?.getCamera().animatedReset({ duration: glide() }), [sigma])
  const lookAt = useCallback(({ x, y, r }: { x: number; y: number; r: number }) => {
    if (!sigma) return
    const at = sigma.viewportToFramedGraph(sigma.graphToViewport({ x, y }))
    const ratio = Math.max(CLOSEST, Math.min(1, (r * 1.25) / REACH))
    void sigma.getCamera().animate({ x: at.x, y: at.y, ratio }, { duration: glide() })
  }, [sigma])
  return { sigma, isImpossible, zoomBy, showAll, lookAt }
}

const glide = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 1 : GLIDE)

function makeSigma(container: HTMLDivElement): Sigma {
  const sigma = new Sigma(buildGraph(EMPTY, readColors()), container, {
    renderLabels: false, zIndex: true, itemSizesReference: 'positions', zoomToSizeRatioFunction: (ratio) => ratio, stagePadding: 0,
    minCameraRatio: CLOSEST, maxCameraRatio: 1.4, enableCameraRotation: false, minEdgeThickness: 0.6, allowInvalidContainer: true,
    defaultDrawNodeHover: () => {},
  })
  sigma.setCustomBBox({ x: [-REACH, REACH], y: [-REACH, REACH] })
  return sigma
}

const EMPTY: Scene = { regions: [], links: [], frame: 0, opened: new Set(), mine: new Set(), chosen: null, zoom: 1, isNamed: false }
