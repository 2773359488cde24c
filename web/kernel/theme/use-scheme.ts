import { useMantineColorScheme } from '@mantine/core'

/** Light, dark or as the system: the choice, and a way to make another. Transitions stay, for Mantine stops them by a style in the page, which its policy refuses. */
export const useScheme = () => useMantineColorScheme({ keepTransitions: true })
