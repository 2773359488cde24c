/** Whether there is a keyboard beside the screen: one on it would cover what one wants to see. */
export const hasKeys = matchMedia('(hover: hover)').matches
