/** The texts of the first view in one file: a file per namespace would be a request for each. */
export const first = import.meta.glob<object>(['./de/*.json', '!./de/{admin,attributions,charter,communities,demo,emoji,first-steps,history,invitations,link-previews,mailbox,map,palette,pins,problems,rail,rooting,saved,scheduled,search,settings,setup,shortcuts,sign-in,slack-import,space-health,suggestions,threads,when,waiting}.json'], { eager: true, import: 'default' })

/** The texts of pages that few open, by namespace; such a page names them in `texts`. */
export const later = import.meta.glob<object>('./de/{admin,attributions,charter,communities,demo,emoji,first-steps,history,invitations,link-previews,mailbox,map,palette,pins,problems,rail,rooting,saved,scheduled,search,settings,setup,shortcuts,sign-in,slack-import,space-health,suggestions,threads,when,waiting}.json', { import: 'default' })
