/** Whether one writes on a screen: there Enter is the only way to a new line. */
export const isTouch = matchMedia('(hover: none)').matches
