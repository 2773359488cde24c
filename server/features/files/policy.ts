/** Its uploader describes a file. */
export const canDescribe = (actor: { id: string }, file: { owner_id: string }) => actor.id === file.owner_id
